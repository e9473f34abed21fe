package io.millrace.clients.consumer;

import io.millrace.clients.network.ClusterClient;
import io.millrace.clients.network.ClusterView;
import io.millrace.common.PartitionInfo;
import io.millrace.common.TopicPartition;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a program may ask of the cluster without reading: topics, partitions, offsets.
///
/// Owner thread: the one that polls.
final class ClusterQuestions {
    private final ClusterClient client;
    private final Waiting waiting;
    private final Offsets offsets;

    ClusterQuestions(ClusterClient client, Waiting waiting, Offsets offsets) {
        this.client = client;
        this.waiting = waiting;
        this.offsets = offsets;
    }

    /// Null where no record is as young.
    Map<TopicPartition, @Nullable OffsetAndTimestamp> offsetsForTimes(
            Map<TopicPartition, Long> times, Duration timeout) {
        times.forEach((partition, time) -> {
            if (time < 0) {
                throw new IllegalArgumentException(
                        "A time cannot be negative: " + time + " for " + partition);
            }
        });
        Map<TopicPartition, Offsets.Found> found =
                waiting.onLoop(timeout, ms -> offsets.find(times, ms));
        Map<TopicPartition, @Nullable OffsetAndTimestamp> result = new HashMap<>();
        times.keySet().forEach(partition -> {
            Offsets.Found one = found.get(partition);
            result.put(
                    partition,
                    one == null || one.offset() < 0
                            ? null
                            : new OffsetAndTimestamp(one.offset(), one.timestamp()));
        });
        return result;
    }

    /// @param timestamp one of the special ones of {@link OffsetReset}
    Map<TopicPartition, Long> ends(
            Collection<TopicPartition> partitions, long timestamp, Duration timeout) {
        Map<TopicPartition, Long> wanted = new HashMap<>();
        partitions.forEach(each -> wanted.put(each, timestamp));
        Map<TopicPartition, Long> result = new HashMap<>();
        waiting.onLoop(timeout, ms -> offsets.find(wanted, ms))
                .forEach((partition, found) -> result.put(partition, found.offset()));
        return result;
    }

    List<PartitionInfo> partitions(String topic, Duration timeout) {
        ClusterView.TopicView found =
                waiting.onLoop(timeout, ms -> client.metadata().topic(topic, ms));
        return partitions(client.view(), found);
    }

    private static List<PartitionInfo> partitions(ClusterView view, ClusterView.TopicView topic) {
        return topic.partitions().stream()
                .map(each -> view.partitionOf(topic, each))
                .toList();
    }

    Map<String, List<PartitionInfo>> topics(Duration timeout) {
        ClusterView all = waiting.onLoop(timeout, ms -> client.metadata().everything());
        Map<String, List<PartitionInfo>> topics = new HashMap<>();
        all.topics().forEach(each -> topics.put(each.name(), partitions(all, each)));
        return topics;
    }
}
