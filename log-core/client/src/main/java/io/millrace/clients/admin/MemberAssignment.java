package io.millrace.clients.admin;

import io.millrace.common.TopicPartition;
import java.util.LinkedHashSet;
import java.util.Set;

/// The partitions of a member.
public record MemberAssignment(Set<TopicPartition> topicPartitions) {
    public MemberAssignment {
        topicPartitions = new LinkedHashSet<>(topicPartitions);
    }
}
