package io.millrace.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.sim.SimDisk;
import io.millrace.sim.SimWorld;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Which rounds a loop does itself, and which it leaves to the writer.
class QuickRoundTest {
    private static final LogConfig OS = LogConfig.of(Map.of("millrace.flush", "os"));
    private static final LogConfig GROUP = LogConfig.of(Map.of("millrace.flush", "group"));

    private final TestWorld world =
            new TestWorld(new SimDisk(new SimWorld(3)), Path.of("/data/log"));
    private LogDirectory directory;
    private PartitionLog log;

    @BeforeEach
    void open() throws IOException {
        directory = world.load(OS);
        log = world.create(directory, "t", OS);
        // The first append makes a folder and a file, which is the writer's work.
        world.append(log, "first");
        world.loop.runReady();
        assertEquals(0, log.safeEnd());
        assertFalse(world.writer.isEmpty());
        world.run();
        assertEquals(1, log.safeEnd());
    }

    @Test
    void aLittleForThePageCacheIsWrittenByTheLoop() {
        world.append(log, "second");
        world.append(log, "third");
        assertEquals(1, log.safeEnd(), "not within the append");
        world.loop.runReady();
        assertEquals(3, log.safeEnd());
        assertTrue(world.writer.isEmpty());
        assertEquals(3, world.readAll(log, 0).size());
    }

    @Test
    void whatIsSyncedIsLeftToTheWriter() {
        PartitionLog synced = world.create(directory, "g", GROUP);
        for (int i = 1; i <= 2; i++) {
            world.append(synced, "value");
            world.loop.runReady();
            assertEquals(i - 1, synced.safeEnd());
            world.run();
            assertEquals(i, synced.safeEnd());
        }
        PartitionLog counted =
                world.create(directory, "c", TestWorld.small(1 << 20, FlushMode.OS, 1));
        world.append(counted, "value");
        world.run();
        world.append(counted, "value");
        world.loop.runReady();
        assertEquals(1, counted.safeEnd());
        world.run();
        assertEquals(2, counted.flushedEnd());
    }

    @Test
    void aRoundWithBothKindsIsTheWritersAndKeepsTheOrder() {
        PartitionLog synced = world.create(directory, "g", GROUP);
        world.append(log, "second");
        world.append(synced, "value");
        world.append(log, "third");
        world.loop.runReady();
        assertEquals(1, log.safeEnd());
        world.run();
        assertEquals(3, log.safeEnd());
        assertEquals(1, synced.flushedEnd());
    }

    @Test
    void muchIsLeftToTheWriter() {
        String value = "x".repeat(100_000);
        world.append(log, value);
        world.append(log, value);
        world.loop.runReady();
        assertEquals(1, log.safeEnd());
        world.run();
        assertEquals(3, log.safeEnd());
    }

    @Test
    void afterASlowRoundTheWriterTakesOverForAWhile() {
        world.loop.nanosALook = 11_000_000;
        world.append(log, "second");
        world.loop.runReady();
        assertEquals(2, log.safeEnd());
        world.loop.nanosALook = 0;
        world.append(log, "third");
        world.loop.runReady();
        assertEquals(2, log.safeEnd());
        world.run();
        assertEquals(3, log.safeEnd());
        world.advance(3_000);
        world.append(log, "fourth");
        world.loop.runReady();
        assertEquals(4, log.safeEnd());
    }
}
