package io.millrace.platform.conformance;

import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.Records;
import io.millrace.protocol.Uuid;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/// Answers as text that two brokers can agree on: names and errors, without ids, ports, times and
/// the words of messages, and without fields that say nothing.
final class Rendering {
    private static final Set<String> WORDS = Set.of("errorMessage", "message");
    private static final Set<String> OWN = Set.of(
            "port",
            "host",
            "clusterId",
            "logDir",
            "totalBytes",
            "usableBytes",
            "memberId",
            "leader",
            "authorizedOperations",
            "throttleTimeMs",
            "producerId",
            "subscriptionId",
            "logAppendTimeMs");

    private Rendering() {}

    static String of(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case ErrorCode error -> error.name();
            case Uuid uuid -> uuid.equals(Uuid.ZERO) ? "0" : "ID";
            case Records records -> "records";
            case ByteBuffer bytes -> bytes.remaining() + " bytes";
            case String text -> "'" + text + "'";
            case List<?> list -> list(list);
            case Record message -> message(message);
            default -> value.toString();
        };
    }

    private static String list(List<?> list) {
        StringJoiner text = new StringJoiner(", ", "[", "]");
        list.stream().map(Rendering::of).sorted().forEach(text::add);
        return text.toString();
    }

    private static String message(Record message) {
        StringJoiner text = new StringJoiner(" ", "(", ")");
        for (RecordComponent component : message.getClass().getRecordComponents()) {
            Object value = get(message, component);
            String name = component.getName();
            if (value instanceof ErrorCode error) {
                text.add(error.name());
            } else if (WORDS.contains(name)) {
                continue;
            } else if (OWN.contains(name)) {
                continue;
            } else if (!isEmpty(value)) {
                text.add(name + "=" + of(value));
            }
        }
        return text.toString();
    }

    private static boolean isEmpty(@Nullable Object value) {
        return value == null
                || value.equals("")
                || value.equals(false)
                || value instanceof Number number && number.longValue() == 0
                || value instanceof Uuid uuid && uuid.equals(Uuid.ZERO)
                || value instanceof List<?> list && list.isEmpty()
                || value instanceof Records records && records.sizeInBytes() == 0;
    }

    private static @Nullable Object get(Record message, RecordComponent component) {
        try {
            return component.getAccessor().invoke(message);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(component.toString(), e);
        }
    }
}
