package io.millrace.clients.admin;

import io.millrace.common.KafkaFuture;
import io.millrace.common.TopicPartition;
import java.util.List;
import java.util.Map;

/// The producers that partitions know.
public final class DescribeProducersResult {
    private final Map<TopicPartition, KafkaFuture<PartitionProducerState>> futures;

    DescribeProducersResult(Map<TopicPartition, KafkaFuture<PartitionProducerState>> futures) {
        this.futures = futures;
    }

    public KafkaFuture<PartitionProducerState> partitionResult(TopicPartition partition) {
        return Futures.asked(futures, partition);
    }

    public KafkaFuture<Map<TopicPartition, PartitionProducerState>> all() {
        return Futures.together(futures);
    }

    /// The producers of one partition.
    public record PartitionProducerState(List<ProducerState> activeProducers) {
        public PartitionProducerState {
            activeProducers = List.copyOf(activeProducers);
        }
    }
}
