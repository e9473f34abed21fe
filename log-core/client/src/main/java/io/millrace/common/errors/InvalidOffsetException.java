package io.millrace.common.errors;

import io.millrace.common.TopicPartition;
import java.util.Set;

/// The offset to read from is missing, or outside of what the partition holds, and the consumer was
/// told not to choose another.
public abstract class InvalidOffsetException extends ApiException {
    private static final long serialVersionUID = 1L;

    protected InvalidOffsetException(String message) {
        super(message);
    }

    public abstract Set<TopicPartition> partitions();
}
