package io.millrace.clients.admin;

import io.millrace.common.KafkaFuture;
import java.util.LinkedHashMap;
import java.util.Map;

/// Futures of many answers.
final class Futures {
    private Futures() {}

    static <K, V> KafkaFuture<V> asked(Map<K, KafkaFuture<V>> futures, K key) {
        KafkaFuture<V> future = futures.get(key);
        if (future == null) {
            throw new IllegalArgumentException("Nothing was asked about " + key);
        }
        return future;
    }

    /// Everything that was asked, or the first failure.
    static <K, V> KafkaFuture<Map<K, V>> together(Map<K, KafkaFuture<V>> futures) {
        return KafkaFuture.allOf(futures.values().toArray(new KafkaFuture<?>[0]))
                .thenApply(all -> {
                    var values = new LinkedHashMap<K, V>();
                    futures.forEach((key, future) -> values.put(key, future.value()));
                    return values;
                });
    }

    static KafkaFuture<Void> done(Map<?, ? extends KafkaFuture<?>> futures) {
        return KafkaFuture.allOf(futures.values().toArray(new KafkaFuture<?>[0]));
    }

    static KafkaFuture<Void> quiet(KafkaFuture<?> future) {
        return KafkaFuture.allOf(future);
    }
}
