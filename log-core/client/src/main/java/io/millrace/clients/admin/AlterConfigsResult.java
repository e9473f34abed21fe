package io.millrace.clients.admin;

import io.millrace.common.KafkaFuture;
import io.millrace.common.config.ConfigResource;
import java.util.Map;

/// Per resource, whether it changed.
public final class AlterConfigsResult {
    private final Map<ConfigResource, KafkaFuture<Void>> futures;

    AlterConfigsResult(Map<ConfigResource, KafkaFuture<Void>> futures) {
        this.futures = futures;
    }

    public Map<ConfigResource, KafkaFuture<Void>> values() {
        return futures;
    }

    public KafkaFuture<Void> all() {
        return Futures.done(futures);
    }
}
