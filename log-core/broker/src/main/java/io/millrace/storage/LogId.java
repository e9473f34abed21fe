package io.millrace.storage;

import org.jspecify.annotations.Nullable;

/// Names a partition, and so the folder it lies in: `topic-partition`.
public record LogId(String topic, int partition) implements Comparable<LogId> {
    @Override
    public int compareTo(LogId other) {
        int order = topic.compareTo(other.topic);
        return order != 0 ? order : Integer.compare(partition, other.partition);
    }

    // Looked up for every batch: what a record brings along goes through method handles, which one
    // compiler alone does not inline.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LogId id && partition == id.partition && topic.equals(id.topic);
    }

    @Override
    public int hashCode() {
        return 31 * topic.hashCode() + partition;
    }

    @Override
    public String toString() {
        return topic + "-" + partition;
    }
}
