package io.millrace.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class ExpositionTest {
    @Test
    void labelsAreEscaped() {
        Exposition out = new Exposition(false);
        out.family(Family.DIRECTORY_ONLINE).row(1, "a\\b\"c\nd}é");
        String text = text(out);
        assertTrue(
                text.endsWith("millrace_log_directory_online{directory=\"a\\\\b\\\"c\\nd}é\"} 1\n"),
                text);
        assertEquals(1, ParsedPage.of(text, false).families().size());
    }

    @Test
    void aHistogramCountsUpToEachBound() {
        Histogram sizes = Histogram.ofSizes();
        sizes.record(1);
        sizes.record(2);
        sizes.record(2);
        sizes.record(5000);
        Exposition out = new Exposition(false);
        out.family(Family.SYNC_FILES).sizes(sizes);
        ParsedPage page = ParsedPage.of(text(out), false);
        assertEquals(1, page.value("millrace_log_sync_files_bucket{le=\"1.0\"}"));
        assertEquals(3, page.value("millrace_log_sync_files_bucket{le=\"2.0\"}"));
        assertEquals(3, page.value("millrace_log_sync_files_bucket{le=\"4096.0\"}"));
        assertEquals(4, page.value("millrace_log_sync_files_bucket{le=\"+Inf\"}"));
        assertEquals(5005, page.value("millrace_log_sync_files_sum"));
        assertEquals(4, page.value("millrace_log_sync_files_count"));
    }

    @Test
    void aFamilyHasOnlySoManyRows() {
        Exposition out = new Exposition(false);
        out.family(Family.SIZE);
        for (int i = 0; i < Exposition.MAX_ROWS + 7; i++) {
            out.row(i, "topic", Integer.toString(i));
        }
        assertEquals(7, out.leftOut().get(Family.SIZE));
        ParsedPage page = ParsedPage.of(text(out), false);
        assertTrue(page.has("millrace_partition_size_bytes{topic=\"topic\",partition=\"19999\"}"));
        assertTrue(!page.has("millrace_partition_size_bytes{topic=\"topic\",partition=\"20000\"}"));
    }

    @Test
    void openMetricsNamesCountersWithoutTheirEnding() {
        Exposition out = new Exposition(true);
        out.family(Family.CPU).row(1.5);
        ParsedPage page = ParsedPage.of(text(out), true);
        assertEquals("counter", page.type("process_cpu_seconds"));
        assertEquals(1.5, page.value("process_cpu_seconds_total"));
    }

    private static String text(Exposition out) {
        return new String(out.finish(), StandardCharsets.UTF_8);
    }
}
