package io.millrace.common.serialization;

import io.millrace.common.errors.SerializationException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Reads what {@link ShortSerializer} writes.
public class ShortDeserializer implements Deserializer<Short> {
    @Override
    public @Nullable Short deserialize(String topic, byte @Nullable [] data) {
        if (data == null) {
            return null;
        }
        if (data.length != 2) {
            throw new SerializationException("A Short has 2 bytes, not " + data.length);
        }
        return ByteBuffer.wrap(data).getShort();
    }
}
