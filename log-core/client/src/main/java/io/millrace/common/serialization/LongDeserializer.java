package io.millrace.common.serialization;

import io.millrace.common.errors.SerializationException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Reads what {@link LongSerializer} writes.
public class LongDeserializer implements Deserializer<Long> {
    @Override
    public @Nullable Long deserialize(String topic, byte @Nullable [] data) {
        if (data == null) {
            return null;
        }
        if (data.length != 8) {
            throw new SerializationException("A Long has 8 bytes, not " + data.length);
        }
        return ByteBuffer.wrap(data).getLong();
    }
}
