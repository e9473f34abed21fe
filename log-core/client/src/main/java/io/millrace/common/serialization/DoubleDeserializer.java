package io.millrace.common.serialization;

import io.millrace.common.errors.SerializationException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Reads what {@link DoubleSerializer} writes.
public class DoubleDeserializer implements Deserializer<Double> {
    @Override
    public @Nullable Double deserialize(String topic, byte @Nullable [] data) {
        if (data == null) {
            return null;
        }
        if (data.length != 8) {
            throw new SerializationException("A Double has 8 bytes, not " + data.length);
        }
        return ByteBuffer.wrap(data).getDouble();
    }
}
