package io.millrace.clients.admin;

import io.millrace.common.KafkaFuture;
import java.util.Map;

/// The groups by id.
public final class DescribeConsumerGroupsResult {
    private final Map<String, KafkaFuture<ConsumerGroupDescription>> futures;

    DescribeConsumerGroupsResult(Map<String, KafkaFuture<ConsumerGroupDescription>> futures) {
        this.futures = futures;
    }

    public Map<String, KafkaFuture<ConsumerGroupDescription>> describedGroups() {
        return futures;
    }

    public KafkaFuture<Map<String, ConsumerGroupDescription>> all() {
        return Futures.together(futures);
    }
}
