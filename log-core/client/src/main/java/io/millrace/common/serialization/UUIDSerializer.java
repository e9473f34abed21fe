package io.millrace.common.serialization;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A UUID as its text of 36 characters, encoded as {@link StringSerializer} does.
public class UUIDSerializer implements Serializer<UUID> {
    private Charset encoding = StandardCharsets.UTF_8;

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        Object named = configs.get((isKey ? "key" : "value") + ".serializer.encoding");
        if (named == null) {
            named = configs.get("serializer.encoding");
        }
        if (named instanceof String name) {
            encoding = SerdeClasses.charset(name);
        }
    }

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable UUID data) {
        return data == null ? null : data.toString().getBytes(encoding);
    }
}
