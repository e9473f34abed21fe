package io.millrace.common.serialization;

import io.millrace.common.errors.SerializationException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A UUID as its text of 36 characters, encoded as {@link StringDeserializer} does.
public class UUIDDeserializer implements Deserializer<UUID> {
    private Charset encoding = StandardCharsets.UTF_8;

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        Object named = configs.get((isKey ? "key" : "value") + ".deserializer.encoding");
        if (named == null) {
            named = configs.get("deserializer.encoding");
        }
        if (named instanceof String name) {
            encoding = SerdeClasses.charset(name);
        }
    }

    @Override
    public @Nullable UUID deserialize(String topic, byte @Nullable [] data) {
        try {
            return data == null ? null : UUID.fromString(new String(data, encoding));
        } catch (IllegalArgumentException e) {
            throw new SerializationException("Not the text of a UUID", e);
        }
    }
}
