package io.millrace.broker;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.cluster.ConfigResource;
import io.millrace.cluster.ConfigSchema;
import io.millrace.cluster.Disposition;
import io.millrace.config.SettingDefinition;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.coordinator.group.GroupConfig;
import org.apache.kafka.server.config.AbstractKafkaConfig;
import org.apache.kafka.server.config.DynamicBrokerConfig;
import org.apache.kafka.storage.internals.log.LogConfig;
import org.junit.jupiter.api.Test;

/// Every key that Kafka 4.3.1 defines is known here, and can be changed while the node runs where
/// Kafka's can.
final class SettingsOracleTest {
    private final ConfigSchema schema = BrokerConfig.schema();

    @Test
    void everyKeyOfANodeIsKnown() {
        assertEquals(Set.of(), unknown(ConfigResource.Kind.BROKER, AbstractKafkaConfig.CONFIG_DEF));
    }

    @Test
    void everyKeyOfATopicIsKnown() {
        assertEquals(Set.of(), unknown(ConfigResource.Kind.TOPIC, LogConfig.configDefCopy()));
    }

    @Test
    void everyKeyOfAGroupIsKnown() {
        assertEquals(Set.of(), unknown(ConfigResource.Kind.GROUP, GroupConfig.CONFIG_DEF));
    }

    private Set<String> unknown(ConfigResource.Kind kind, ConfigDef theirs) {
        Set<String> unknown = new TreeSet<>(theirs.names());
        unknown.removeIf(key -> key.startsWith("__")
                || requireNonNull(theirs.configKeys().get(key)).internalConfig);
        unknown.removeAll(schema.definitions(kind).keySet());
        return unknown;
    }

    @Test
    void keysChangeAtRunTimeWhereKafkasDo() {
        Map<String, String> modes = DynamicBrokerConfig.dynamicConfigUpdateModes();
        Collection<String> defined = AbstractKafkaConfig.CONFIG_DEF.names();
        SortedMap<String, String> theirs = new TreeMap<>();
        SortedMap<String, String> ours = new TreeMap<>();
        Set<String> refused = new TreeSet<>();
        schema.passive(ConfigResource.Kind.BROKER, Disposition.REFUSED)
                .values()
                .forEach(each -> each.forEach(setting -> refused.add(setting.key())));
        for (SettingDefinition setting :
                schema.definitions(ConfigResource.Kind.BROKER).values()) {
            String key = setting.key();
            if (defined.contains(key) && !refused.contains(key)) {
                theirs.put(key, modes.getOrDefault(key, "read-only"));
                ours.put(key, setting.update().toString());
            }
        }
        theirs.values().removeIf("read-only"::equals);
        ours.values().removeIf("read-only"::equals);
        assertEquals(theirs.toString().replace(", ", "\n"), ours.toString().replace(", ", "\n"));
    }
}
