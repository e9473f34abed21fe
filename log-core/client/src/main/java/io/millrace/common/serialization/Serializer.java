package io.millrace.common.serialization;

import io.millrace.common.header.Headers;
import java.io.Closeable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Turns keys or values into bytes. Called on the threads that send; an instance serves one client.
public interface Serializer<T> extends Closeable {
    default void configure(Map<String, ?> configs, boolean isKey) {}

    /// Null is a tombstone and must stay null where the topic is compacted.
    byte @Nullable [] serialize(String topic, @Nullable T data);

    /// The headers may be changed; what is added travels with the record.
    default byte @Nullable [] serialize(String topic, Headers headers, @Nullable T data) {
        return serialize(topic, data);
    }

    @Override
    default void close() {}
}
