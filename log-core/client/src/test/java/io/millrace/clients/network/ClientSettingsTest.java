package io.millrace.clients.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.clients.admin.Admin;
import io.millrace.clients.consumer.KafkaConsumer;
import io.millrace.clients.producer.KafkaProducer;
import io.millrace.common.config.ConfigException;
import io.millrace.common.serialization.StringDeserializer;
import io.millrace.common.serialization.StringSerializer;
import io.millrace.config.SettingDefinition;
import io.millrace.config.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every setting of Kafka's clients is acted on, refused or ignored, and the guide tells which.
final class ClientSettingsTest {
    private static final Path GUIDE = Path.of("..", "..", "docs", "client.md");

    @ParameterizedTest
    @CsvSource({
        "consumer.ConsumerConfig, consumer.ConsumerSettings",
        "producer.ProducerConfig, producer.ProducerSettings",
        "admin.AdminClientConfig, admin.AdminSettings"
    })
    void nothingIsLeftToChance(String theirs, String ours) throws Exception {
        Set<String> open = keysOfKafka(theirs);
        for (SettingDefinition each : Settings.definitions(ConnectionSettings.class)) {
            assertTrue(open.remove(each.key()), each.key());
        }
        Class<? extends Record> own =
                Class.forName("io.millrace.clients." + ours).asSubclass(Record.class);
        for (SettingDefinition each : Settings.definitions(own)) {
            assertTrue(open.remove(each.key()), each.key());
        }
        String guide = Files.readString(GUIDE);
        for (String key : open) {
            boolean isSecurity = key.startsWith("ssl.") || key.startsWith("sasl.");
            String named = isSecurity ? key.substring(0, key.indexOf('.')) + ".*" : key;
            assertTrue(guide.contains("`" + named + "`"), key + " is not in the guide");
        }
        open.removeIf(key -> UnusedSettings.isRefused(key) || UnusedSettings.isIgnored(key));
        assertEquals(Set.of(), open);
    }

    private static Set<String> keysOfKafka(String type) throws Exception {
        Set<String> keys = new TreeSet<>();
        Set<?> names = (Set<?>) Class.forName("org.apache.kafka.clients." + type)
                .getMethod("configNames")
                .invoke(null);
        names.forEach(each -> keys.add(String.valueOf(each)));
        return keys;
    }

    @ParameterizedTest
    @CsvSource({
        "security.protocol, SSL",
        "security.protocol, SASL_PLAINTEXT",
        "security.providers, a.Provider",
        "config.providers, file"
    })
    void whatIsNotThereIsRefused(String key, String value) {
        Map<String, Object> configs = Map.of("bootstrap.servers", "127.0.0.1:1", key, value);
        assertRefused(key, () -> Admin.create(configs));
        assertRefused(
                key,
                () -> new KafkaConsumer<>(
                        configs, new StringDeserializer(), new StringDeserializer()));
        assertRefused(
                key,
                () -> new KafkaProducer<>(configs, new StringSerializer(), new StringSerializer()));
    }

    private static void assertRefused(String key, Runnable make) {
        ConfigException refused = assertThrows(ConfigException.class, make::run);
        assertTrue(String.valueOf(refused.getMessage()).contains(key), refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "security.protocol, PLAINTEXT",
        "security.protocol, plaintext",
        "ssl.truststore.location, /none",
        "sasl.mechanism, PLAIN",
        "metric.reporters, a.Reporter",
        "receive.buffer.bytes, 65536"
    })
    void whatChangesNothingIsTaken(String key, String value) {
        Admin.create(Map.of("bootstrap.servers", "127.0.0.1:1", key, value)).close();
    }
}
