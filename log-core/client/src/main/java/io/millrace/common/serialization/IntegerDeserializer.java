package io.millrace.common.serialization;

import io.millrace.common.errors.SerializationException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Reads what {@link IntegerSerializer} writes.
public class IntegerDeserializer implements Deserializer<Integer> {
    @Override
    public @Nullable Integer deserialize(String topic, byte @Nullable [] data) {
        if (data == null) {
            return null;
        }
        if (data.length != 4) {
            throw new SerializationException("An Integer has 4 bytes, not " + data.length);
        }
        return ByteBuffer.wrap(data).getInt();
    }
}
