package io.millrace.clients.admin;

import io.millrace.common.KafkaFuture;
import java.util.Map;

/// Per topic, whether it is gone.
public final class DeleteTopicsResult {
    private final Map<String, KafkaFuture<Void>> futures;

    DeleteTopicsResult(Map<String, KafkaFuture<Void>> futures) {
        this.futures = futures;
    }

    public Map<String, KafkaFuture<Void>> topicNameValues() {
        return futures;
    }

    public KafkaFuture<Void> all() {
        return Futures.done(futures);
    }
}
