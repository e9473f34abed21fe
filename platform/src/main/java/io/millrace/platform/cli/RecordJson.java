package io.millrace.platform.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.clients.consumer.ConsumerRecord;
import io.millrace.clients.producer.ProducerRecord;
import io.millrace.common.header.Header;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A record as one line of JSON, both ways: what `consume --json` prints, `produce --json` takes.
/// Bytes that are no UTF-8 text stand in base64 under `key_base64` or `value_base64`.
final class RecordJson {
    private final ObjectMapper mapper = new ObjectMapper();

    String print(ConsumerRecord<byte[], byte[]> record) {
        var object = mapper.createObjectNode();
        object.put("topic", record.topic());
        object.put("partition", record.partition());
        object.put("offset", record.offset());
        object.put("timestamp", record.timestamp());
        put(object, "key", record.key());
        put(object, "value", record.value());
        if (record.headers().iterator().hasNext()) {
            var headers = object.putArray("headers");
            for (Header header : record.headers()) {
                var one = headers.addObject();
                one.put("key", header.key());
                put(one, "value", header.value());
            }
        }
        return object.toString();
    }

    private static void put(
            com.fasterxml.jackson.databind.node.ObjectNode object,
            String field,
            byte @Nullable [] bytes) {
        if (bytes == null) {
            object.putNull(field);
            return;
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (java.util.Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes)) {
            object.put(field, text);
        } else {
            object.put(field + "_base64", Base64.getEncoder().encodeToString(bytes));
        }
    }

    /// What one line says; `defaults` fills what it leaves open.
    ProducerRecord<byte[], byte[]> parse(String line, RecordDefaults defaults) {
        JsonNode object;
        try {
            object = mapper.readTree(line);
        } catch (JsonProcessingException malformed) {
            throw new Failure(
                    "not JSON: " + malformed.getOriginalMessage() + " in: " + abbreviate(line));
        }
        if (!object.isObject()) {
            throw new Failure("a line must be a JSON object like {\"key\":\"k\",\"value\":\"v\"}: "
                    + abbreviate(line));
        }
        var record = new ProducerRecord<>(
                object.path("topic").asText(defaults.topic()),
                object.has("partition")
                        ? Integer.valueOf(object.get("partition").asInt())
                        : defaults.partition(),
                object.has("timestamp")
                        ? Long.valueOf(object.get("timestamp").asLong())
                        : defaults.timestampMs(),
                object.has("key") || object.has("key_base64")
                        ? bytes(object, "key")
                        : defaults.keyBytes(),
                bytes(object, "value"));
        defaults.addHeaders(record);
        for (JsonNode header : object.path("headers")) {
            record.headers().add(header.path("key").asText(), bytes(header, "value"));
        }
        return record;
    }

    private static byte @Nullable [] bytes(JsonNode object, String field) {
        JsonNode encoded = object.get(field + "_base64");
        if (encoded != null) {
            try {
                return Base64.getDecoder().decode(encoded.asText());
            } catch (IllegalArgumentException malformed) {
                throw new Failure(field + "_base64 is not base64: " + abbreviate(encoded.asText()));
            }
        }
        JsonNode node = object.get(field);
        if (node == null || node.isNull()) {
            return null;
        }
        String text = node.isTextual() ? node.asText() : node.toString();
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String abbreviate(String text) {
        return text.length() <= 80 ? text : text.substring(0, 77) + "...";
    }

    /// What the options of the command say about every record.
    record RecordDefaults(
            String topic,
            @Nullable Integer partition,
            @Nullable Long timestampMs,
            @Nullable String key,
            Map<String, String> headers) {
        RecordDefaults {
            headers = new java.util.LinkedHashMap<>(headers);
        }

        void addHeaders(ProducerRecord<byte[], byte[]> record) {
            headers.forEach((name, value) ->
                    record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        }

        byte @Nullable [] keyBytes() {
            return key == null ? null : key.getBytes(StandardCharsets.UTF_8);
        }
    }
}
