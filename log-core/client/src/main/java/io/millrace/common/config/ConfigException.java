package io.millrace.common.config;

import io.millrace.common.KafkaException;
import org.jspecify.annotations.Nullable;

/// A client was given settings that cannot work.
public class ConfigException extends KafkaException {
    private static final long serialVersionUID = 1L;

    public ConfigException(String message) {
        super(message);
    }

    public ConfigException(String name, @Nullable Object value, String message) {
        super("Invalid value " + value + " for configuration " + name + ": " + message);
    }
}
