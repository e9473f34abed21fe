package io.millrace.clients.admin;

import io.millrace.common.KafkaFuture;
import io.millrace.common.TopicPartition;
import java.util.Map;

/// Per partition, whether its committed offset was set.
public final class AlterConsumerGroupOffsetsResult {
    private final Map<TopicPartition, KafkaFuture<Void>> futures;

    AlterConsumerGroupOffsetsResult(Map<TopicPartition, KafkaFuture<Void>> futures) {
        this.futures = futures;
    }

    public KafkaFuture<Void> partitionResult(TopicPartition partition) {
        return Futures.asked(futures, partition);
    }

    public KafkaFuture<Void> all() {
        return Futures.done(futures);
    }
}
