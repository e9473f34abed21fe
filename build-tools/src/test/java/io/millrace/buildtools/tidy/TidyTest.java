package io.millrace.buildtools.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TidyTest {
    /// Maven runs the tests of a module in its folder.
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    @Test
    void theWholeRepositoryIsTidy() throws IOException {
        assertTrue(
                Files.exists(ROOT.resolve("log-core/protocol/pom.xml")), "not the root: " + ROOT);
        assertEquals(
                "",
                Tidy.complaints(ROOT).stream()
                        .map(Complaint::toString)
                        .collect(Collectors.joining("\n")));
    }
}
