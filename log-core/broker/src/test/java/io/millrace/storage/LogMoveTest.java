package io.millrace.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.protocol.ErrorCode;
import io.millrace.sim.SimDisk;
import io.millrace.sim.SimWorld;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Moving a log between the directories of a node.
class LogMoveTest {
    private static final Path FIRST = Path.of("/data/first");
    private static final Path SECOND = Path.of("/data/second");
    private static final Path THIRD = Path.of("/data/third");
    private static final LogConfig SMALL = TestWorld.small(1_000);

    private final SimDisk disk = new SimDisk(new SimWorld(5));
    private final TestWorld world = new TestWorld(disk, FIRST);
    private final List<String> appended = new ArrayList<>();
    private LogDirectory first;
    private LogDirectory second;

    @BeforeEach
    void open() throws IOException {
        first = world.load(FIRST, SMALL);
        second = world.load(SECOND, SMALL);
    }

    private PartitionLog filled(LogConfig config, int records) {
        PartitionLog log = world.create(first, "t", config);
        append(log, records);
        world.run();
        return log;
    }

    /// False when one was refused.
    private boolean append(PartitionLog log, int records) {
        for (int i = 0; i < records; i++) {
            String value = "value " + appended.size();
            if (!(world.append(log, value) instanceof AppendResult.Appended)) {
                return false;
            }
            appended.add(appended.size() + ":" + value);
        }
        return true;
    }

    private List<String> folders(Path directory) throws IOException {
        return disk.list(directory).stream()
                .filter(name -> name.startsWith("t-0"))
                .map(name -> name.replaceAll("\\.[0-9a-f]{32}-", ".*-"))
                .toList();
    }

    @ParameterizedTest
    @EnumSource(FlushMode.class)
    void everythingArrivesWhileMoreIsAppended(FlushMode flush) throws IOException {
        PartitionLog log = filled(TestWorld.small(1_000, flush), 100);
        log.move().to(second);
        assertEquals(second, log.move().future().orElseThrow().directory());
        int refused = 0;
        for (int steps = 0; log.move().future().isPresent(); steps++) {
            if (steps % 4 == 0) {
                refused += append(log, 1) ? 0 : 1;
            }
            assertTrue(world.step());
            assertTrue(steps < 1_000, "it never arrives");
        }
        world.run();
        assertTrue(refused > 0, "the log was never held");
        assertSame(second, log.directory());
        assertTrue(append(log, 50));
        world.run();
        assertEquals(appended, world.readAll(log, 0));
        assertEquals(List.of("t-0.*-delete"), folders(FIRST));
        assertEquals(List.of("t-0"), folders(SECOND));
        world.advance(SMALL.fileDeleteDelayMs());
        assertEquals(List.of(), folders(FIRST));
        assertEquals(List.of(log), List.copyOf(second.logs()));
        assertTrue(first.logs().isEmpty());
    }

    @Test
    void itIsReadAgainAfterACleanStopAndAfterACrash() throws IOException {
        PartitionLog log = filled(SMALL, 100);
        log.move().to(second);
        world.run();
        assertTrue(append(log, 10));
        world.run();
        disk.losePower();
        TestWorld crashed = new TestWorld(disk, FIRST);
        assertTrue(crashed.load(FIRST, SMALL).logs().isEmpty());
        LogDirectory again = crashed.load(SECOND, SMALL);
        assertEquals(appended, crashed.readAll(crashed.log(again, "t"), 0));
        again.close();
        TestWorld stopped = new TestWorld(disk, FIRST);
        LogDirectory clean = stopped.load(SECOND, SMALL);
        assertTrue(clean.wasStoppedCleanly());
        assertEquals(appended, stopped.readAll(stopped.log(clean, "t"), 0));
    }

    @Test
    void whatWasDeletedDoesNotComeBack() throws IOException {
        PartitionLog log = filled(SMALL, 100);
        log.highWatermark(log.safeEnd());
        log.move().to(second);
        world.step();
        world.await(log.deleteBefore(50));
        world.run();
        assertSame(second, log.directory());
        assertEquals(50, log.startOffset());
        assertEquals(appended.subList(50, 100), world.readAll(log, 50));
        disk.losePower();
        TestWorld next = new TestWorld(disk, FIRST);
        PartitionLog found = next.log(next.load(SECOND, SMALL), "t");
        assertEquals(50, found.startOffset());
        assertEquals(100, found.endOffset());
        assertEquals(1, found.lastEpoch());
    }

