package io.millrace.protocol;

import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.kafka.common.protocol.types.BoundField;
import org.apache.kafka.common.protocol.types.Field;
import org.apache.kafka.common.protocol.types.Schema;
import org.apache.kafka.common.protocol.types.TaggedFields;
import org.apache.kafka.common.protocol.types.Type;
import org.jspecify.annotations.Nullable;

/// Fills messages of ours with random content. Which fields a version has, of what type, and which
/// may be null comes from Kafka's declaration, never from ours.
final class RandomMessage {
    private static final String[] TEXTS = {
        "",
        "a",
        "orders",
        "größe",
        "日本語",
        "🚂 mill",
        "\u0000\u007f\u0080\u07ff",
        "x".repeat(127),
        "y".repeat(128),
        "é".repeat(9_000),
        "-",
        "null"
    };

    private static final int SHORT_TEXTS = 7;

    private final SplittableRandom random;
    private final boolean isShort;

    RandomMessage(long seed) {
        this(seed, false);
    }

    private RandomMessage(long seed, boolean isShort) {
        this.random = new SplittableRandom(seed);
        this.isShort = isShort;
    }

    /// Without long texts and bytes, for tests that try every position.
    static RandomMessage small(long seed) {
        return new RandomMessage(seed, true);
    }

    Message message(Class<?> type, Schema schema) {
        return (Message) record(type, schema);
    }

    private Object record(Class<?> type, Schema schema) {
        Map<String, Field> fields = new HashMap<>();
        for (BoundField field : schema.fields()) {
            if (field.def.type instanceof TaggedFields tagged) {
                for (Field each : tagged.fields().values()) {
                    if (random.nextBoolean()) {
                        fields.put(plain(each.name), each);
                    }
                }
            } else {
                fields.put(plain(field.def.name), field.def);
            }
        }
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            Field field = fields.remove(plain(components[i].getName()));
            values[i] = field == null
                    ? defaultOf(type, components[i])
                    : value(components[i].getGenericType(), field.type);
        }
        if (!fields.isEmpty()) {
            throw new AssertionError(type.getSimpleName() + " lacks " + fields.keySet());
        }
        try {
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static String plain(String name) {
        return name.replace("_", "").toLowerCase(Locale.ROOT);
    }

    private static @Nullable Object defaultOf(Class<?> type, RecordComponent component) {
        try {
            return component.getAccessor().invoke(Messages.constant(type, "DEFAULT"));
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private @Nullable Object value(java.lang.reflect.Type ours, Type kafkas) {
        if (kafkas.isNullable() && random.nextInt(4) == 0) {
            return null;
        }
        if (kafkas instanceof Schema schema) {
            return record((Class<?>) ours, schema);
        }
        if (kafkas.isArray()) {
            var element = ((java.lang.reflect.ParameterizedType) ours).getActualTypeArguments()[0];
            List<Object> list = new ArrayList<>();
            for (int left = random.nextInt(4); left > 0; left--) {
                list.add(value(element, kafkas.arrayElementType().orElseThrow()));
            }
            return list;
        }
        String name = kafkas.toString().replace("COMPACT_", "").replace("NULLABLE_", "");
        return switch (name) {
            case "BOOLEAN" -> random.nextBoolean();
            case "INT8" -> (byte) number();
            case "INT16" -> int16(ours);
            case "UINT16" -> (int) number() & 0xffff;
            case "INT32" -> (int) number();
            case "UINT32" -> number() & 0xffff_ffffL;
            case "INT64" -> number();
            case "FLOAT64" -> Double.longBitsToDouble(random.nextLong());
            case "UUID" -> random.nextInt(4) == 0 ? Uuid.ZERO : new Uuid(number(), number());
            case "STRING" -> TEXTS[random.nextInt(isShort ? SHORT_TEXTS : TEXTS.length)];
            case "BYTES" -> bytes();
            case "RECORDS" -> Records.of(bytes());
            default -> throw new AssertionError("what is " + name + "?");
        };
    }

    private Object int16(java.lang.reflect.Type ours) {
        if (ours == ErrorCode.class) {
            return ErrorCode.values()[random.nextInt(ErrorCode.values().length)];
        }
        return (short) number();
    }

    private long number() {
        return switch (random.nextInt(6)) {
            case 0 -> 0;
            case 1 -> -1;
            case 2 -> Long.MAX_VALUE;
            case 3 -> Long.MIN_VALUE;
            case 4 -> random.nextInt(1, 200);
            default -> random.nextLong();
        };
    }

    private ByteBuffer bytes() {
        boolean isLong = !isShort && random.nextInt(3) == 0;
        int size = isLong ? random.nextInt(900, 3_000) : random.nextInt(20);
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return ByteBuffer.wrap(bytes);
    }
}
