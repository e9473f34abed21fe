package io.millrace.clients.admin;

import io.millrace.common.KafkaFuture;
import java.util.Map;

/// Per group, whether it is gone.
public final class DeleteConsumerGroupsResult {
    private final Map<String, KafkaFuture<Void>> futures;

    DeleteConsumerGroupsResult(Map<String, KafkaFuture<Void>> futures) {
        this.futures = futures;
    }

    public Map<String, KafkaFuture<Void>> deletedGroups() {
        return futures;
    }

    public KafkaFuture<Void> all() {
        return Futures.done(futures);
    }
}
