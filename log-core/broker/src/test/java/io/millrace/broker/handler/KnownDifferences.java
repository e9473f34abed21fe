package io.millrace.broker.handler;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Compares answers line by line, and knows where ours differ from Kafka's and why.
final class KnownDifferences {
    private static final List<String> OWN_SETTINGS =
            List.of("millrace.", "log.flush ", "metrics.listen ");

    /// By step: what stands for Kafka's line in ours.
    private static final Map<String, String[]> WANTED = new TreeMap<>(Map.of(
            // An operation that does not exist is the client's fault, not ours.
            "change: unknown operation", new String[] {"UNKNOWN_SERVER_ERROR", "INVALID_REQUEST"}));

    private KnownDifferences() {}

    /// Leaves out settings that only we have, with the lines of their synonyms.
    private static List<String> withoutOwnSettings(List<String> lines) {
        List<String> left = new ArrayList<>();
        boolean isOwn = false;
        for (String line : lines) {
            isOwn |= OWN_SETTINGS.stream().anyMatch(key -> line.contains("(name=" + key));
            if (!isOwn) {
                left.add(line);
            }
            isOwn &= line.endsWith("synonyms=[") || line.contains("ConfigsSynonym(");
        }
        return left;
    }

    static void compare(String step, String expected, String actual, List<String> differences) {
        String[] wanted = WANTED.getOrDefault(step, new String[] {"", ""});
        List<String> theirs = expected.replace(wanted[0], wanted[1]).lines().toList();
        List<String> ours = withoutOwnSettings(actual.lines().toList());
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
