package io.millrace.clients.admin;

import io.millrace.common.KafkaFuture;
import io.millrace.common.TopicPartition;
import java.util.Map;

/// Where each partition starts now.
public final class DeleteRecordsResult {
    private final Map<TopicPartition, KafkaFuture<DeletedRecords>> futures;

    DeleteRecordsResult(Map<TopicPartition, KafkaFuture<DeletedRecords>> futures) {
        this.futures = futures;
    }

    public Map<TopicPartition, KafkaFuture<DeletedRecords>> lowWatermarks() {
        return futures;
    }

    public KafkaFuture<Map<TopicPartition, DeletedRecords>> all() {
        return Futures.together(futures);
    }
}
