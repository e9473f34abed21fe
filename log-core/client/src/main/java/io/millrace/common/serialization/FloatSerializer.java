package io.millrace.common.serialization;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Writes a float as 4 bytes, the highest first.
public class FloatSerializer implements Serializer<Float> {
    @Override
    public byte @Nullable [] serialize(String topic, @Nullable Float data) {
        return data == null ? null : ByteBuffer.allocate(4).putFloat(data).array();
    }
}
