package io.millrace.clients.network;

import io.millrace.common.config.ConfigException;
import io.millrace.config.Settings;
import io.millrace.protocol.BadSetting;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The property map that a program makes a client from.
public final class ClientProperties {
    private static final Logger LOG = LoggerFactory.getLogger(ClientProperties.class);

    private final Map<String, Object> given;
    private final Settings settings;

    /// @throws ConfigException if a value cannot work
    @SafeVarargs
    public ClientProperties(Map<String, ?> given, Class<? extends Record>... types) {
        this.given = new HashMap<>(given);
        Map<String, String> texts = new HashMap<>();
        given.forEach((key, value) -> {
            if (value != null) {
                texts.put(key, text(value));
            }
        });
        try {
            UnusedSettings.check(texts);
            this.settings = Settings.parse(texts, types);
        } catch (BadSetting e) {
            throw new ConfigException(String.valueOf(e.getMessage()));
        }
        if (!settings.unknown().isEmpty()) {
            LOG.atDebug().addKeyValue("keys", settings.unknown()).log("Settings not known here");
        }
    }

    public static Map<String, Object> of(Properties properties) {
        Map<String, Object> map = new HashMap<>();
        properties.stringPropertyNames().forEach(key -> map.put(key, properties.getProperty(key)));
        properties.forEach((key, value) -> map.put(String.valueOf(key), value));
        return map;
    }

    private static String text(Object value) {
        if (value instanceof Class<?> type) {
            return type.getName();
        }
        if (value instanceof Collection<?> list) {
            List<String> texts = new ArrayList<>();
            list.forEach(element -> texts.add(text(element)));
            return String.join(",", texts);
        }
        return value instanceof String string ? string : String.valueOf(value);
    }

    public <T extends Record> T get(Class<T> type) {
        return settings.get(type);
    }

    /// What was given, for plugins.
    public Map<String, Object> given() {
        return given;
    }

    /// The object that stands under `key`: itself, or one made of the class that is named there.
    public <T> @Nullable T plugin(String key, Class<T> type) {
        Object value = given.get(key);
        return value == null ? null : Plugins.make(key, value, type);
    }

    /// Those in the list under `key`.
    public <T> List<T> plugins(String key, Class<T> type) {
        Object value = given.get(key);
        List<T> made = new ArrayList<>();
        if (value instanceof Collection<?> many) {
            many.forEach(one -> made.add(Plugins.make(key, one, type)));
        } else if (value instanceof String names) {
            for (String name : names.split(",")) {
                if (!name.isBlank()) {
                    made.add(Plugins.make(key, name.trim(), type));
                }
            }
        } else if (value != null) {
            made.add(Plugins.make(key, value, type));
        }
        return made;
    }
}
