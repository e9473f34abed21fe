package io.millrace.clients.producer;

import io.millrace.common.Configurable;
import io.millrace.common.header.Headers;
import org.jspecify.annotations.Nullable;

/// Sees, and may change, every record before it is serialized, and hears what became of it. What
/// it throws is logged and otherwise ignored.
public interface ProducerInterceptor<K, V> extends Configurable, AutoCloseable {
    ProducerRecord<K, V> onSend(ProducerRecord<K, V> record);

    default void onAcknowledgement(RecordMetadata metadata, @Nullable Exception exception) {}

    default void onAcknowledgement(
            RecordMetadata metadata, @Nullable Exception exception, Headers headers) {
        onAcknowledgement(metadata, exception);
    }

    @Override
    default void close() {}
}
