package io.millrace.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.sim.SimDisk;
import io.millrace.sim.SimWorld;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// When a round waits for more, and that it never waits for good.
class GatheringTest {
    private static final LogConfig GROUP = LogConfig.of(Map.of("millrace.flush", "group"));

    private final Gathering gathering = new Gathering();

    @Test
    void aRoundWaitsForAsManyAsTheLastOneHadAndNotLongerThanASync() {
        assertEquals(0, gathering.waitNanos(1), "nothing is known yet");
        gathering.synced(5, 300_000);
        assertEquals(300_000, gathering.waitNanos(1));
        assertEquals(5, gathering.wanted());
        assertEquals(0, gathering.waitNanos(5));
        assertEquals(0, gathering.waitNanos(0));
        gathering.synced(5, 40_000_000);
        assertEquals(1_000_000, gathering.waitNanos(4));
    }

    @Test
    void waitsInVainBecomeRareAndAGoodOneBringsThemBack() {
        int waits = 0;
        for (int i = 0; i < 1_000; i++) {
            gathering.synced(5, 300_000);
            if (gathering.waitNanos(1) > 0) {
                waits++;
                gathering.waited(false);
            }
        }
        assertEquals(11, waits);
        while (gathering.waitNanos(1) == 0) {
            gathering.synced(5, 300_000);
        }
        gathering.waited(true);
        assertEquals(300_000, gathering.waitNanos(1));
    }

    @Test
    void theWriterBeginsWhenTheOthersHaveComeOrTheTimeIsUp() throws IOException {
        TestWorld world = new TestWorld(new SimDisk(new SimWorld(3)), Path.of("/data/log"));
        PartitionLog log = world.create(world.load(GROUP), "t", GROUP);
        append(world, log, 1);
        world.run();
        world.loop.nanosALook = 400_000;
        append(world, log, 3);
        world.run();
        append(world, log, 2);
        world.loop.runReady();
        assertTrue(world.writer.isEmpty());
        append(world, log, 1);
        assertFalse(world.writer.isEmpty());
        world.run();
        assertEquals(7, log.safeEnd());
        append(world, log, 1);
        world.run();
        assertEquals(7, log.safeEnd());
        world.advance(1);
        assertEquals(8, log.safeEnd());
    }

    private static void append(TestWorld world, PartitionLog log, int times) {
        for (int i = 0; i < times; i++) {
            world.append(log, "value");
        }
    }
}
