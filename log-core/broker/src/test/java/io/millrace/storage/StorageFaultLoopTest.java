package io.millrace.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.millrace.protocol.BadSetting;
import io.millrace.protocol.CorruptLog;
import io.millrace.sim.FaultLoop;
import io.millrace.sim.SimDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/// The life of a log with each of its disk calls failing once, followed by a loss of power.
final class StorageFaultLoopTest {
    private static final Path PATH = Path.of("/data/log");
    private static final LogConfig CONFIG = TestWorld.small(1_000);

    @BeforeAll
    static void beSilent() {
        if (LoggerFactory.getLogger("io.millrace.storage") instanceof Logger logger) {
            logger.setLevel(Level.OFF);
        }
    }

    @AfterAll
    static void speakAgain() {
        if (LoggerFactory.getLogger("io.millrace.storage") instanceof Logger logger) {
            logger.setLevel(null);
        }
    }

    @Test
    void whatWasSafeStaysWhicheverCallFails() throws IOException {
        int failed = FaultLoop.run(disk -> {
            Promised promised = new Promised();
            try {
                promised.live(disk);
            } catch (IOException | BadSetting | CorruptLog expected) {
                assertTrue(disk.faults().hasFailed(), () -> "nothing failed, and yet: " + expected);
            }
            disk.losePower();
            promised.check(disk);
        });
        assertTrue(failed > 100, "calls: " + failed);
    }

    /// What one run was told is safe.
    private static final class Promised {
        private final List<String> appended = new ArrayList<>();
        private long safeEnd;
        private boolean isDeleted;

        void live(SimDisk disk) throws IOException {
            TestWorld world = new TestWorld(disk, PATH);
            LogDirectory directory = world.load(CONFIG);
            PartitionLog log = world.create(directory, "t", CONFIG);
            for (int i = 0; i < 40; i++) {
                if (world.append(log, "value " + i) instanceof AppendResult.Appended) {
                    appended.add(i + ":value " + i);
                }
                if (i % 3 == 0) {
                    world.run();
                }
                safeEnd = Math.max(safeEnd, log.safeEnd());
            }
            world.advance(61_000);
            safeEnd = Math.max(safeEnd, log.safeEnd());
            log.highWatermark(log.safeEnd());
            isDeleted = true;
            log.deleteBefore(Math.min(5, log.safeEnd()));
            world.run();
            directory.close();
        }

        void check(SimDisk disk) throws IOException {
            TestWorld world = new TestWorld(disk, PATH);
            LogDirectory directory = world.load(CONFIG);
            assertTrue(directory.isOnline());
            if (safeEnd == 0) {
                return;
            }
            PartitionLog log = world.log(directory, "t");
            assertTrue(log.endOffset() >= safeEnd, () -> log.endOffset() + " of " + safeEnd);
            assertTrue(log.startOffset() == 0 || isDeleted);
            int start = Math.toIntExact(log.startOffset());
            assertEquals(
                    appended.subList(start, Math.toIntExact(log.endOffset())),
                    world.readAll(log, start));
        }
    }
}
