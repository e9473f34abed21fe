package io.millrace.common.serialization;

import io.millrace.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/// Passes the wrapped bytes through.
public class BytesSerializer implements Serializer<Bytes> {
    @Override
    public byte @Nullable [] serialize(String topic, @Nullable Bytes data) {
        return data == null ? null : data.get();
    }
}
