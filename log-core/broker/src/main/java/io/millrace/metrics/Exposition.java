package io.millrace.metrics;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/// Writes figures as text: Prometheus' format 0.0.4, or OpenMetrics 1.0. Families come in the order
/// of [Family], each once. A family has a limited number of rows, so that neither the node nor who
/// collects the figures is flooded; what is left out is counted.
final class Exposition {
    /// Rows a family; those of groups and partitions would grow without end.
    static final int MAX_ROWS = 20_000;

    private static final double NANOS = 1e9;

    private final StringBuilder text = new StringBuilder(16 * 1024);
    private final Map<Family, Integer> leftOut = new EnumMap<>(Family.class);
    private final boolean isOpenMetrics;
    private Family current = Family.BUILD;
    private int rows;

    Exposition(boolean isOpenMetrics) {
        this.isOpenMetrics = isOpenMetrics;
    }

    Exposition family(Family family) {
        current = family;
        rows = 0;
        String name = isOpenMetrics ? family.title() : family.shownName();
        text.append("# HELP ").append(name).append(' ');
        escape(family.help(), isOpenMetrics);
        text.append("\n# TYPE ").append(name).append(' ');
        text.append(family.kind().name().toLowerCase(Locale.ROOT)).append('\n');
        return this;
    }

    /// A row of the current family, with a value for each of its labels.
    Exposition row(long value, String... labels) {
        if (begin("", labels)) {
            text.append(' ').append(value).append('\n');
        }
        return this;
    }

    Exposition row(double value, String... labels) {
        if (begin("", labels)) {
            text.append(' ').append(value).append('\n');
        }
        return this;
    }

    private boolean begin(String ending, String... labels) {
        if (rows >= MAX_ROWS) {
            leftOut.merge(current, 1, Integer::sum);
            return false;
        }
        rows++;
        start(current.kind() == Kind.COUNTER ? "_total" : ending, labels);
        end(labels);
        return true;
    }

    private void start(String ending, String... labels) {
        text.append(current.title()).append(ending);
        for (int i = 0; i < labels.length; i++) {
            text.append(i == 0 ? '{' : ',').append(current.labels().get(i)).append("=\"");
            escape(labels[i], true);
            text.append('"');
        }
    }

    private void end(String... labels) {
        if (labels.length > 0) {
            text.append('}');
        }
    }

    /// A histogram of times, which are shown in seconds.
    Exposition times(Histogram histogram, String... labels) {
        return histogram(histogram, NANOS, labels);
    }

    Exposition sizes(Histogram histogram, String... labels) {
        return histogram(histogram, 1, labels);
    }

    private Exposition histogram(Histogram histogram, double unit, String... labels) {
        long below = 0;
        for (int i = 0; i <= histogram.size(); i++) {
            below += histogram.count(i);
            start("_bucket", labels);
            text.append(labels.length == 0 ? '{' : ',').append("le=\"");
            if (i == histogram.size()) {
                text.append("+Inf");
            } else {
                text.append(histogram.bound(i) / unit);
            }
            text.append("\"} ").append(below).append('\n');
        }
        start("_sum", labels);
        end(labels);
        text.append(' ').append(histogram.sum() / unit).append('\n');
        start("_count", labels);
        end(labels);
        text.append(' ').append(below).append('\n');
        return this;
    }

    /// How many rows each family was too long by.
    Map<Family, Integer> leftOut() {
        return leftOut;
    }

    private void escape(String value, boolean alsoQuotes) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '"' -> text.append(alsoQuotes ? "\\\"" : "\"");
                default -> text.append(c);
            }
        }
    }

    byte[] finish() {
        if (isOpenMetrics) {
            text.append("# EOF\n");
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
