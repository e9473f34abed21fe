package io.millrace.clients.admin;

import io.millrace.common.KafkaFuture;
import java.util.Map;

/// Per topic, whether it grew.
public final class CreatePartitionsResult {
    private final Map<String, KafkaFuture<Void>> futures;

    CreatePartitionsResult(Map<String, KafkaFuture<Void>> futures) {
        this.futures = futures;
    }

    public Map<String, KafkaFuture<Void>> values() {
        return futures;
    }

    public KafkaFuture<Void> all() {
        return Futures.done(futures);
    }
}
