package io.millrace.common;

/// A partition of a topic that is named by its id as well.
public record TopicIdPartition(Uuid topicId, TopicPartition topicPartition) {
    public TopicIdPartition(Uuid topicId, int partition, String topic) {
        this(topicId, new TopicPartition(topic, partition));
    }

    public String topic() {
        return topicPartition.topic();
    }

    public int partition() {
        return topicPartition.partition();
    }
}
