package io.millrace.common.serialization;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Text in UTF-8, or in what `key.deserializer.encoding`, `value.deserializer.encoding` or
/// `deserializer.encoding` names.
public class StringDeserializer implements Deserializer<String> {
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
    public @Nullable String deserialize(String topic, byte @Nullable [] data) {
        return data == null ? null : new String(data, encoding);
    }
}
