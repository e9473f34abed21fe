package io.millrace.clients.admin;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One setting: its value, where that comes from, and what it would be otherwise.
public record ConfigEntry(
        String name,
        @Nullable String value,
        ConfigSource source,
        boolean isSensitive,
        boolean isReadOnly,
        List<ConfigSynonym> synonyms,
        ConfigType type,
        @Nullable String documentation) {
    public ConfigEntry {
        synonyms = List.copyOf(synonyms);
    }

    public ConfigEntry(String name, @Nullable String value) {
        this(name, value, ConfigSource.UNKNOWN, false, false, List.of(), ConfigType.UNKNOWN, null);
    }

    public boolean isDefault() {
        return source == ConfigSource.DEFAULT_CONFIG;
    }

    /// The key under which the broker would look next, with its value.
    public record ConfigSynonym(String name, @Nullable String value, ConfigSource source) {}

    /// In the order of the wire's numbers.
    public enum ConfigType {
        UNKNOWN,
        BOOLEAN,
        STRING,
        INT,
        SHORT,
        LONG,
        DOUBLE,
        LIST,
        CLASS,
        PASSWORD;

        static ConfigType of(int id) {
            return id >= 0 && id < values().length ? values()[id] : UNKNOWN;
        }
    }

    /// In the order of the wire's numbers.
    public enum ConfigSource {
        UNKNOWN,
        DYNAMIC_TOPIC_CONFIG,
        DYNAMIC_BROKER_CONFIG,
        DYNAMIC_DEFAULT_BROKER_CONFIG,
        STATIC_BROKER_CONFIG,
        DEFAULT_CONFIG,
        DYNAMIC_BROKER_LOGGER_CONFIG,
        DYNAMIC_CLIENT_METRICS_CONFIG,
        DYNAMIC_GROUP_CONFIG;

        static ConfigSource of(int id) {
            return id >= 0 && id < values().length ? values()[id] : UNKNOWN;
        }
    }
}