    @Test
    void anEmptyLogKeepsItsPlace() throws IOException {
        PartitionLog log = filled(SMALL, 20);
        log.highWatermark(20);
        world.await(log.deleteBefore(20));
        log.move().to(second);
        while (world.loop.runReady() | TestWorld.runAll(world.background)) {}
        world.run(); // the writer comes last
        assertSame(second, log.directory());
        assertEquals(20, log.startOffset());
        assertTrue(append(log, 1));
        world.run();
        assertEquals(appended.subList(20, 21), world.readAll(log, 20));
        disk.losePower();
        TestWorld next = new TestWorld(disk, FIRST);
        PartitionLog found = next.log(next.load(SECOND, SMALL), "t");
        assertEquals(20, found.startOffset());
        assertEquals(21, found.endOffset());
    }

    /// The writer of the new place knows where the log ends, though it has copied nothing.
    @Test
    void aFullDiskAfterwardsTakesNothingBack() {
        PartitionLog log = filled(SMALL, 20);
        log.highWatermark(20);
        world.await(log.deleteBefore(20));
        log.move().to(second);
        world.run();
        assertSame(second, log.directory());
        disk.faults().capacityBytes(disk(FIRST) + 10);
        assertTrue(append(log, 1), "it is noticed later");
        world.run();
        assertTrue(world.heard.contains("t dropped 20 KAFKA_STORAGE_ERROR"), world.heard::toString);
        disk.faults().capacityBytes(1L << 40);
        world.advance(10_000);
        assertEquals(20, log.startOffset());
        assertEquals(20, log.endOffset());
        appended.removeLast();
        assertTrue(append(log, 1));
        world.run();
        assertEquals(21, log.safeEnd());
        assertEquals(appended.subList(20, 21), world.readAll(log, 20));
    }

    @Test
    void movingBackGivesUp() throws IOException {
        PartitionLog log = filled(SMALL, 100);
        log.move().to(second);
        world.step();
        assertEquals(List.of("t-0.*-future"), folders(SECOND));
        log.move().to(first);
        assertTrue(log.move().future().isEmpty());
        world.advance(SMALL.fileDeleteDelayMs());
        assertEquals(List.of(), folders(SECOND));
        assertEquals(appended, world.readAll(log, 0));
        assertSame(first, log.directory());
    }

    @Test
    void aThirdDirectoryTakesThePlaceOfTheSecond() throws IOException {
        LogDirectory third = world.load(THIRD, SMALL);
        PartitionLog log = filled(SMALL, 100);
        log.move().to(second);
        world.step();
        log.move().to(third);
        world.advance(SMALL.fileDeleteDelayMs());
        assertSame(third, log.directory());
        assertEquals(List.of(), folders(FIRST));
        assertEquals(List.of(), folders(SECOND));
        assertEquals(appended, world.readAll(log, 0));
    }

    @Test
    void turningBackTooLateMovesItTwice() {
        PartitionLog log = filled(SMALL, 30);
        log.move().to(second);
        while (!log.move().isHeld()) {
            assertTrue(world.step());
        }
        for (int i = 0; i < 3; i++) {
            world.step();
        }
        log.move().to(first);
        world.run();
        assertSame(first, log.directory());
        assertEquals(appended, world.readAll(log, 0));
    }

    @Test
    void deletingTakesTheCopyAlongAtAnyTime() throws IOException {
        for (int steps = 0; steps < 60; steps++) {
            SimDisk fresh = new SimDisk(new SimWorld(steps));
            TestWorld own = new TestWorld(fresh, FIRST);
            LogDirectory from = own.load(FIRST, SMALL);
            LogDirectory to = own.load(SECOND, SMALL);
            PartitionLog log = own.create(from, "t", SMALL);
            for (int i = 0; i < 30; i++) {
                own.append(log, "value");
            }
            own.run();
            log.move().to(to);
            for (int i = 0; i < steps; i++) {
                own.step();
            }
            var deleted = log.directory().delete(log);
            // Made anew at once, under the same name, in both.
            PartitionLog here = own.create(from, "t", SMALL);
            own.append(here, "new");
            own.await(deleted);
            own.advance(SMALL.fileDeleteDelayMs());
            assertEquals(List.of("0:new"), own.readAll(here, 0));
            assertEquals(List.of("t-0"), names(fresh, FIRST));
            assertEquals(List.of(), names(fresh, SECOND));
        }
    }

