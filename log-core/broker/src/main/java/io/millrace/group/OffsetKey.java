package io.millrace.group;

/// A partition, as offsets are committed for it: by the topic's name.
record OffsetKey(String topic, int partition) implements Comparable<OffsetKey> {
    @Override
    public int compareTo(OffsetKey other) {
        int order = topic.compareTo(other.topic);
        return order != 0 ? order : Integer.compare(partition, other.partition);
    }
}
