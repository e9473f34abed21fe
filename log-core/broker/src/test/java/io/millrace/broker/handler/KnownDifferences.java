package io.millrace.broker.handler;

import java.util.ArrayList;
import java.util.List;

/// Compares answers line by line.
final class KnownDifferences {
    private KnownDifferences() {}

    static void compare(String step, String expected, String actual, List<String> differences) {
        List<String> missing = new ArrayList<>(expected.lines().toList());
        List<String> surplus = new ArrayList<>(actual.lines().toList());
        actual.lines().forEach(missing::remove);
        expected.lines().forEach(surplus::remove);
        if (!missing.isEmpty() || !surplus.isEmpty()) {
            differences.add(step + "\n  Kafka: " + String.join("\n         ", missing)
                    + "\n  we:    " + String.join("\n         ", surplus));
        }
    }
}
