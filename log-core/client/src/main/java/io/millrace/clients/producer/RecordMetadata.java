package io.millrace.clients.producer;

import io.millrace.common.TopicPartition;

/// Where a record was stored.
public final class RecordMetadata {
    public static final int UNKNOWN_PARTITION = -1;

    private final TopicPartition partition;
    private final long offset;
    private final long timestamp;
    private final int serializedKeySize;
    private final int serializedValueSize;

    /// @param baseOffset -1 when the offset is not known
    public RecordMetadata(
            TopicPartition partition,
            long baseOffset,
            int batchIndex,
            long timestamp,
            int serializedKeySize,
            int serializedValueSize) {
        this.partition = partition;
        this.offset = baseOffset < 0 ? baseOffset : baseOffset + batchIndex;
        this.timestamp = timestamp;
        this.serializedKeySize = serializedKeySize;
        this.serializedValueSize = serializedValueSize;
    }

    /// False with `acks=0`, and for a duplicate whose offset the server no longer knows.
    public boolean hasOffset() {
        return offset != -1;
    }

    public long offset() {
        return offset;
    }

    public boolean hasTimestamp() {
        return timestamp != -1;
    }

    /// The record's own, or that of its arrival where the topic says so.
    public long timestamp() {
        return timestamp;
    }

    /// -1 without a key.
    public int serializedKeySize() {
        return serializedKeySize;
    }

    /// -1 without a value.
    public int serializedValueSize() {
        return serializedValueSize;
    }

    public String topic() {
        return partition.topic();
    }

    public int partition() {
        return partition.partition();
    }

    @Override
    public String toString() {
        return partition + "@" + offset;
    }
}
