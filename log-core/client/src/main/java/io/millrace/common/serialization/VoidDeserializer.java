package io.millrace.common.serialization;

import org.jspecify.annotations.Nullable;

/// Accepts nothing but null.
public class VoidDeserializer implements Deserializer<Void> {
    @Override
    public @Nullable Void deserialize(String topic, byte @Nullable [] data) {
        if (data != null) {
            throw new IllegalArgumentException("There are bytes where only null may stand");
        }
        return null;
    }
}
