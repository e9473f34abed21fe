package io.millrace.platform.dump;

import java.util.LinkedHashMap;
import java.util.Map;

/// One line of a dump: names and values, in order.
public record Row(Map<String, Object> values) {
    public Row {
        values = new LinkedHashMap<>(values);
    }

    /// Takes lines as they come; a file may have millions.
    public interface Sink {
        void row(Row row);
    }

    static Row of() {
        return new Row(Map.of());
    }

    Row with(String name, Object value) {
        values.put(name, value);
        return this;
    }

    /// `name: value name: value`, as Kafka's tool writes it.
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        values.forEach((name, value) ->
                text.append(text.isEmpty() ? "" : " ").append(name).append(": ").append(value));
        return text.toString();
    }
}
