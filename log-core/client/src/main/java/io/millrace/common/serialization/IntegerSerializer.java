package io.millrace.common.serialization;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Writes a int as 4 bytes, the highest first.
public class IntegerSerializer implements Serializer<Integer> {
    @Override
    public byte @Nullable [] serialize(String topic, @Nullable Integer data) {
        return data == null ? null : ByteBuffer.allocate(4).putInt(data).array();
    }
}
