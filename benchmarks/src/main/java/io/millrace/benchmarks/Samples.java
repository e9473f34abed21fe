package io.millrace.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Measured values by metric and side, and the table made of them.
final class Samples {
    private final Map<String, Map<String, List<Double>>> values = new LinkedHashMap<>();

    void add(String metric, Side side, double value) {
        add(metric, side.label(), value);
    }

    /// A value of something else than a side: the disk, the echo server.
    void add(String metric, String whose, double value) {
        values.computeIfAbsent(metric, _ -> new LinkedHashMap<>())
                .computeIfAbsent(whose, _ -> new ArrayList<>())
                .add(value);
    }

    double median(String metric, Side side) {
        return median(metric, side.label());
    }

    /// Not a number when it was not measured.
    double median(String metric, String whose) {
        var sorted = values.getOrDefault(metric, Map.of()).getOrDefault(whose, List.of()).stream()
                .sorted()
                .toList();
        if (sorted.isEmpty()) {
            return Double.NaN;
        }
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(middle)
                : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /// One line a metric: the median of each side, its range, and the ratio to the first side.
    String table() {
        var text = new StringBuilder(
                "| metric | side | median | min..max | n | ratio |\n|---|---|--:|--:|--:|--:|\n");
        values.forEach((metric, sides) -> {
            String first = sides.keySet().iterator().next();
            double reference = median(metric, first);
            sides.forEach((side, list) -> text.append(line(metric, side, list, reference)));
        });
        return text.toString();
    }

    private String line(String metric, String side, List<Double> list, double reference) {
        double median = median(metric, side);
        return String.format(
                Locale.ROOT,
                "| %s | %s | %.3f | %.3f..%.3f | %d | %.3f |%n",
                metric,
                side,
                median,
                list.stream().mapToDouble(d -> d).min().orElseThrow(),
                list.stream().mapToDouble(d -> d).max().orElseThrow(),
                list.size(),
                reference == 0 ? Double.NaN : median / reference);
    }
}
