package io.millrace.storage;

/// Names a partition, and so the folder it lies in: `topic-partition`.
public record LogId(String topic, int partition) implements Comparable<LogId> {
    @Override
    public int compareTo(LogId other) {
        int order = topic.compareTo(other.topic);
        return order != 0 ? order : Integer.compare(partition, other.partition);
    }

    @Override
    public String toString() {
        return topic + "-" + partition;
    }
}
