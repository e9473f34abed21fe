package io.millrace.common.serialization;

import io.millrace.common.errors.SerializationException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import org.jspecify.annotations.Nullable;

/// What serializers are told by name or class in a property map.
final class SerdeClasses {
    private SerdeClasses() {}

    static Charset charset(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new SerializationException("No encoding is called " + name, e);
        }
    }

    /// Makes the object that a class or the name of one stands for; Kafka's names of the built-in
    /// classes are accepted for ours.
    static Object make(@Nullable Object named, String key) {
        if (named instanceof Class<?> type) {
            return create(type);
        }
        if (named instanceof String name) {
            return create(load(name));
        }
        throw new SerializationException(key + " must be a class or the name of one");
    }

    static Class<?> load(String name) {
        String ours = name.startsWith("org.apache.kafka.common.serialization.")
                ? "io.millrace" + name.substring("org.apache.kafka".length())
                : name;
        try {
            ClassLoader context = Thread.currentThread().getContextClassLoader();
            return Class.forName(
                    ours, true, context == null ? SerdeClasses.class.getClassLoader() : context);
        } catch (ClassNotFoundException e) {
            throw new SerializationException("There is no class " + name, e);
        }
    }

    private static Object create(Class<?> type) {
        try {
            return type.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new SerializationException(type.getName() + " has no usable constructor", e);
        }
    }
}
