package io.millrace.clients.admin;

import io.millrace.common.TopicPartitionInfo;
import io.millrace.common.Uuid;
import java.util.List;

/// A topic with its partitions, in their order.
public record TopicDescription(
        String name, boolean isInternal, List<TopicPartitionInfo> partitions, Uuid topicId) {
    public TopicDescription {
        partitions = List.copyOf(partitions);
    }
}
