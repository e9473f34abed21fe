package io.millrace.metrics;

import java.util.Locale;

/// The table of docs/metrics.md: every family there is.
final class MetricsDocument {
    private MetricsDocument() {}

    static String table() {
        StringBuilder table =
                new StringBuilder("| name | kind | labels | what it is |\n|---|---|---|---|\n");
        for (Family family : Family.values()) {
            table.append("| `").append(family.shownName()).append("` | ");
            table.append(family.kind().name().toLowerCase(Locale.ROOT)).append(" | ");
            table.append(String.join(", ", family.labels())).append(" | ");
            table.append(family.help()).append(" |\n");
        }
        return table.toString();
    }
}
