package io.millrace.clients.network;

import io.millrace.common.config.ConfigException;

/// Makes objects of classes that a program names. Kafka's names of built-in classes stand for ours.
final class Plugins {
    private static final String THEIRS = "org.apache.kafka.";
    private static final String OURS = "io.millrace.";

    private Plugins() {}

    static <T> T make(String key, Object value, Class<T> type) {
        if (type.isInstance(value)) {
            return type.cast(value);
        }
        Class<?> named = value instanceof Class<?> given ? given : load(key, String.valueOf(value));
        if (!type.isAssignableFrom(named)) {
            throw new ConfigException(key, named.getName(), "not a " + type.getName());
        }
        try {
            return type.cast(named.getDeclaredConstructor().newInstance());
        } catch (ReflectiveOperationException e) {
            throw new ConfigException(key, named.getName(), "it has no usable constructor");
        }
    }

    private static Class<?> load(String key, String name) {
        String ours = name.startsWith(THEIRS) ? OURS + name.substring(THEIRS.length()) : name;
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        try {
            return Class.forName(
                    ours, true, context == null ? Plugins.class.getClassLoader() : context);
        } catch (ClassNotFoundException e) {
            throw new ConfigException(key, name, "there is no such class");
        }
    }
}
