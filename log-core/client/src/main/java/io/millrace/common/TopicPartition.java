package io.millrace.common;

/// A partition of a topic.
public final class TopicPartition implements java.io.Serializable {
    private static final long serialVersionUID = 1L;

    private final String topic;
    private final int partition;
    private int hash; // 0: not computed yet

    public TopicPartition(String topic, int partition) {
        this.topic = topic;
        this.partition = partition;
    }

    public String topic() {
        return topic;
    }

    public int partition() {
        return partition;
    }

    @Override
    public int hashCode() {
        if (hash == 0) {
            hash = 31 * (31 + partition) + topic.hashCode();
        }
        return hash;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TopicPartition that
                && partition == that.partition
                && topic.equals(that.topic);
    }

    @Override
    public String toString() {
        return topic + "-" + partition;
    }
}
