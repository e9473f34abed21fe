package io.millrace.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/// One bar that a side is held against.
///
/// @param seen the figures to be held against the limit, such as cold and warm
record Bar(Side side, String what, Limit limit, List<ToDoubleFunction<Samples>> seen) {
    private static final List<String> PHASES = List.of(", cold", ", warm");

    Bar {
        seen = List.copyOf(seen);
    }

    /// How good is good enough.
    record Limit(Kind kind, double value, String reference) {
        private String text() {
            return switch (kind) {
                case AT_MOST -> "≤ " + plain(value) + " " + reference;
                case AT_LEAST -> "≥ " + plain(value) + " " + reference;
                case REPORTED -> reference;
            };
        }

        private static String plain(double value) {
            return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
        }

        private String verdict(double seen) {
            return switch (kind) {
                case AT_MOST -> seen <= value ? "yes" : "no";
                case AT_LEAST -> seen >= value ? "yes" : "no";
                case REPORTED -> "–";
            };
        }
    }

    enum Kind {
        AT_MOST,
        AT_LEAST,
        REPORTED
    }

    static Limit atMost(double value, String reference) {
        return new Limit(Kind.AT_MOST, value, reference);
    }

    static Limit atLeast(double value, String reference) {
        return new Limit(Kind.AT_LEAST, value, reference);
    }

    static Limit reported(String reference) {
        return new Limit(Kind.REPORTED, 0, reference);
    }

    static ToDoubleFunction<Samples> ratio(String metric, Side side, Side to) {
        return s -> s.median(metric, side) / s.median(metric, to);
    }

    /// A side's metric as a multiple of another's.
    static Bar ratio(Side side, String metric, Limit limit, Side to) {
        return new Bar(side, metric, limit, List.of(ratio(metric, side, to)));
    }

    /// The same, when cold and when warm.
    static Bar phases(Side side, String metric, Limit limit, Side to) {
        return new Bar(
                side,
                metric + ", cold / warm",
                limit,
                PHASES.stream().map(phase -> ratio(metric + phase, side, to)).toList());
    }

    /// A side's metric as it is.
    static Bar plain(Side side, String metric, Limit limit) {
        return new Bar(side, metric, limit, List.of(s -> s.median(metric, side)));
    }

    /// A line of the table in `benchmarks/README.md`.
    String row(String scenario, Samples samples) {
        List<Double> figures =
                seen.stream().map(each -> each.applyAsDouble(samples)).toList();
        return String.format(
                "| %s | %s | %s | %s | %s | %s |%n",
                scenario,
                side.label(),
                what,
                limit.text(),
                figures.stream().map(Bar::number).collect(Collectors.joining(" / ")),
                figures.stream()
                        .map(figure -> figure.isNaN() ? "not measured" : limit.verdict(figure))
                        .collect(Collectors.joining(" / ")));
    }

    static String number(double value) {
        double size = Math.abs(value);
        String format =
                size >= 100 || value == Math.rint(value) ? "%.0f" : size >= 10 ? "%.1f" : "%.3g";
        return Double.isNaN(value) ? "?" : String.format(Locale.ROOT, format, value);
    }
}
