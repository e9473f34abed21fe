package io.millrace.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// docs/metrics.md lists exactly what is served; `-Drewrite` writes its table anew. What is served
/// is compared with [Family] by `MetricsIT`.
final class MetricsDocumentTest {
    private static final Path FILE = Path.of("../../docs/metrics.md");
    private static final String BEGIN = "| name |";

    @Test
    void theDocumentListsEveryFamily() throws IOException {
        String text = Files.readString(FILE);
        String before = text.substring(0, text.indexOf(BEGIN));
        if (System.getProperty("rewrite") != null) {
            Files.writeString(FILE, before + MetricsDocument.table());
        }
        assertEquals(
                before + MetricsDocument.table(),
                Files.readString(FILE),
                "run this test with -Drewrite");
    }
}
