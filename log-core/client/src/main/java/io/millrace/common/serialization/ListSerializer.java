package io.millrace.common.serialization;

import io.millrace.common.errors.SerializationException;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes a list. Elements of fixed size lie one after the other, after a list of the indexes that
/// are null; others have their length before them, with -1 for null. The first byte
/// tells the two apart.
public class ListSerializer<T> implements Serializer<List<T>> {
    static final int FIXED = 0;
    static final int VARIABLE = 1;

    private @Nullable Serializer<T> inner;

    public ListSerializer() {}

    public ListSerializer(Serializer<T> inner) {
        this.inner = inner;
    }

    public @Nullable Serializer<T> getInnerSerializer() {
        return inner;
    }

    @Override
    @SuppressWarnings("unchecked")
    public void configure(Map<String, ?> configs, boolean isKey) {
        if (inner == null) {
            String key = "default.list." + (isKey ? "key" : "value") + ".serde.inner";
            Serde<T> serde = (Serde<T>) SerdeClasses.make(configs.get(key), key);
            inner = serde.serializer();
        }
        inner.configure(configs, isKey);
    }

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable List<T> data) {
        if (data == null) {
            return null;
        }
        if (inner == null) {
            throw new SerializationException("The serializer of the elements is not set");
        }
        try {
            return write(topic, data, inner);
        } catch (IOException e) {
            throw new SerializationException("The list could not be written", e);
        }
    }

    private byte[] write(String topic, List<T> data, Serializer<T> elements) throws IOException {
        boolean fixed = FixedSizes.of(elements) >= 0;
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.writeByte(fixed ? FIXED : VARIABLE);
        if (fixed) {
            writeNulls(data, out);
        }
        out.writeInt(data.size());
        for (T element : data) {
            byte[] content = elements.serialize(topic, element);
            if (!fixed) {
                out.writeInt(content == null ? -1 : content.length);
            }
            if (content != null) {
                out.write(content);
            }
        }
        return bytes.toByteArray();
    }

    private static void writeNulls(List<?> data, DataOutputStream out) throws IOException {
        List<Integer> nulls = new ArrayList<>();
        for (int i = 0; i < data.size(); i++) {
            if (data.get(i) == null) {
                nulls.add(i);
            }
        }
        out.writeInt(nulls.size());
        for (int index : nulls) {
            out.writeInt(index);
        }
    }

    @Override
    public void close() {
        if (inner != null) {
            inner.close();
        }
    }
}
