package io.millrace.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.sim.SimDisk;
import io.millrace.sim.SimWorld;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RetentionTest {
    private static final long HOUR = 3_600_000;
    private static final long CHECK = 300_000;

    private final TestWorld world = new TestWorld(new SimDisk(new SimWorld(1)), Path.of("/log"));

    private static LogConfig config(long retentionMs, long retentionBytes) {
        LogConfig usual = TestWorld.small(300);
        return new LogConfig(
                usual.cleanupPolicy(),
                300,
                usual.segmentMs(),
                0,
                usual.segmentIndexBytes(),
                200,
                retentionMs,
                retentionBytes,
                60_000,
                usual.deleteRetentionMs(),
                0,
                Long.MAX_VALUE,
                0.5,
                usual.maxMessageBytes(),
                usual.timestampType(),
                Long.MAX_VALUE,
                HOUR,
                "producer",
                -1,
                9,
                3,
                Long.MAX_VALUE,
                Long.MAX_VALUE,
                FlushMode.GROUP);
    }

    private PartitionLog log(LogConfig config) throws IOException {
        PartitionLog log = world.create(world.load(config), "t", config);
        for (int i = 0; i < 20; i++) {
            world.append(log, "value " + i);
            world.run();
        }
        log.highWatermark(log.safeEnd());
        return log;
    }

    @Test
    void byTimeEverythingOldGoes() throws IOException {
        PartitionLog log = log(config(HOUR, -1));
        world.advance(HOUR / 2);
        assertEquals(0, log.startOffset());
        world.append(log, "young");
        world.run();
        log.highWatermark(log.safeEnd());
        long active = log.segments().active().baseOffset();
        world.advance(HOUR / 2 + CHECK);
        assertEquals(active, log.startOffset());
        world.advance(HOUR);
        assertEquals(21, log.startOffset(), "the segment that is appended to goes too, by rolling");
        assertEquals(0, log.sizeInBytes());
        world.append(log, "next");
        world.run();
        assertEquals("21:next", world.readAll(log, 21).getFirst());
    }

    @Test
    void bySizeTheOldestGo() throws IOException {
        PartitionLog log = log(config(-1, 900));
        world.advance(CHECK + 60_000);
        assertTrue(log.startOffset() > 0);
        assertTrue(
                log.sizeInBytes() >= 900 && log.sizeInBytes() < 900 + 300,
                "left: " + log.sizeInBytes());
        long files = world.disk.list(Path.of("/log/t-0")).stream()
                .filter(n -> n.endsWith(".log"))
                .count();
        assertEquals(log.segments().count(), files);
    }

    @Test
    void nothingGoesThatIsNotCommitted() throws IOException {
        LogConfig config = config(HOUR, 1);
        PartitionLog log = world.create(world.load(config), "t", config);
        for (int i = 0; i < 20; i++) {
            world.append(log, "value " + i);
            world.run();
        }
        world.advance(10 * HOUR);
        assertEquals(0, log.startOffset());
    }

    @Test
    void deletedRecordsAreGoneAfterARestart() throws IOException {
        LogConfig config = config(-1, -1);
        PartitionLog log = log(config);
        world.await(log.deleteBefore(13));
        assertEquals(13, log.startOffset());
        assertTrue(log.read(12, 100, true, 20) instanceof ReadResult.OutOfRange);
        log.directory().close();
        TestWorld again = new TestWorld(world.disk, Path.of("/log"));
        PartitionLog loaded = again.log(again.load(config), "t");
        assertEquals(13, loaded.startOffset());
        assertEquals("13:value 13", again.readAll(loaded, 13).getFirst());
    }
}
