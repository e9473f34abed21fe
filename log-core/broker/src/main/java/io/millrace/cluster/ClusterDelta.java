package io.millrace.cluster;

import io.millrace.protocol.ConfigRecord;
import io.millrace.protocol.MetadataRecord;
import io.millrace.protocol.PartitionChangeRecord;
import io.millrace.protocol.PartitionRecord;
import io.millrace.protocol.RemoveTopicRecord;
import io.millrace.protocol.TopicRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.SortedMap;
import io.millrace.protocol.Uuid;
import org.jspecify.annotations.Nullable;

/// What became of the cluster between two images, for those who act on it: storage opens and deletes
/// partitions, coordinators come and go, configurations take effect.
///
/// @param deleted topics that are gone, as they were; one that was made and deleted within the delta
///        is not among them
/// @param partitions numbers of new or changed partitions of each topic that exists now
/// @param configs resources whose configuration changed
public record ClusterDelta(
        ClusterImage before,
        ClusterImage after,
        List<TopicImage> deleted,
        SortedMap<Uuid, SortedSet<Integer>> partitions,
        SortedSet<ConfigResource> configs) {
    /// From nothing to an image: what a node starts with.
    public static ClusterDelta all(ClusterImage image) {
        Collector collector = new Collector(ClusterImage.EMPTY);
        image.snapshot(collector::apply);
        return collector.delta();
    }

    /// Whether the partition did not exist before.
    public boolean isNew(Uuid topicId, int partition) {
        TopicImage topic = before.topics().get(topicId);
        return topic == null || topic.partition(partition) == null;
    }

    /// Takes up records one after the other.
    static final class Collector {
        private final ClusterImage before;
        private final List<TopicImage> deleted = new ArrayList<>();
        private final SortedMap<Uuid, SortedSet<Integer>> partitions = new TreeMap<>();
        private final SortedSet<ConfigResource> configs = new TreeSet<>();
        private ClusterImage image;

        Collector(ClusterImage before) {
            this.before = before;
            this.image = before;
        }

        ClusterImage image() {
            return image;
        }

        void apply(MetadataRecord record) {
            image = image.after(record);
            switch (record) {
                case TopicRecord it -> partitions.put(it.topicId(), new TreeSet<>());
                case PartitionRecord it -> touched(it.topicId(), it.partitionId());
                case PartitionChangeRecord it -> touched(it.topicId(), it.partitionId());
                case RemoveTopicRecord it -> removed(before.topics().get(it.topicId()), it.topicId());
                case ConfigRecord it -> configs.add(new ConfigResource(
                        ConfigResource.Kind.of(it.resourceType()), it.resourceName()));
                default -> { }
            }
        }

        private void touched(Uuid topic, int partition) {
            partitions.computeIfAbsent(topic, _ -> new TreeSet<>()).add(partition);
        }

        private void removed(@Nullable TopicImage topic, Uuid id) {
            partitions.remove(id);
            if (topic != null) {
                deleted.add(topic);
            }
        }

        ClusterDelta delta() {
            return new ClusterDelta(before, image, List.copyOf(deleted), partitions, configs);
        }
    }
}
