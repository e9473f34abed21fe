package io.millrace.cluster;

import io.millrace.protocol.Uuid;
import org.jspecify.annotations.Nullable;

/// One topic and its partitions by number.
public record TopicImage(String name, Uuid id, SortedTree<Integer, PartitionImage> partitions) {
    public @Nullable PartitionImage partition(int number) {
        return partitions.get(number);
    }

    public int partitionCount() {
        return partitions.size();
    }

    /// Whether clients see it only when they ask for it.
    public boolean isInternal() {
        return InternalTopics.contains(name);
    }

    TopicImage with(PartitionImage partition) {
        return new TopicImage(name, id, partitions.with(partition.partition(), partition));
    }
}
