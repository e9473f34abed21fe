package io.millrace.clients.admin;

import io.millrace.common.KafkaFuture;
import java.util.Map;

/// The log directories by broker and path.
public final class DescribeLogDirsResult {
    private final Map<Integer, KafkaFuture<Map<String, LogDirDescription>>> futures;

    DescribeLogDirsResult(Map<Integer, KafkaFuture<Map<String, LogDirDescription>>> futures) {
        this.futures = futures;
    }

    public Map<Integer, KafkaFuture<Map<String, LogDirDescription>>> descriptions() {
        return futures;
    }

    public KafkaFuture<Map<Integer, Map<String, LogDirDescription>>> allDescriptions() {
        return Futures.together(futures);
    }
}
