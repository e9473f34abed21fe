package io.millrace.clients.admin;

import io.millrace.clients.consumer.OffsetAndMetadata;
import io.millrace.common.KafkaFuture;
import io.millrace.common.TopicPartition;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The committed offsets of groups. A partition without one maps to null.
public final class ListConsumerGroupOffsetsResult {
    private final Map<String, KafkaFuture<Map<TopicPartition, @Nullable OffsetAndMetadata>>>
            futures;

    ListConsumerGroupOffsetsResult(
            Map<String, KafkaFuture<Map<TopicPartition, @Nullable OffsetAndMetadata>>> futures) {
        this.futures = futures;
    }

    /// Of the only group that was asked about.
    public KafkaFuture<Map<TopicPartition, @Nullable OffsetAndMetadata>>
            partitionsToOffsetAndMetadata() {
        if (futures.size() != 1) {
            throw new IllegalStateException("Several groups were asked about: name one");
        }
        return futures.values().iterator().next();
    }

    public KafkaFuture<Map<TopicPartition, @Nullable OffsetAndMetadata>>
            partitionsToOffsetAndMetadata(String groupId) {
        return Futures.asked(futures, groupId);
    }

    public KafkaFuture<Map<String, Map<TopicPartition, @Nullable OffsetAndMetadata>>> all() {
        return Futures.together(futures);
    }
}
