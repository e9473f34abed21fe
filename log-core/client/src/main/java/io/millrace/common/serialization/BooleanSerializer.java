package io.millrace.common.serialization;

import org.jspecify.annotations.Nullable;

/// Writes a boolean as one byte, 1 or 0.
public class BooleanSerializer implements Serializer<Boolean> {
    @Override
    public byte @Nullable [] serialize(String topic, @Nullable Boolean data) {
        return data == null ? null : new byte[] {(byte) (data ? 1 : 0)};
    }
}
