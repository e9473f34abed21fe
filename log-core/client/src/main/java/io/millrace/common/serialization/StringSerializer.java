package io.millrace.common.serialization;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Text in UTF-8, or in what `key.serializer.encoding`, `value.serializer.encoding` or
/// `serializer.encoding` names.
public class StringSerializer implements Serializer<String> {
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
    public byte @Nullable [] serialize(String topic, @Nullable String data) {
        return data == null ? null : data.getBytes(encoding);
    }
}