    private static List<String> names(SimDisk disk, Path directory) throws IOException {
        return disk.list(directory).stream()
                .filter(name -> name.startsWith("t-0"))
                .toList();
    }

    @Test
    void aTargetThatFailsLeavesTheLogWhereItIs() {
        PartitionLog log = filled(SMALL, 100);
        log.move().to(second);
        world.step();
        second.failed("test", new IOException("test"));
        world.run();
        assertTrue(log.move().future().isEmpty());
        assertFalse(log.move().isHeld());
        assertTrue(append(log, 1));
        world.run();
        assertEquals(appended, world.readAll(log, 0));
    }

    @Test
    void aTargetThatIsOfflineAlreadyIsGivenUp() {
        PartitionLog log = filled(SMALL, 10);
        second.failed("test", new IOException("test"));
        world.run();
        log.move().to(second);
        world.run();
        assertTrue(log.move().future().isEmpty());
        assertTrue(append(log, 1));
    }

    @Test
    void whatNobodyKnowsIsNotOverwritten() throws IOException {
        PartitionLog log = filled(SMALL, 10);
        disk.createDirectories(SECOND.resolve("t-0").resolve("theirs"));
        log.move().to(second);
        world.advance(SMALL.fileDeleteDelayMs());
        assertTrue(log.move().future().isEmpty());
        assertSame(first, log.directory());
        assertTrue(append(log, 1));
        world.run();
        assertEquals(appended, world.readAll(log, 0));
        assertEquals(List.of("t-0"), folders(SECOND));
    }

    @Test
    void aFullTargetIsWaitedFor() {
        PartitionLog log = filled(SMALL, 100);
        disk.faults().capacityBytes(disk(FIRST) + 2_000);
        log.move().to(second);
        world.advance(5_000);
        assertSame(first, log.directory());
        assertFalse(log.move().isHeld());
        disk.faults().capacityBytes(1L << 40);
        world.advance(10_000);
        assertSame(second, log.directory());
        assertTrue(append(log, 1));
        world.run();
        assertEquals(appended, world.readAll(log, 0));
    }

    /// Bytes in use.
    private long disk(Path directory) {
        try {
            return disk.totalBytes(directory) - disk.usableBytes(directory);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void itIsAsFastAsItMayBe() {
        MoveThrottle throttle = new MoveThrottle();
        second.throttleMoves(throttle);
        throttle.set(new MoveThrottle.Rate(1_000));
        PartitionLog log = filled(SMALL, 200);
        log.move().to(second);
        world.advance(5_000);
        long copied = log.move().future().orElseThrow().sizeInBytes();
        assertTrue(copied >= 5_000 && copied <= 7_000, "copied " + copied);
        throttle.set(new MoveThrottle.Rate(0));
        world.advance(60_000);
        assertTrue(log.move().future().orElseThrow().sizeInBytes() <= 7_000);
        throttle.set(new MoveThrottle.Rate(Long.MAX_VALUE));
        world.advance(2_000);
        assertSame(second, log.directory());
        assertEquals(appended, world.readAll(log, 0));
    }

    @Test
    void aStopInBetweenIsRemembered() throws IOException {
        PartitionLog log = filled(SMALL, 100);
        log.move().to(second);
        world.step();
        first.close();
        second.close();
        TestWorld next = new TestWorld(disk, FIRST);
        LogDirectory from = next.load(FIRST, SMALL);
        LogDirectory to = next.load(SECOND, SMALL);
        assertEquals(List.of(log.id()), List.copyOf(to.interruptedMoves()));
        assertEquals(List.of(), folders(SECOND));
        PartitionLog found = next.log(from, "t");
        found.move().to(to);
        next.run();
        assertSame(to, found.directory());
        assertEquals(appended, next.readAll(found, 0));
    }

    @Test
    void appendsAreRefusedWhileItIsHeld() {
        PartitionLog log = filled(SMALL, 10);
        log.move().to(second);
        while (!log.move().isHeld()) {
            assertTrue(world.step());
        }
        AppendResult refused = world.append(log, "no");
        assertEquals(
                ErrorCode.KAFKA_STORAGE_ERROR,
                assertInstanceOf(AppendResult.Rejected.class, refused).error());
    }
}
