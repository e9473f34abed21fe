package io.millrace.broker.handler;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Compares answers line by line, and knows where ours differ from Kafka's and why.
final class KnownDifferences {
    /// By step: what stands for Kafka's line in ours.
    private static final Map<String, String[]> WANTED = new TreeMap<>(Map.of(
            // An operation that does not exist is the client's fault, not ours.
            "change: unknown operation", new String[] {"UNKNOWN_SERVER_ERROR", "INVALID_REQUEST"}));

    private KnownDifferences() {}

    static void compare(String step, String expected, String actual, List<String> differences) {
        String[] wanted = WANTED.getOrDefault(step, new String[] {"", ""});
        List<String> theirs = expected.replace(wanted[0], wanted[1]).lines().toList();
        // Settings that only we have.
        List<String> ours =
                actual.lines().filter(line -> !line.contains("(name=millrace.")).toList();
        List<String> missing = new ArrayList<>(theirs);
        List<String> surplus = new ArrayList<>(ours);
        ours.forEach(missing::remove);
        theirs.forEach(surplus::remove);
        if (!missing.isEmpty() || !surplus.isEmpty()) {
            differences.add(step + "\n  Kafka: " + String.join("\n         ", missing)
                    + "\n  we:    " + String.join("\n         ", surplus));
        }
    }
}
