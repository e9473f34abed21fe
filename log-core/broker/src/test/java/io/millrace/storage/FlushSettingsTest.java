package io.millrace.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.millrace.sim.SimDisk;
import io.millrace.sim.SimWorld;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// When a log in `os` is synced all the same: by count, by time, and when the mode changes.
class FlushSettingsTest {
    private static final Path PATH = Path.of("/data/log");
    private static final LogConfig OS = LogConfig.of(Map.of("millrace.flush", "os"));

    private final SimDisk disk = new SimDisk(new SimWorld(3));
    private final TestWorld world = new TestWorld(disk, PATH);

    private static LogConfig os(String key, String value) {
        return LogConfig.of(Map.of("millrace.flush", "os", key, value));
    }

    private PartitionLog log(LogConfig config) throws IOException {
        return world.create(world.load(config), "t", config);
    }

    private void append(PartitionLog log, int records) {
        for (int i = 0; i < records; i++) {
            assertInstanceOf(AppendResult.Appended.class, world.append(log, "value"));
            world.run();
        }
    }

    private long endAfterLossOfPower(LogConfig config) throws IOException {
        disk.losePower();
        TestWorld next = new TestWorld(disk, PATH);
        return next.log(next.load(config), "t").endOffset();
    }

    @Test
    void theSystemAloneSyncsByDefault() throws IOException {
        PartitionLog log = log(OS);
        append(log, 5);
        world.advance(600_000);
        assertEquals(5, log.safeEnd());
        assertEquals(0, log.flushedEnd());
    }

    @Test
    void oneMessageIsSyncedBeforeItIsSafe() throws IOException {
        LogConfig config = os("flush.messages", "1");
        append(log(config), 5);
        assertEquals(5, endAfterLossOfPower(config));
    }

    @Test
    void someMessagesWaitForMore() throws IOException {
        LogConfig config = os("flush.messages", "4");
        PartitionLog log = log(config);
        append(log, 3);
        assertEquals(0, log.flushedEnd());
        append(log, 1);
        assertEquals(4, log.flushedEnd());
        append(log, 2);
        assertEquals(4, log.flushedEnd());
        assertEquals(6, log.safeEnd());
    }

    @Test
    void timeSyncsWhatWasWritten() throws IOException {
        LogConfig config = os("flush.ms", "1000");
        PartitionLog log = log(config);
        append(log, 3);
        world.advance(999);
        assertEquals(0, log.flushedEnd());
        world.advance(1);
        assertEquals(3, log.flushedEnd());
        append(log, 1);
        world.advance(1000);
        assertEquals(4, endAfterLossOfPower(config));
    }

    @Test
    void settingsChangeWhileALogIsInUse() throws IOException {
        PartitionLog log = log(OS);
        append(log, 3);
        log.reconfigure(os("flush.ms", "500"));
        world.advance(500);
        assertEquals(3, log.flushedEnd());
        append(log, 1);
        log.reconfigure(os("flush.messages", "1"));
        append(log, 1);
        assertEquals(5, log.flushedEnd());
        log.reconfigure(OS);
        append(log, 1);
        assertEquals(5, log.flushedEnd());
        log.reconfigure(LogConfig.of(Map.of("millrace.flush", "group")));
        world.run();
        assertEquals(6, log.flushedEnd());
        assertEquals(6, endAfterLossOfPower(OS));
    }

    @Test
    void aKilledProcessLeavesNothingSyncedThatWasNot() throws IOException {
        PartitionLog log = log(OS);
        append(log, 3);
        disk.killProcess();
        TestWorld next = new TestWorld(disk, PATH);
        PartitionLog again = next.log(next.load(OS), "t");
        assertEquals(3, again.safeEnd());
        assertEquals(0, again.flushedEnd());
        again.reconfigure(LogConfig.of(Map.of("millrace.flush", "group")));
        next.run();
        assertEquals(3, again.flushedEnd());
        assertEquals(3, endAfterLossOfPower(OS));
    }
}
