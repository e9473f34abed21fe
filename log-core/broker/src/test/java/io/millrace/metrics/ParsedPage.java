package io.millrace.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A page of metrics, read strictly: each family once with its help and type, its rows together, no
/// row twice, histograms that add up.
final class ParsedPage {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*");
    private static final Pattern LABEL =
            Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\n]|\\\\[\\\\n\"])*)\"(,|$)");

    private final boolean isOpenMetrics;
    private final Map<String, String> types = new LinkedHashMap<>();
    private final Map<String, Double> rows = new LinkedHashMap<>();
    private String family = "";

    private ParsedPage(boolean isOpenMetrics) {
        this.isOpenMetrics = isOpenMetrics;
    }

    static ParsedPage of(String text, boolean isOpenMetrics) {
        ParsedPage page = new ParsedPage(isOpenMetrics);
        assertTrue(text.endsWith("\n"), "ends with a line end");
        List<String> lines =
                new ArrayList<>(List.of(text.substring(0, text.length() - 1).split("\n", -1)));
        if (isOpenMetrics) {
            assertEquals("# EOF", lines.removeLast());
        }
        String help = "";
        for (String line : lines) {
            if (line.startsWith("# HELP ")) {
                help = line.split(" ", 4)[2];
            } else if (line.startsWith("# TYPE ")) {
                String[] words = line.split(" ");
                assertEquals(4, words.length, line);
                assertEquals(help, words[2], "help and type stand together");
                assertTrue(NAME.matcher(words[2]).matches(), line);
                assertTrue(Set.of("counter", "gauge", "histogram").contains(words[3]), line);
                assertEquals(null, page.types.put(words[2], words[3]), "a family twice: " + line);
                page.family = words[2];
            } else {
                page.row(line);
            }
        }
        page.checkHistograms();
        return page;
    }

    private void row(String line) {
        int space = line.lastIndexOf(' ');
        String series = line.substring(0, space);
        int brace = series.indexOf('{');
        String name = brace < 0 ? series : series.substring(0, brace);
        assertTrue(NAME.matcher(name).matches(), line);
        String type = types.get(family);
        assertNotNull(type, line);
        switch (type) {
            case "counter" -> {
                assertTrue(name.endsWith("_total"), line);
                assertEquals(isOpenMetrics ? family + "_total" : family, name, line);
            }
            case "gauge" -> assertEquals(family, name, line);
            default ->
                assertTrue(
                        Set.of(family + "_bucket", family + "_sum", family + "_count")
                                .contains(name),
                        line);
        }
        if (brace >= 0) {
            assertTrue(series.endsWith("}"), line);
            labels(series.substring(brace + 1, series.length() - 1));
        }
        assertEquals(
                null,
                rows.put(series, Double.parseDouble(line.substring(space + 1))),
                "a row twice: " + line);
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new TreeMap<>();
        Matcher matcher = LABEL.matcher(text);
        int at = 0;
        while (at < text.length()) {
            assertTrue(matcher.find(at) && matcher.start() == at, "labels: " + text);
            assertEquals(null, labels.put(matcher.group(1), matcher.group(2)), text);
            at = matcher.end();
        }
        return labels;
    }

    private void checkHistograms() {
        Map<String, Double> last = new LinkedHashMap<>();
        Set<String> ended = new HashSet<>();
        rows.forEach((series, value) -> {
            int le = series.indexOf("le=\"");
            if (le > 0 && series.contains("_bucket{")) {
                String key = series.substring(0, le);
                assertTrue(value >= last.getOrDefault(key, 0.0), "buckets only rise: " + series);
                last.put(key, value);
                if (series.contains("le=\"+Inf\"")) {
                    ended.add(key);
                    String count = key.replace("_bucket{", "_count{").replaceAll(",$", "") + "}";
                    assertEquals(value, rows.get(count.replace("{}", "")), series);
                }
            }
        });
        assertEquals(last.keySet(), ended, "each histogram ends with +Inf");
    }

    Set<String> families() {
        return types.keySet();
    }

    String type(String name) {
        return types.getOrDefault(name, "none");
    }

    /// The value of a row, written as in the page.
    double value(String series) {
        Double value = rows.get(series);
        assertNotNull(value, series);
        return value;
    }

    boolean has(String series) {
        return rows.containsKey(series);
    }
}
