package io.millrace.clients.consumer;

import io.millrace.clients.network.ClientProperties;
import io.millrace.common.TopicPartition;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The program's interceptors, in their order. One that fails is left out that time.
///
/// Owner thread: the one that polls.
final class Interception<K, V> {
    private static final Logger LOG = LoggerFactory.getLogger(Interception.class);

    private final List<ConsumerInterceptor<K, V>> interceptors;

    @SuppressWarnings("unchecked")
    Interception(ClientProperties properties) {
        interceptors = (List<ConsumerInterceptor<K, V>>) (List<?>) properties.plugins(
                ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG, ConsumerInterceptor.class);
        interceptors.forEach(each -> each.configure(properties.given()));
    }

    ConsumerRecords<K, V> consumed(ConsumerRecords<K, V> records) {
        ConsumerRecords<K, V> seen = records;
        for (ConsumerInterceptor<K, V> each : interceptors) {
            try {
                seen = each.onConsume(seen);
            } catch (RuntimeException e) {
                warn(each, e);
            }
        }
        return seen;
    }

    void committed(Map<TopicPartition, OffsetAndMetadata> offsets) {
        for (ConsumerInterceptor<K, V> each : interceptors) {
            try {
                each.onCommit(offsets);
            } catch (RuntimeException e) {
                warn(each, e);
            }
        }
    }

    private static void warn(Object interceptor, RuntimeException failure) {
        LOG.atWarn()
                .addKeyValue("interceptor", interceptor.getClass().getName())
                .setCause(failure)
                .log("An interceptor failed");
    }

    void close() {
        interceptors.forEach(ConsumerInterceptor::close);
    }
}
