package io.millrace.clients.producer;

import io.millrace.common.TopicPartition;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All interceptors of a producer, in their order. What one throws is logged and the next goes on
/// with what the one before it returned.
final class Interceptors<K, V> {
    private static final Logger LOG = LoggerFactory.getLogger(Interceptors.class);

    private final List<ProducerInterceptor<K, V>> all;

    Interceptors(List<ProducerInterceptor<K, V>> all) {
        this.all = List.copyOf(all);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    void configure(Map<String, ?> configs) {
        all.forEach(each -> each.configure(configs));
    }

    ProducerRecord<K, V> onSend(ProducerRecord<K, V> record) {
        ProducerRecord<K, V> seen = record;
        for (ProducerInterceptor<K, V> each : all) {
            try {
                seen = each.onSend(seen);
            } catch (RuntimeException e) {
                warn(each, e);
            }
        }
        return seen;
    }

    /// The callback with the interceptors before it.
    Callback around(ProducerRecord<K, V> record, @Nullable Callback callback) {
        return (metadata, failure) -> {
            acknowledged(record, metadata, failure);
            if (callback != null) {
                callback.onCompletion(metadata, failure);
            }
        };
    }

    void failed(ProducerRecord<K, V> record, Exception failure) {
        if (!all.isEmpty()) {
            Integer partition = record.partition();
            TopicPartition where =
                    new TopicPartition(record.topic(), partition == null ? -1 : partition);
            acknowledged(record, new RecordMetadata(where, -1, 0, -1, -1, -1), failure);
        }
    }

    private void acknowledged(
            ProducerRecord<K, V> record, RecordMetadata metadata, @Nullable Exception failure) {
        for (ProducerInterceptor<K, V> each : all) {
            try {
                each.onAcknowledgement(metadata, failure, record.headers());
            } catch (RuntimeException e) {
                warn(each, e);
            }
        }
    }

    void close() {
        for (ProducerInterceptor<K, V> each : all) {
            try {
                each.close();
            } catch (RuntimeException e) {
                warn(each, e);
            }
        }
    }

    private static void warn(ProducerInterceptor<?, ?> each, RuntimeException failure) {
        LOG.atWarn()
                .addKeyValue("interceptor", each.getClass().getName())
                .setCause(failure)
                .log("An interceptor failed");
    }
}
