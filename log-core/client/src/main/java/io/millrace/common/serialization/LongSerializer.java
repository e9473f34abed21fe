package io.millrace.common.serialization;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Writes a long as 8 bytes, the highest first.
public class LongSerializer implements Serializer<Long> {
    @Override
    public byte @Nullable [] serialize(String topic, @Nullable Long data) {
        return data == null ? null : ByteBuffer.allocate(8).putLong(data).array();
    }
}
