package io.millrace.clients.consumer;

import io.millrace.common.TopicPartition;
import io.millrace.common.errors.InvalidOffsetException;
import java.util.Map;
import java.util.Set;

/// The position is outside of what the partition holds and `auto.offset.reset=none`.
public class OffsetOutOfRangeException extends InvalidOffsetException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial")
    private final Map<TopicPartition, Long> offsets;

    public OffsetOutOfRangeException(Map<TopicPartition, Long> offsets) {
        this("Positions outside of what the partitions hold: " + offsets, offsets);
    }

    public OffsetOutOfRangeException(String message, Map<TopicPartition, Long> offsets) {
        super(message);
        this.offsets = Map.copyOf(offsets);
    }

    public Map<TopicPartition, Long> offsetOutOfRangePartitions() {
        return offsets;
    }

    @Override
    public Set<TopicPartition> partitions() {
        return offsets.keySet();
    }
}
