package io.millrace.clients.admin;

import io.millrace.common.KafkaFuture;
import io.millrace.common.TopicPartition;
import java.util.Map;
import java.util.Optional;

/// The offsets that were asked for.
public final class ListOffsetsResult {
    private final Map<TopicPartition, KafkaFuture<ListOffsetsResultInfo>> futures;

    ListOffsetsResult(Map<TopicPartition, KafkaFuture<ListOffsetsResultInfo>> futures) {
        this.futures = futures;
    }

    public KafkaFuture<ListOffsetsResultInfo> partitionResult(TopicPartition partition) {
        return Futures.asked(futures, partition);
    }

    public KafkaFuture<Map<TopicPartition, ListOffsetsResultInfo>> all() {
        return Futures.together(futures);
    }

    /// An offset (-1 where there is none) and the time of its record (-1 where it was not asked by
    /// time).
    public record ListOffsetsResultInfo(
            long offset, long timestamp, Optional<Integer> leaderEpoch) {}
}
