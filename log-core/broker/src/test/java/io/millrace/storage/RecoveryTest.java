package io.millrace.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.protocol.ErrorCode;
import io.millrace.record.BatchBuilder;
import io.millrace.record.RecordHeader;
import io.millrace.sim.SimDisk;
import io.millrace.sim.SimWorld;
import io.millrace.storage.AppendResult.Rejected;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What recovery keeps, cuts and refuses to cut.
class RecoveryTest {
    private static final LogConfig CONFIG = TestWorld.small(100_000);

    @TempDir
    Path temp;

    /// Five batches and no clean stop; returns where each ends in the file.
    private long[] fiveBatches(Path root) throws IOException {
        TestWorld world = new TestWorld(new FileDisk(), root);
        LogDirectory directory = world.load(CONFIG);
        PartitionLog log = world.create(directory, "t", CONFIG);
        long[] ends = new long[5];
        for (int i = 0; i < ends.length; i++) {
            world.append(log, "value " + i);
            ends[i] = log.sizeInBytes();
        }
        world.run();
        directory.close();
        Files.delete(root.resolve(".kafka_cleanshutdown"));
        Files.delete(root.resolve("recovery-point-offset-checkpoint"));
        return ends;
    }

    private static Path file(Path root) {
        return root.resolve("t-0").resolve(FileNames.of(0, FileNames.LOG));
    }

    @Test
    void aTornTailIsCutAtTheLastWholeBatchWhereverItTears() throws IOException {
        Path root = temp.resolve("log");
        long[] ends = fiveBatches(root);
        byte[] whole = Files.readAllBytes(file(root));
        // Every byte of the last batch, then some of each.
        for (int length = whole.length; length >= 0; length -= length > ends[3] ? 1 : 13) {
            Files.write(file(root), java.util.Arrays.copyOf(whole, length));
            TestWorld world = new TestWorld(new FileDisk(), root);
            LogDirectory directory = world.load(CONFIG);
            PartitionLog log = world.log(directory, "t");
            int cut = length;
            long expected = LongStream.of(ends).filter(end -> end <= cut).count();
            assertEquals(expected, log.endOffset(), "torn at byte " + length);
            assertEquals(expected, world.readAll(log, 0).size());
            directory.close();
            Files.delete(root.resolve(".kafka_cleanshutdown"));
            Files.delete(root.resolve("recovery-point-offset-checkpoint"));
        }
    }

    @Test
    void aDamagedByteCutsThereBehindTheRecoveryPoint() throws IOException {
        Path root = temp.resolve("log");
        long[] ends = fiveBatches(root);
        byte[] bytes = Files.readAllBytes(file(root));
        bytes[(int) ends[2] + 70] ^= 1;
        Files.write(file(root), bytes);
        TestWorld world = new TestWorld(new FileDisk(), root);
        LogDirectory directory = world.load(CONFIG);
        assertEquals(3, world.log(directory, "t").endOffset());
        assertEquals(ends[2], Files.size(file(root)));
        directory.close();
    }

    @Test
    void damageBeforeTheRecoveryPointTakesTheDirectoryOffline() throws IOException {
        Path root = temp.resolve("log");
        long[] ends = fiveBatches(root);
        Files.write(
                file(root),
                java.util.Arrays.copyOf(Files.readAllBytes(file(root)), (int) ends[2] - 1));
        Files.writeString(root.resolve("recovery-point-offset-checkpoint"), "0\n1\nt 0 4\n");
        LogDirectory directory = new TestWorld(new FileDisk(), root).open();
        assertEquals(List.of(), List.copyOf(directory.load(_ -> CONFIG)));
        assertFalse(directory.isOnline());
        directory.close();
        assertEquals(ends[2] - 1, Files.size(file(root)), "nothing was cut");
    }

    @Test
    void aLogIsTruncatedAndGoesOn() throws IOException {
        TestWorld world = new TestWorld(new FileDisk(), temp.resolve("log"));
        LogConfig config = TestWorld.small(300);
        LogDirectory directory = world.load(config);
        PartitionLog log = world.create(directory, "t", config);
        for (int i = 0; i < 30; i++) {
            world.append(log, "old " + i);
            world.run();
        }
        var done = log.truncateTo(11);
        assertEquals(11, log.endOffset());
        assertEquals(
                ErrorCode.KAFKA_STORAGE_ERROR, ((Rejected) world.append(log, "too early")).error());
        world.await(done);
        assertEquals(11, log.safeEnd());
        assertEquals("10:old 10", world.readAll(log, 0).getLast());
        world.append(log, "new");
        world.run();
        assertEquals("11:new", world.readAll(log, 0).getLast());
        world.await(log.restartAt(100));
        assertEquals(100, log.startOffset());
        assertEquals(new AppendResult.Appended(100, 101, -1), world.append(log, "far"));
        world.run();
        assertEquals(List.of("100:far"), world.readAll(log, 100));
        directory.close();
    }

    @Test
    void producersOfDeletedSegmentsAreKnownAfterACrash() throws IOException {
        SimDisk disk = new SimDisk(new SimWorld(1));
        TestWorld world = new TestWorld(disk, Path.of("/log"));
        LogConfig config = TestWorld.small(300);
        PartitionLog log = world.create(world.load(config), "t", config);
        BatchBuilder builder = new BatchBuilder();
        for (int i = 0; i < 20; i++) {
            builder.begin(0);
            builder.producer(5, (short) 0, i);
            builder.append(
                    0, world.loop.nowMs(), null, TestWorld.bytes("value"), RecordHeader.NONE);
            log.append(TestWorld.copy(builder.finish()), new AppendOrigin.Internal(1));
            world.advance(i == 10 ? 61_000 : 0); // the recovery point stays here
        }
        for (int i = 0; i < 10; i++) {
            world.append(log, "another's");
            world.run();
        }
        log.highWatermark(log.safeEnd());
        world.await(log.deleteBefore(29));
        assertTrue(log.segments().first().baseOffset() > 20);
        disk.losePower();
        TestWorld next = new TestWorld(disk, Path.of("/log"));
        PartitionLog found = next.log(next.load(config), "t");
        assertEquals(
                List.of(19),
                found.activeProducers().stream().map(it -> it.lastSequence()).toList());
    }

    @Test
    void aDeletedLogsNameIsFreeAndWhatIsBeingReadStaysReadable() throws IOException {
        TestWorld world = new TestWorld(new FileDisk(), temp.resolve("log"));
        LogDirectory directory = world.load(CONFIG);
        PartitionLog log = world.create(directory, "t", CONFIG);
        world.append(log, "old");
        world.run();
        ReadResult.Ready ready = (ReadResult.Ready) log.read(0, 1000, true, 1);
        world.await(directory.delete(log));
        PartitionLog again = world.create(directory, "t", CONFIG);
        world.append(again, "new");
        world.run();
        world.advance(CONFIG.fileDeleteDelayMs() + 1);
        var region = (io.millrace.host.FileRegion) ready.records();
        var bytes = java.nio.ByteBuffer.allocate(region.sizeInBytes());
        region.file().read(bytes, region.position());
        assertEquals(List.of("0:old"), TestWorld.records(bytes.flip()));
        ready.release();
        assertEquals(List.of("0:new"), world.readAll(again, 0));
        try (var names = Files.list(temp.resolve("log"))) {
            assertTrue(names.noneMatch(name -> name.toString().endsWith("-delete")));
        }
        directory.close();
    }
}
