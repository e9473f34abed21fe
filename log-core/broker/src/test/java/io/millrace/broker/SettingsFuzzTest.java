package io.millrace.broker;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.broker.partition.TopicSettings;
import io.millrace.cluster.ClusterImage;
import io.millrace.cluster.ConfigResource;
import io.millrace.cluster.ConfigSchema;
import io.millrace.config.SettingDefinition;
import io.millrace.protocol.BadSetting;
import io.millrace.storage.LogConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Whatever is given as settings, a node starts with it or names the key. `-Dfuzz.seeds=1000000`
/// runs longer, `-Dfuzz.seed` repeats one.
final class SettingsFuzzTest {
    private static final int SEEDS = 3_000;
    private static final String[] VALUES = {
        "",
        " ",
        ",",
        ",,",
        "-",
        "-1",
        "0",
        "1",
        "1.5",
        "1e400",
        "NaN",
        "0x10",
        "true",
        "TRUE",
        "null",
        "2147483647",
        "2147483648",
        "-2147483649",
        "9223372036854775807",
        "9223372036854775808",
        "99999999999999999999999999",
        "\u0661\u0662",
        "\ud800",
        "a\u0000b",
        "\u202e",
        "group",
        "os",
        "PLAINTEXT://:0",
        "PLAINTEXT://",
        "://:",
        "PLAINTEXT://[::1]:99999",
        "host:port",
        "a:b:c",
        "delete,compact",
        "delete,",
        "/",
        "../..",
        "x".repeat(100_000)
    };

    private static final ConfigSchema SCHEMA = BrokerConfig.schema();
    private static final List<String> NODE_KEYS = keys(ConfigResource.Kind.BROKER);
    private static final List<String> TOPIC_KEYS = keys(ConfigResource.Kind.TOPIC);

    private static List<String> keys(ConfigResource.Kind kind) {
        return List.copyOf(SCHEMA.definitions(kind).keySet());
    }

    @Test
    void aNodeStartsOrNamesTheKey() {
        Integer one = Integer.getInteger("fuzz.seed");
        int last = one == null ? Integer.getInteger("fuzz.seeds", SEEDS) : one;
        for (int seed = one == null ? 1 : one; seed <= last; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Map<String, String> node = some(NODE_KEYS, random);
            Map<String, String> topic = some(TOPIC_KEYS, random);
            try {
                start(node);
                create(topic);
            } catch (RuntimeException | Error failure) {
                throw new AssertionError("Seed " + seed + " fails: " + node + topic, failure);
            }
        }
    }

    private static Map<String, String> some(List<String> keys, SplittableRandom random) {
        Map<String, String> some = new TreeMap<>();
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            String key = random.nextInt(20) == 0
                    ? VALUES[random.nextInt(VALUES.length - 1)]
                    : keys.get(random.nextInt(keys.size()));
            some.put(key, VALUES[random.nextInt(VALUES.length)]);
        }
        return some;
    }

    private static void start(Map<String, String> values) {
        List<String> refused = new ArrayList<>();
        try {
            BrokerConfig config = BrokerConfig.of(values);
            config.node();
            config.network();
            config.groups();
            new TopicSettings(config.configurations()).log(ClusterImage.EMPTY, "t");
        } catch (BadSetting e) {
            refused.add(String.valueOf(e.getMessage()));
        }
        for (String message : refused) {
            assertTrue(
                    values.keySet().stream().anyMatch(message::contains)
                            || NODE_KEYS.stream().anyMatch(message::contains), // of a pair
                    () -> "the reason names no key: " + message);
        }
    }

    private static void create(Map<String, String> values) {
        try {
            values.forEach((key, value) -> {
                SettingDefinition known = SCHEMA.definition(ConfigResource.Kind.TOPIC, key);
                if (known != null) {
                    known.validate(value);
                }
            });
        } catch (BadSetting refused) {
            return;
        }
        LogConfig.of(values);
    }
}
