package io.millrace.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.protocol.CorruptLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckpointFileTest {
    @TempDir
    Path folder;

    @Test
    void aFileThatKafkaMadeAndNeverFilledHasNoEntries() throws IOException {
        assertEquals(Map.of(), read(""));
    }

    @Test
    void entriesAreRead() throws IOException {
        assertEquals(Map.of(new LogId("orders", 3), 17L), read("0\n1\norders 3 17\n"));
    }

    @Test
    void damageIsTold() {
        assertThrows(CorruptLog.class, () -> read("\n"));
        assertThrows(CorruptLog.class, () -> read("1\n0\n"));
        assertThrows(CorruptLog.class, () -> read("0\n2\norders 3 17\n"));
        assertThrows(CorruptLog.class, () -> read("0\n1\norders 3\n"));
        assertThrows(CorruptLog.class, () -> read("0\n1\norders 3 x\n"));
    }

    private Map<LogId, Long> read(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("cleaner-offset-checkpoint"), text);
        return CheckpointFile.readOffsets(new FileDisk(), file);
    }
}
