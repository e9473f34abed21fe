package io.millrace.clients.admin;

import io.millrace.common.KafkaFuture;
import java.util.Map;

/// The topics by name.
public final class DescribeTopicsResult {
    private final Map<String, KafkaFuture<TopicDescription>> futures;

    DescribeTopicsResult(Map<String, KafkaFuture<TopicDescription>> futures) {
        this.futures = futures;
    }

    public Map<String, KafkaFuture<TopicDescription>> topicNameValues() {
        return futures;
    }

    public KafkaFuture<Map<String, TopicDescription>> allTopicNames() {
        return Futures.together(futures);
    }
}
