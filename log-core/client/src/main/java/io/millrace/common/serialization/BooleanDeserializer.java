package io.millrace.common.serialization;

import io.millrace.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/// Reads what {@link BooleanSerializer} writes.
public class BooleanDeserializer implements Deserializer<Boolean> {
    @Override
    public @Nullable Boolean deserialize(String topic, byte @Nullable [] data) {
        if (data == null) {
            return null;
        }
        if (data.length != 1 || (data[0] & ~1) != 0) {
            throw new SerializationException("A Boolean is one byte, 0 or 1");
        }
        return data[0] == 1;
    }
}
