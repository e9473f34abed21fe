package io.millrace.common.serialization;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Writes a double as 8 bytes, the highest first.
public class DoubleSerializer implements Serializer<Double> {
    @Override
    public byte @Nullable [] serialize(String topic, @Nullable Double data) {
        return data == null ? null : ByteBuffer.allocate(8).putDouble(data).array();
    }
}
