package io.millrace.clients.consumer;

import io.millrace.common.TopicPartition;
import java.util.Collection;

/// Hears of partitions that come and go, on the thread that polls.
public interface ConsumerRebalanceListener {
    /// They are still the consumer's during the call: the last chance to commit.
    void onPartitionsRevoked(Collection<TopicPartition> partitions);

    void onPartitionsAssigned(Collection<TopicPartition> partitions);

    /// They went without a chance to commit: another member may have them already.
    default void onPartitionsLost(Collection<TopicPartition> partitions) {
        onPartitionsRevoked(partitions);
    }
}
