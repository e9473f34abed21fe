package io.millrace.clients.consumer;

import io.millrace.common.TopicPartition;
import io.millrace.common.errors.InvalidOffsetException;
import java.util.Collection;
import java.util.Set;

/// Nothing was committed and `auto.offset.reset=none`.
public class NoOffsetForPartitionException extends InvalidOffsetException {
    private static final long serialVersionUID = 1L;

    @SuppressWarnings("serial")
    private final Set<TopicPartition> partitions;

    public NoOffsetForPartitionException(Collection<TopicPartition> partitions) {
        super("Nothing was committed for " + partitions + ", and auto.offset.reset is none");
        this.partitions = Set.copyOf(partitions);
    }

    public NoOffsetForPartitionException(TopicPartition partition) {
        this(Set.of(partition));
    }

    @Override
    public Set<TopicPartition> partitions() {
        return partitions;
    }
}
