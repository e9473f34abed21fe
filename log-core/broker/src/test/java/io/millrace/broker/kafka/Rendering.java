package io.millrace.broker.kafka;

import io.millrace.protocol.Uuid;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Prints answers so that two servers can be compared: without what is free (texts for people,
/// times, random ids), lists in an order of their own.
public final class Rendering {
    private static final Set<String> FREE =
            Set.of("errorMessage", "throttleTimeMs", "documentation");

    private Rendering() {}

    public static String of(@Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case Uuid id -> id.isZero() ? "no id" : "an id";
            case List<?> list -> list(list);
            case Record record -> record(record);
            default -> value.toString();
        };
    }

    private static String list(List<?> list) {
        List<String> elements = new ArrayList<>();
        list.forEach(element -> elements.add(of(element)));
        Collections.sort(elements);
        return elements.stream().anyMatch(each -> each.contains("("))
                ? "[\n" + String.join("\n", elements) + "\n]"
                : elements.toString();
    }

    private static String record(Record record) {
        List<String> parts = new ArrayList<>();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            if (!FREE.contains(component.getName())) {
                try {
                    parts.add(component.getName() + "="
                            + of(component.getAccessor().invoke(record)));
                } catch (ReflectiveOperationException e) {
                    throw new AssertionError(e);
                }
            }
        }
        return record.getClass().getSimpleName() + "(" + String.join(" ", parts) + ")";
    }
}
