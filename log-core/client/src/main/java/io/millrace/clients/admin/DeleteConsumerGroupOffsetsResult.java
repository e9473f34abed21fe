package io.millrace.clients.admin;

import io.millrace.common.KafkaFuture;
import io.millrace.common.TopicPartition;
import java.util.Map;

/// Per partition, whether its committed offset is gone.
public final class DeleteConsumerGroupOffsetsResult {
    private final Map<TopicPartition, KafkaFuture<Void>> futures;

    DeleteConsumerGroupOffsetsResult(Map<TopicPartition, KafkaFuture<Void>> futures) {
        this.futures = futures;
    }

    public KafkaFuture<Void> partitionResult(TopicPartition partition) {
        return Futures.asked(futures, partition);
    }

    public KafkaFuture<Void> all() {
        return Futures.done(futures);
    }
}
