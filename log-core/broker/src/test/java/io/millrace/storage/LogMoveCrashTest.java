package io.millrace.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.millrace.record.BatchBuilder;
import io.millrace.record.RecordHeader;
import io.millrace.sim.PowerLoss;
import io.millrace.sim.SimDisk;
import io.millrace.sim.SimWorld;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/// A log is moved while it is appended to, and the power goes at the first disk call, at the second
/// and so on. Each time there is exactly one complete log afterwards.
final class LogMoveCrashTest {
    private static final Path FIRST = Path.of("/data/first");
    private static final Path SECOND = Path.of("/data/second");
    private static final LogConfig CONFIG = TestWorld.small(600);
    private static final int MOST_CALLS = 100_000;
    private static final long NOW = 1_700_000_000_000L;
    private static final long START = 7;
    private static final long LONELY = 99;
    private static final long BUSY = 7;

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

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void thereIsOneCompleteLogWheneverThePowerGoes(long salt) throws IOException {
        int lost = 0;
        for (int call = 1; call <= MOST_CALLS; call++) {
            Run run = new Run(new SimDisk(new SimWorld(salt * 1_000_003 + call)));
            if (!run.moveUntil(call)) {
                assertEquals(SECOND, run.directory, "without a crash it arrives");
                assertTrue(lost > 100, "calls: " + lost);
                return;
            }
            lost++;
            try {
                run.check();
            } catch (RuntimeException | Error failure) {
                throw new AssertionError(
                        "Salt " + salt + ", power lost at call " + call + ": "
                                + failure.getMessage(),
                        failure);
            }
        }
        throw new AssertionError("still moving after " + MOST_CALLS + " disk calls");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void whatWasSafeStaysWhicheverCallFails(long salt) throws IOException {
        for (int call = 1; call <= MOST_CALLS; call++) {
            Run run = new Run(new SimDisk(new SimWorld(salt * 1_000_003 + call)));
            if (!run.moveFailing(call)) {
                assertTrue(call > 100, "calls: " + call);
                return;
            }
            try {
                run.check();
            } catch (RuntimeException | Error failure) {
                throw new AssertionError(
                        "Salt " + salt + ", failed call " + call + ": " + failure.getMessage(),
                        failure);
            }
        }
        throw new AssertionError("still moving after " + MOST_CALLS + " disk calls");
    }

    @Test
    void theProcessAloneMayGoToo() throws IOException {
        for (int call = 1; call <= MOST_CALLS; call++) {
            SimDisk disk = new SimDisk(new SimWorld(call));
            Run run = new Run(disk);
            run.keepsCache = true;
            if (!run.moveUntil(call)) {
                return;
            }
            run.check();
        }
        throw new AssertionError("still moving after " + MOST_CALLS + " disk calls");
    }

    /// One life in which a log is moved, and the next.
    private static final class Run {
        private final SimDisk disk;
        private final List<String> appended = new ArrayList<>();
        private final BatchBuilder builder = new BatchBuilder();
        private boolean keepsCache;
        private long safeEnd;
        private int sequence;
        private int safeSequence;
        private Path directory = FIRST;

        Run(SimDisk disk) {
            this.disk = disk;
        }

        /// False when the move was over first.
        boolean moveUntil(int call) throws IOException {
            TestWorld world = new TestWorld(disk, FIRST);
            PartitionLog log = prepare(world);
            LogDirectory target = world.load(SECOND, CONFIG);
            disk.faults().losePowerAt(call);
            try {
                move(world, log, target);
            } catch (PowerLoss gone) {
                safe(log);
            }
            return ended(log);
        }

        /// False when no call was left to fail.
        boolean moveFailing(int call) throws IOException {
            TestWorld world = new TestWorld(disk, FIRST);
            PartitionLog log = prepare(world);
            LogDirectory target = world.load(SECOND, CONFIG);
            disk.faults().failCall(call);
            move(world, log, target);
            boolean hasFailed = disk.faults().hasFailed();
            disk.losePower();
            return hasFailed;
        }

        private boolean ended(PartitionLog log) {
            boolean isLost = disk.faults().hasLostPower();
            directory = log.directory().path();
            if (keepsCache) {
                disk.killProcess();
            } else {
                disk.losePower();
            }
            return isLost;
        }

        /// Some segments, a start that is not 0, and a producer of which only a snapshot is left.
        private PartitionLog prepare(TestWorld world) throws IOException {
            LogDirectory source = world.load(FIRST, CONFIG);
            PartitionLog log = world.create(source, "t", CONFIG);
            accept(log, batch(LONELY, 0, "lonely"), "lonely");
            for (int i = 0; i < 20; i++) {
                append(log);
                world.run();
            }
            log.highWatermark(log.safeEnd());
            world.await(log.deleteBefore(START));
            world.advance(61_000);
            safe(log);
            return log;
        }

        private void move(TestWorld world, PartitionLog log, LogDirectory target) {
            log.move().to(target);
            int step = 0;
            boolean isBusy = true;
            while (isBusy) {
                if (step++ % 3 == 0 && step < 60) {
                    append(log);
                }
                isBusy = world.step();
                safe(log);
            }
            append(log);
            world.run();
            safe(log);
        }

        private void safe(PartitionLog log) {
            if (log.safeEnd() > safeEnd) {
                safeEnd = log.safeEnd();
                safeSequence = (int) (safeEnd - 1);
            }
        }

        private void append(PartitionLog log) {
            String value = "value " + appended.size();
            if (accept(log, batch(BUSY, sequence, value), value)) {
                sequence++;
            }
        }

        private boolean accept(PartitionLog log, ByteBuffer batch, String value) {
            if (log.append(batch, new AppendOrigin.Internal(1)) instanceof AppendResult.Appended) {
                appended.add(appended.size() + ":" + value);
                return true;
            }
            return false;
        }

        private ByteBuffer batch(long producer, int first, String value) {
            builder.begin(0);
            builder.producer(producer, (short) 0, first);
            builder.append(0, NOW, null, TestWorld.bytes(value), RecordHeader.NONE);
            return TestWorld.copy(builder.finish());
        }

        void check() throws IOException {
            TestWorld world = new TestWorld(disk, FIRST);
            List<LogDirectory> both =
                    List.of(world.load(FIRST, CONFIG), world.load(SECOND, CONFIG));
            PartitionLog log = null;
            for (LogDirectory each : both) {
                assertTrue(each.isOnline(), () -> each.offlineReason().orElse(""));
                for (PartitionLog found : List.copyOf(each.logs())) {
                    if (log == null || LogMove.supersedes(found, log)) {
                        if (log != null) {
                            log.directory().delete(log);
                        }
                        log = found;
                    } else {
                        each.delete(found);
                    }
                }
            }
            assertNotNull(log, "the log is gone");
            checkContent(world, log);
            world.advance(CONFIG.fileDeleteDelayMs() + 1_000);
            List<String> folders = new ArrayList<>();
            for (Path path : List.of(FIRST, SECOND)) {
                for (String name : disk.list(path)) {
                    if (name.startsWith("t-0")) {
                        folders.add(path.resolve(name).toString());
                    }
                }
            }
            assertEquals(List.of(log.directory().path().resolve("t-0").toString()), folders);
            goOn(world, log, both);
        }

        private void checkContent(TestWorld world, PartitionLog log) {
            assertTrue(log.endOffset() >= safeEnd, () -> "lost what was safe at " + safeEnd);
            assertEquals(START, log.startOffset());
            int end = (int) log.endOffset();
            assertEquals(appended.subList((int) START, end), world.readAll(log, START), "content");
            assertEquals(1, log.lastEpoch());
            assertEquals(START, log.epochs().start(0));
            assertEquals(
                    List.of(LONELY, BUSY).stream().sorted().toList(),
                    log.activeProducers().stream()
                            .map(producer -> producer.producerId())
                            .sorted()
                            .toList());
            assertTrue(end - 1 >= safeSequence);
            ByteBuffer again = batch(BUSY, end - 2, "again");
            assertInstanceOf(
                    AppendResult.Duplicate.class,
                    log.append(again, new AppendOrigin.Prepared(1)),
                    "the last batch is known");
        }

        /// It can be moved again, stopped and started.
        private void goOn(TestWorld world, PartitionLog log, List<LogDirectory> both)
                throws IOException {
            int end = (int) log.endOffset();
            LogDirectory other = both.get(log.directory() == both.getFirst() ? 1 : 0);
            log.move().to(other);
            world.run();
            assertEquals(other.path(), log.directory().path());
            world.append(log, "last");
            world.run();
            assertEquals(end + 1, log.safeEnd());
            for (LogDirectory each : both) {
                each.close();
            }
            TestWorld next = new TestWorld(disk, FIRST);
            LogDirectory clean = next.load(other.path(), CONFIG);
            assertTrue(clean.wasStoppedCleanly());
            assertEquals(end + 1, next.log(clean, "t").endOffset());
        }
    }
}
