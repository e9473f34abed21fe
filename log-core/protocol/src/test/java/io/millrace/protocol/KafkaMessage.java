package io.millrace.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.MessageUtil;
import org.apache.kafka.common.protocol.types.Schema;
import org.jspecify.annotations.Nullable;

/// The class that Kafka itself uses for a message of ours: the oracle.
final class KafkaMessage {
    private static final List<String> PACKAGES = List.of(
            "org.apache.kafka.common.message.",
            "org.apache.kafka.common.metadata.",
            "org.apache.kafka.raft.generated.",
            "org.apache.kafka.coordinator.group.generated.",
            "org.apache.kafka.coordinator.transaction.generated.",
            "org.apache.kafka.coordinator.share.generated.",
            "org.apache.kafka.server.log.remote.metadata.storage.generated.");

    private final Class<?> type;

    private KafkaMessage(Class<?> type) {
        this.type = type;
    }

    static KafkaMessage of(Class<?> ours) {
        for (String folder : PACKAGES) {
            for (String suffix : List.of("Data", "")) {
                try {
                    return new KafkaMessage(Class.forName(folder + ours.getSimpleName() + suffix));
                } catch (ClassNotFoundException e) {
                    continue;
                }
            }
        }
        throw new AssertionError("Kafka has no message " + ours.getSimpleName());
    }

    /// The fields as Kafka declares them, by version; null below the lowest.
    Schema[] schemas() {
        try {
            return (Schema[]) type.getField("SCHEMAS").get(null);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    int lowestVersion() {
        return fresh().lowestSupportedVersion();
    }

    int highestVersion() {
        return fresh().highestSupportedVersion();
    }

    org.apache.kafka.common.protocol.Message fresh() {
        try {
            return (org.apache.kafka.common.protocol.Message)
                    type.getDeclaredConstructor().newInstance();
        } catch (InvocationTargetException e) {
            throw new AssertionError(e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    org.apache.kafka.common.protocol.Message read(ByteBuffer bytes, int version) {
        org.apache.kafka.common.protocol.Message message = fresh();
        ByteBuffer copy = bytes.duplicate();
        message.read(new ByteBufferAccessor(copy), (short) version);
        if (copy.hasRemaining()) {
            throw new IllegalStateException(copy.remaining() + " bytes were not read");
        }
        return message;
    }

    static ByteBuffer write(org.apache.kafka.common.protocol.Message message, int version) {
        return MessageUtil.toByteBufferAccessor(message, (short) version).buffer();
    }

    /// Compares field by field, for what never reaches the wire.
    static void assertSameValues(Object ours, Object theirs) {
        for (RecordComponent component : ours.getClass().getRecordComponents()) {
            try {
                Object our = component.getAccessor().invoke(ours);
                Object their = theirs.getClass().getMethod(component.getName()).invoke(theirs);
                String what = ours.getClass() + " " + component.getName();
                if (our instanceof Record && their != null && !isPlain(our)) {
                    assertSameValues(our, their);
                } else {
                    assertEquals(plain(their), plain(our), what);
                }
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static boolean isPlain(Object value) {
        return value instanceof Uuid || value instanceof Records;
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case ErrorCode error -> error.code();
            case Uuid id -> id.toString();
            case org.apache.kafka.common.Uuid id -> id.toString();
            case ByteBuffer bytes -> bytes.remaining();
            case byte[] bytes -> bytes.length;
            case Collection<?> list -> list.size();
            default -> value;
        };
    }
}
