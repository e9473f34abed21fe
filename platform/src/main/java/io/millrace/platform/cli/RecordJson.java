package io.millrace.platform.cli;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.clients.consumer.ConsumerRecord;
import io.millrace.clients.producer.ProducerRecord;
import io.millrace.common.header.Header;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// A record as one line of JSON, both ways: what `consume --json` prints, `produce --json` takes.
/// Bytes that are no UTF-8 text stand in base64 under `key_base64` or `value_base64`.
final class RecordJson {
    /// What `consume` prints beside what is written is taken and ignored: the offset.
    private static final Set<String> FIELDS = Set.of(
            "topic",
            "partition",
            "offset",
            "timestamp",
            "key",
            "key_base64",
            "value",
            "value_base64",
            "headers");

    private static final Set<String> HEADER_FIELDS = Set.of("key", "value", "value_base64");

    private final ObjectMapper mapper = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

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
        known(object, FIELDS);
        Long partition = number(object, "partition", Integer.MAX_VALUE);
        Long timestampMs = number(object, "timestamp", Long.MAX_VALUE);
        JsonNode topic = object.path("topic");
        if (object.has("topic") && !topic.isTextual()) {
            throw new Failure("topic must be a text: " + abbreviate(topic.toString()));
        }
        var record = new ProducerRecord<>(
                topic.asText(defaults.topic()),
                partition == null ? defaults.partition() : Integer.valueOf(partition.intValue()),
                timestampMs == null ? defaults.timestampMs() : timestampMs,
                object.has("key") || object.has("key_base64")
                        ? bytes(object, "key")
                        : defaults.keyBytes(),
                bytes(object, "value"));
        defaults.addHeaders(record);
        headers(object, record);
        return record;
    }

    /// A field that nobody reads would be lost in silence, a misspelt one too.
    private static void known(JsonNode object, Set<String> fields) {
        object.fieldNames().forEachRemaining(name -> {
            if (!fields.contains(name)) {
                throw new Failure("no field is named '" + abbreviate(name) + "': use "
                        + String.join(", ", new TreeSet<>(fields)));
            }
        });
    }

    private static @Nullable Long number(JsonNode object, String field, long max) {
        JsonNode node = object.get(field);
        if (node == null) {
            return null;
        }
        if (!node.isIntegralNumber()
                || !node.canConvertToLong()
                || node.asLong() < 0
                || node.asLong() > max) {
            throw new Failure(field + " must be a whole number from 0 to " + max + ": "
                    + abbreviate(node.toString()));
        }
        return node.asLong();
    }

    private static void headers(JsonNode object, ProducerRecord<byte[], byte[]> record) {
        JsonNode headers = object.path("headers");
        if (object.has("headers") && !headers.isArray()) {
            throw new Failure("headers must be a list like [{\"key\":\"k\",\"value\":\"v\"}]: "
                    + abbreviate(headers.toString()));
        }
        for (JsonNode header : headers) {
            if (!header.path("key").isTextual()) {
                throw new Failure("a header must have a key that is a text: "
                        + abbreviate(header.toString()));
            }
            known(header, HEADER_FIELDS);
            record.headers().add(header.path("key").asText(), bytes(header, "value"));
        }
    }

    private static byte @Nullable [] bytes(JsonNode object, String field) {
        JsonNode encoded = object.get(field + "_base64");
        if (encoded != null) {
            if (object.has(field)) {
                throw new Failure(field + " and " + field + "_base64 exclude each other");
            }
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
