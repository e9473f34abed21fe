package io.millrace.common.serialization;

import io.millrace.common.errors.SerializationException;
import java.lang.reflect.Constructor;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads what {@link ListSerializer} writes, into a list of the class that was asked for.
public class ListDeserializer<T> implements Deserializer<List<T>> {
    private @Nullable Class<?> listClass;
    private @Nullable Deserializer<T> inner;

    public ListDeserializer() {}

    public <L extends List<T>> ListDeserializer(Class<L> listClass, Deserializer<T> inner) {
        this.listClass = listClass;
        this.inner = inner;
    }

    public @Nullable Deserializer<T> innerDeserializer() {
        return inner;
    }

    @Override
    @SuppressWarnings("unchecked")
    public void configure(Map<String, ?> configs, boolean isKey) {
        String prefix = "default.list." + (isKey ? "key" : "value") + ".serde.";
        if (inner == null) {
            Serde<T> serde =
                    (Serde<T>) SerdeClasses.make(configs.get(prefix + "inner"), prefix + "inner");
            inner = serde.deserializer();
        }
        if (listClass == null) {
            Object type = configs.get(prefix + "type");
            listClass = type instanceof String name ? SerdeClasses.load(name) : (Class<?>) type;
        }
        inner.configure(configs, isKey);
    }

    @Override
    public @Nullable List<T> deserialize(String topic, byte @Nullable [] data) {
        if (data == null) {
            return null;
        }
        if (inner == null) {
            throw new SerializationException("The deserializer of the elements is not set");
        }
        try {
            return read(topic, ByteBuffer.wrap(data), inner);
        } catch (BufferUnderflowException | NegativeArraySizeException e) {
            throw new SerializationException("The bytes are not those of a list", e);
        }
    }

    private List<T> read(String topic, ByteBuffer in, Deserializer<T> elements) {
        boolean fixed = in.get() == ListSerializer.FIXED;
        BitSet nulls = new BitSet();
        if (fixed) {
            for (int left = in.getInt(); left > 0; left--) {
                nulls.set(in.getInt());
            }
        }
        int size = in.getInt();
        List<T> list = newList(Math.min(size, in.remaining()));
        for (int i = 0; i < size; i++) {
            int length = fixed ? nulls.get(i) ? -1 : FixedSizes.of(elements) : in.getInt();
            list.add(element(topic, in, length, elements));
        }
        return list;
    }

    @SuppressWarnings("NullAway")
    private T element(String topic, ByteBuffer in, int length, Deserializer<T> elements) {
        if (length < 0) {
            return null;
        }
        if (length > in.remaining()) {
            throw new SerializationException("An element is longer than what is left of the list");
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return elements.deserialize(topic, bytes);
    }

    @SuppressWarnings("unchecked")
    private List<T> newList(int size) {
        if (listClass == null) {
            return new ArrayList<>(size);
        }
        try {
            Constructor<?> sized = listClass.getConstructor(Integer.TYPE);
            return (List<T>) sized.newInstance(size);
        } catch (NoSuchMethodException e) {
            return unsized();
        } catch (ReflectiveOperationException e) {
            throw new SerializationException(listClass + " cannot be made", e);
        }
    }

    @SuppressWarnings("unchecked")
    private List<T> unsized() {
        try {
            Class<?> type = listClass == null ? ArrayList.class : listClass;
            return (List<T>) type.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new SerializationException(listClass + " has no usable constructor", e);
        }
    }

    @Override
    public void close() {
        if (inner != null) {
            inner.close();
        }
    }
}
