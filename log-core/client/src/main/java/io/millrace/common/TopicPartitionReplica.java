package io.millrace.common;

/// One replica of a partition.
public record TopicPartitionReplica(String topic, int partition, int brokerId) {}
