package io.millrace.common.errors;

import io.millrace.common.TopicPartition;

/// A record's key or value could not be read. To go on, seek past the offset.
public class RecordDeserializationException extends SerializationException {
    private static final long serialVersionUID = 1L;

    /// Which part of the record it was.
    public enum DeserializationExceptionOrigin {
        KEY,
        VALUE
    }

    private final DeserializationExceptionOrigin origin;
    private final TopicPartition partition;
    private final long offset;

    public RecordDeserializationException(
            DeserializationExceptionOrigin origin,
            TopicPartition partition,
            long offset,
            Throwable cause) {
        super(
                "The " + origin + " of the record at offset " + offset + " of " + partition
                        + " cannot be read; seek past it to go on",
                cause);
        this.origin = origin;
        this.partition = partition;
        this.offset = offset;
    }

    public DeserializationExceptionOrigin origin() {
        return origin;
    }

    public TopicPartition topicPartition() {
        return partition;
    }

    public long offset() {
        return offset;
    }
}
