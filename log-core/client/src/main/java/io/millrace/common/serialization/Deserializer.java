package io.millrace.common.serialization;

import io.millrace.common.header.Headers;
import java.io.Closeable;
import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Turns bytes into keys or values. Called on the thread that polls; an instance serves one client.
public interface Deserializer<T> extends Closeable {
    default void configure(Map<String, ?> configs, boolean isKey) {}

    @Nullable
    T deserialize(String topic, byte @Nullable [] data);

    default @Nullable T deserialize(String topic, Headers headers, byte @Nullable [] data) {
        return deserialize(topic, data);
    }

    /// The buffer is valid only during the call.
    default @Nullable T deserialize(String topic, Headers headers, @Nullable ByteBuffer data) {
        if (data == null) {
            return deserialize(topic, headers, (byte[]) null);
        }
        byte[] bytes = new byte[data.remaining()];
        data.duplicate().get(bytes);
        return deserialize(topic, headers, bytes);
    }

    @Override
    default void close() {}
}
