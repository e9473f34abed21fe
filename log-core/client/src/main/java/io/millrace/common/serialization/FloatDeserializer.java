package io.millrace.common.serialization;

import io.millrace.common.errors.SerializationException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Reads what {@link FloatSerializer} writes.
public class FloatDeserializer implements Deserializer<Float> {
    @Override
    public @Nullable Float deserialize(String topic, byte @Nullable [] data) {
        if (data == null) {
            return null;
        }
        if (data.length != 4) {
            throw new SerializationException("A Float has 4 bytes, not " + data.length);
        }
        return ByteBuffer.wrap(data).getFloat();
    }
}
