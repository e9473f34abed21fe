package io.millrace.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.sim.PowerLoss;
import io.millrace.sim.SimDisk;
import io.millrace.sim.SimWorld;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Compaction against a map: whatever was appended, each key's last value stays, at its offset.
class CompactionTest {
    private static final long DAY = 86_400_000;

    private final Path root = Path.of("/data/log");

    static LogConfig compacted(int segmentBytes) {
        LogConfig usual = TestWorld.small(segmentBytes);
        return new LogConfig(
                List.of("compact"),
                segmentBytes,
                usual.segmentMs(),
                usual.segmentJitterMs(),
                usual.segmentIndexBytes(),
                200,
                usual.retentionMs(),
                usual.retentionBytes(),
                1000,
                DAY,
                usual.minCompactionLagMs(),
                usual.maxCompactionLagMs(),
                0.1,
                usual.maxMessageBytes(),
                usual.timestampType(),
                usual.timestampBeforeMaxMs(),
                usual.timestampAfterMaxMs(),
                usual.compressionType(),
                usual.gzipLevel(),
                usual.lz4Level(),
                usual.zstdLevel(),
                usual.flushMessages(),
                usual.flushMs(),
                FlushMode.GROUP);
    }

    @Test
    void eachKeysLastValueStaysAtItsOffset() throws Exception {
        for (int seed = 0; seed < 30; seed++) {
            keepsLastValues(seed);
        }
    }

    private void keepsLastValues(int seed) throws Exception {
        Random random = new Random(seed);
        SimDisk disk = new SimDisk(new SimWorld(seed));
        LogConfig config = compacted(600 + random.nextInt(1500));
        TestWorld world = new TestWorld(disk, root);
        LogDirectory directory = world.load(config);
        PartitionLog log = world.create(directory, "t", config);
        Map<String, String> last = new TreeMap<>();
        for (int round = 0; round < 6; round++) {
            for (int i = 0; i < 100; i++) {
                List<String> values = new ArrayList<>();
                for (int n = 1 + random.nextInt(4); n > 0; n--) {
                    String key = "k" + random.nextInt(20);
                    String value = random.nextInt(6) == 0 ? "" : "v" + random.nextInt(1000);
                    last.put(key, (log.endOffset() + values.size()) + ":" + key + "=" + value);
                    values.add(key + "=" + value);
                }
                world.append(log, values.toArray(String[]::new));
                world.run();
                log.highWatermark(log.safeEnd());
            }
            long before = log.sizeInBytes();
            world.advance(60_000);
            assertTrue(log.sizeInBytes() < before, "nothing was compacted");
            check(world, log, last);
            if (random.nextBoolean()) {
                directory.close();
                world = new TestWorld(disk, root);
                directory = world.load(config);
                log = world.log(directory, "t");
                check(world, log, last);
            }
        }
        directory.close();
    }

    private static void check(TestWorld world, PartitionLog log, Map<String, String> last) {
        List<String> read = world.readAll(log, 0);
        Map<String, String> found = new TreeMap<>();
        long before = -1;
        for (String text : read) {
            long offset = Long.parseLong(text.substring(0, text.indexOf(':')));
            assertTrue(offset > before, "offsets fall");
            before = offset;
            found.put(text.substring(text.indexOf(':') + 1, text.indexOf('=')), text);
        }
        Map<String, String> wanted = new TreeMap<>(last);
        // A tombstone may be gone or not.
        wanted.entrySet()
                .removeIf(
                        each -> each.getValue().endsWith("=") && !found.containsKey(each.getKey()));
        assertEquals(wanted, found);
    }

    /// The power goes at every disk call of a compaction, in turn.
    @Test
    void aCrashLosesNothing() throws Exception {
        int calls = 1;
        boolean crashed = true;
        for (; crashed; calls++) {
            crashed = crashesAt(calls);
        }
        assertTrue(calls > 50, "a compaction makes more than " + calls + " calls");
    }

    private boolean crashesAt(int call) throws Exception {
        SimDisk disk = new SimDisk(new SimWorld(call));
        LogConfig config = compacted(400);
        TestWorld world = new TestWorld(disk, root);
        LogDirectory directory = world.load(config);
        PartitionLog log = world.create(directory, "t", config);
        Map<String, String> last = new TreeMap<>();
        for (int i = 0; i < 60; i++) {
            String key = "k" + i % 7;
            last.put(key, log.endOffset() + ":" + key + "=" + i);
            world.append(log, key + "=" + i);
            world.run();
        }
        log.highWatermark(log.safeEnd());
        boolean crashed = false;
        disk.faults().losePowerAt(call);
        try {
            world.advance(60_000);
        } catch (PowerLoss e) {
            crashed = true;
        }
        disk.losePower();
        TestWorld again = new TestWorld(disk, root);
        LogDirectory reopened = again.load(config);
        assertTrue(reopened.isOnline(), "offline after a crash at call " + call);
        check(again, again.log(reopened, "t"), last);
        reopened.close();
        return crashed;
    }

    @Test
    void tombstonesGoAfterTheirTime() throws Exception {
        TestWorld world = new TestWorld(new SimDisk(new SimWorld(1)), root);
        LogConfig config = compacted(300);
        LogDirectory directory = world.load(config);
        PartitionLog log = world.create(directory, "t", config);
        world.append(log, "a=1", "b=2");
        world.append(log, "a=");
        for (int i = 0; i < 20; i++) {
            world.append(log, "c=" + i);
            world.run();
        }
        log.highWatermark(log.safeEnd());
        world.advance(60_000);
        assertTrue(world.readAll(log, 0).contains("2:a="), "a tombstone stays for a day");
        assertFalse(world.readAll(log, 0).contains("0:a=1"));
        world.advance(DAY + 1);
        for (int i = 0; i < 20; i++) {
            world.append(log, "c=" + i);
            world.run();
        }
        log.highWatermark(log.safeEnd());
        world.advance(60_000);
        assertFalse(world.readAll(log, 0).contains("2:a="), "a tombstone goes after a day");
        assertTrue(world.readAll(log, 0).contains("1:b=2"));
        for (String name : world.disk.list(root.resolve("t-0"))) {
            assertFalse(
                    name.endsWith(".deleted")
                            || name.endsWith(".swap")
                            || name.endsWith(".cleaned"),
                    name);
        }
        directory.close();
    }
}
