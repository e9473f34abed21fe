package io.millrace.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// docs/settings.md is what the code says; `-Drewrite` writes it anew.
final class SettingsDocumentTest {
    private static final Path FILE = Path.of("../../docs/settings.md");

    @Test
    void theDocumentIsUpToDate() throws IOException {
        String text = new SettingsDocument(BrokerConfig.schema()).text();
        if (System.getProperty("rewrite") != null) {
            Files.writeString(FILE, text);
        }
        assertEquals(Files.readString(FILE), text, "run this test with -Drewrite");
    }
}
