package io.millrace.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.host.Disk;
import io.millrace.host.DiskFile;
import io.millrace.protocol.CorruptLog;
import io.millrace.sim.SimDisk;
import io.millrace.sim.SimWorld;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

final class LogReplayTest {
    private static final Path ROOT = Path.of("/data/log");

    /// Found by [FilesFuzzTest]: the replay read the first batches again and again.
    @Test
    void aBatchThatGoesBackEndsTheReplay() throws IOException {
        SimDisk disk = new SimDisk(new SimWorld(1));
        TestWorld world = new TestWorld(disk, ROOT);
        LogConfig config = TestWorld.small(100_000);
        LogDirectory directory = world.load(config);
        PartitionLog log = world.create(directory, "t", config);
        for (int i = 0; i < 3; i++) {
            world.append(log, "k=value");
            world.run();
        }
        assertEquals(3, world.readAll(log, 0).size());

        Path segment = ROOT.resolve("t-0").resolve(FileNames.of(0, FileNames.LOG));
        try (DiskFile file = disk.open(segment, Disk.Mode.READ_WRITE)) {
            long last = file.size() / 3 * 2;
            file.write(ByteBuffer.allocate(Long.BYTES), last);
        }
        CompletableFuture<Void> replay = log.replay(0, 3, TestWorld::records);
        world.run();
        assertTrue(replay.isDone());
        CompletionException failure = assertThrows(CompletionException.class, replay::join);
        assertInstanceOf(CorruptLog.class, failure.getCause());
        directory.close();
    }
}
