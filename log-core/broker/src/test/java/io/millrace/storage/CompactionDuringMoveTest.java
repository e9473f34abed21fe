package io.millrace.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.sim.SimDisk;
import io.millrace.sim.SimWorld;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// A compaction is under way, further each time, when its log is moved or deleted.
class CompactionDuringMoveTest {
    private static final long DAY = 86_400_000;
    private static final int MOST_STEPS = 40;
    private static final Path FIRST = Path.of("/data/first");
    private static final Path SECOND = Path.of("/data/second");
    private static final LogConfig CONFIG = CompactionTest.compacted(400);

    /// A log that has a value, its tombstone and much else, and is about to be compacted.
    private static final class Run {
        final SimDisk disk;
        final TestWorld world;
        final LogDirectory first;
        final LogDirectory second;
        final PartitionLog log;

        Run(int seed) throws IOException {
            disk = new SimDisk(new SimWorld(seed));
            world = new TestWorld(disk, FIRST);
            first = world.load(FIRST, CONFIG);
            second = world.load(SECOND, CONFIG);
            log = world.create(first, "t", CONFIG);
            world.append(log, "gone=1");
            fill();
            world.append(log, "gone=");
            fill();
            world.loop.now += TestWorld.SETTINGS.initialDelayMs();
            for (int i = 0; i < seed; i++) {
                world.loop.runTimers();
                world.step();
            }
        }

        void fill() {
            for (int i = 0; i < 30; i++) {
                world.append(log, "k" + i % 7 + "=" + i);
                world.run();
            }
            log.highWatermark(log.safeEnd());
        }

        void check() throws IOException {
            assertTrue(first.isOnline(), () -> first.offlineReason().orElse(""));
            assertTrue(second.isOnline(), () -> second.offlineReason().orElse(""));
            for (Path root : List.of(FIRST, SECOND)) {
                for (String folder : disk.list(root)) {
                    if (folder.startsWith("t-0")) {
                        assertSame(log.directory().path(), root);
                        disk.list(root.resolve(folder)).forEach(Run::checkName);
                    }
                }
            }
        }

        private static void checkName(String file) {
            assertTrue(
                    !file.endsWith(FileNames.CLEANED)
                            && !file.endsWith(FileNames.SWAP)
                            && !file.endsWith(FileNames.DELETED),
                    file);
        }
    }

    @Test
    void whatWasDeletedDoesNotComeBack() throws IOException {
        for (int steps = 0; steps < MOST_STEPS; steps++) {
            Run run = new Run(steps);
            run.log.move().to(run.second);
            run.world.run();
            assertSame(run.second, run.log.directory());
            run.world.advance(60_000);
            run.fill();
            run.world.advance(DAY + 60_000);
            run.fill();
            run.world.advance(60_000);
            run.check();
            TreeMap<String, String> last = new TreeMap<>();
            for (String text : run.world.readAll(run.log, 0)) {
                String record = text.substring(text.indexOf(':') + 1);
                last.put(
                        record.substring(0, record.indexOf('=')),
                        record.substring(record.indexOf('=') + 1));
            }
            last.values().removeIf(String::isEmpty);
            assertEquals(7, last.size(), "moved after " + steps + " steps: " + last);
        }
    }

    @Test
    void deletingTheLogEndsItQuietly() throws IOException {
        for (int steps = 0; steps < MOST_STEPS; steps++) {
            Run run = new Run(steps);
            run.world.await(run.first.delete(run.log));
            run.world.advance(60_000);
            assertTrue(run.first.isOnline(), () -> run.first.offlineReason().orElse(""));
            assertEquals(
                    List.of(),
                    run.disk.list(FIRST).stream()
                            .filter(name -> name.startsWith("t-0"))
                            .toList());
        }
    }
}
