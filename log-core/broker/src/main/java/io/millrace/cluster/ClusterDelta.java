package io.millrace.cluster;

import io.millrace.protocol.ConfigRecord;
import io.millrace.protocol.MetadataRecord;
import io.millrace.protocol.PartitionChangeRecord;
import io.millrace.protocol.PartitionRecord;
import io.millrace.protocol.RemoveTopicRecord;
import io.millrace.protocol.TopicRecord;
import io.millrace.protocol.Uuid;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// What became of the cluster between two images, for those who act on it: storage opens and
/// deletes partitions, coordinators come and go, configurations take effect.
///
/// @param deleted topics that are gone, as they were; one that was made and deleted within the
/// delta is not among them @param partitions numbers of new or changed partitions of each topic
/// that exists now @param configs resources whose configuration changed
public record ClusterDelta(
        ClusterImage before,
        ClusterImage after,
        List<TopicImage> deleted,
        SortedMap<Uuid, SortedSet<Integer>> partitions,
        SortedSet<ConfigResource> configs) {
    /// @param records those that made one image of the other
    public static ClusterDelta between(
            ClusterImage before, ClusterImage after, List<MetadataRecord> records) {
        List<TopicImage> deleted = new ArrayList<>();
        SortedMap<Uuid, SortedSet<Integer>> partitions = new TreeMap<>();
        SortedSet<ConfigResource> configs = new TreeSet<>();
        for (MetadataRecord record : records) {
            switch (record) {
                case TopicRecord it -> partitions.put(it.topicId(), new TreeSet<>());
                case PartitionRecord it -> touched(partitions, it.topicId(), it.partitionId());
                case PartitionChangeRecord it ->
                    touched(partitions, it.topicId(), it.partitionId());
                case RemoveTopicRecord it -> {
                    partitions.remove(it.topicId());
                    TopicImage topic = before.topics().get(it.topicId());
                    if (topic != null) {
                        deleted.add(topic);
                    }
                }
                case ConfigRecord it ->
                    configs.add(new ConfigResource(
                            ConfigResource.Kind.of(it.resourceType()), it.resourceName()));
                default -> {}
            }
        }
        return new ClusterDelta(before, after, List.copyOf(deleted), partitions, configs);
    }

    /// From nothing to an image: what a node starts with.
    public static ClusterDelta all(ClusterImage image) {
        SortedMap<Uuid, SortedSet<Integer>> partitions = new TreeMap<>();
        for (var topic : image.topics().byName()) {
            SortedSet<Integer> numbers = new TreeSet<>();
            topic.value().partitions().forEach(partition -> numbers.add(partition.key()));
            partitions.put(topic.value().id(), numbers);
        }
        SortedSet<ConfigResource> configs = new TreeSet<>();
        image.configs().forEach(config -> configs.add(config.key()));
        return new ClusterDelta(ClusterImage.EMPTY, image, List.of(), partitions, configs);
    }

    private static void touched(
            SortedMap<Uuid, SortedSet<Integer>> partitions, Uuid topic, int partition) {
        partitions.computeIfAbsent(topic, _ -> new TreeSet<>()).add(partition);
    }

    /// Whether the partition did not exist before.
    public boolean isNew(Uuid topicId, int partition) {
        TopicImage topic = before.topics().get(topicId);
        return topic == null || topic.partition(partition) == null;
    }
}
