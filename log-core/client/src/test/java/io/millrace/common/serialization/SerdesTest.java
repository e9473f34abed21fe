package io.millrace.common.serialization;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.common.errors.SerializationException;
import io.millrace.common.utils.Bytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Our bytes are Kafka's, for every built-in type.
class SerdesTest {
    private static <T> void same(
            Serde<T> ours, org.apache.kafka.common.serialization.Serde<T> theirs, T value) {
        byte[] bytes = ours.serializer().serialize("t", value);
        assertArrayEquals(theirs.serializer().serialize("t", value), bytes);
        assertEquals(value, ours.deserializer().deserialize("t", bytes));
        assertNull(ours.serializer().serialize("t", null));
        assertNull(ours.deserializer().deserialize("t", (byte[]) null));
    }

    @Test
    void everyTypeHasKafkasBytes() {
        same(Serdes.Integer(), org.apache.kafka.common.serialization.Serdes.Integer(), -123_456);
        same(
                Serdes.Long(),
                org.apache.kafka.common.serialization.Serdes.Long(),
                Long.MIN_VALUE + 5);
        same(Serdes.Short(), org.apache.kafka.common.serialization.Serdes.Short(), (short) -7);
        same(Serdes.Float(), org.apache.kafka.common.serialization.Serdes.Float(), -1.5e-7f);
        same(Serdes.Double(), org.apache.kafka.common.serialization.Serdes.Double(), Math.PI);
        same(Serdes.String(), org.apache.kafka.common.serialization.Serdes.String(), "Größe €");
        same(Serdes.Boolean(), org.apache.kafka.common.serialization.Serdes.Boolean(), true);
        same(
                Serdes.UUID(),
                org.apache.kafka.common.serialization.Serdes.UUID(),
                new UUID(1234567890123L, -42));
        same(
                Serdes.ByteBuffer(),
                org.apache.kafka.common.serialization.Serdes.ByteBuffer(),
                ByteBuffer.wrap(new byte[] {1, 2, 3}));
        byte[] bytes = {4, 5};
        assertArrayEquals(bytes, Serdes.ByteArray().serializer().serialize("t", bytes));
        assertArrayEquals(bytes, Serdes.Bytes().serializer().serialize("t", new Bytes(bytes)));
        assertEquals(new Bytes(bytes), Serdes.Bytes().deserializer().deserialize("t", bytes));
    }

    @Test
    @SuppressWarnings({"unchecked", "rawtypes"})
    void listsHaveKafkasBytes() {
        List<Integer> numbers = new ArrayList<>(Arrays.asList(1, null, -3));
        same(
                Serdes.ListSerde((Class) ArrayList.class, Serdes.Integer()),
                org.apache.kafka.common.serialization.Serdes.ListSerde(
                        (Class) ArrayList.class,
                        org.apache.kafka.common.serialization.Serdes.Integer()),
                numbers);
        List<String> texts = new ArrayList<>(Arrays.asList("a", null, "", "long".repeat(50)));
        same(
                Serdes.ListSerde((Class) ArrayList.class, Serdes.String()),
                org.apache.kafka.common.serialization.Serdes.ListSerde(
                        (Class) ArrayList.class,
                        org.apache.kafka.common.serialization.Serdes.String()),
                texts);
    }

    @Test
    void bytesOfTheWrongSizeAreRefused() {
        assertThrows(
                SerializationException.class,
                () -> new IntegerDeserializer().deserialize("t", new byte[3]));
        assertThrows(
                SerializationException.class,
                () -> new BooleanDeserializer().deserialize("t", new byte[] {2}));
        assertThrows(
                SerializationException.class,
                () -> new UUIDDeserializer().deserialize("t", new byte[] {2}));
    }

    @Test
    void encodingsComeFromTheSettings() {
        StringSerializer serializer = new StringSerializer();
        serializer.configure(Map.of("key.serializer.encoding", "UTF-16LE"), true);
        assertArrayEquals(new byte[] {'a', 0}, serializer.serialize("t", "a"));
        assertThrows(
                SerializationException.class,
                () -> serializer.configure(Map.of("serializer.encoding", "nonsense"), false));
    }
}
