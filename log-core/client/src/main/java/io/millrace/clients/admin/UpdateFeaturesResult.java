package io.millrace.clients.admin;

import io.millrace.common.KafkaFuture;
import java.util.Map;

/// Per feature, whether it changed.
public final class UpdateFeaturesResult {
    private final Map<String, KafkaFuture<Void>> futures;

    UpdateFeaturesResult(Map<String, KafkaFuture<Void>> futures) {
        this.futures = futures;
    }

    public Map<String, KafkaFuture<Void>> values() {
        return futures;
    }

    public KafkaFuture<Void> all() {
        return Futures.done(futures);
    }
}
