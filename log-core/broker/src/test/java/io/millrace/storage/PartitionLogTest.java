package io.millrace.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.host.FileRegion;
import io.millrace.protocol.BadSetting;
import io.millrace.storage.AppendResult.Appended;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartitionLogTest {
    @TempDir
    Path temp;

    private TestWorld world() {
        return new TestWorld(new FileDisk(), temp.resolve("log"));
    }

    @Test
    void whatWasAppendedIsSafeAfterARoundOfTheWriter() throws Exception {
        TestWorld world = world();
        LogDirectory directory = world.load(TestWorld.small(10_000));
        PartitionLog log = world.create(directory, "t", TestWorld.small(10_000));
        assertEquals(new Appended(0, 2, -1), world.append(log, "a", "b"));
        assertEquals(new Appended(2, 3, -1), world.append(log, "c"));
        assertEquals(3, log.endOffset());
        assertEquals(0, log.safeEnd());
        assertEquals(ReadResult.NOTHING, log.read(0, 1000, true, Long.MAX_VALUE));
        world.run();
        assertEquals(3, log.safeEnd());
        assertEquals(List.of("t safe 3"), world.heard);
        assertEquals(List.of("0:a", "1:b", "2:c"), world.readAll(log, 0));
        directory.close();
    }

    @Test
    void aReaderAtTheTailNeedsNoReaderThread() throws Exception {
        TestWorld world = world();
        LogDirectory directory = world.load(TestWorld.small(100_000));
        PartitionLog log = world.create(directory, "t", TestWorld.small(100_000));
        for (int i = 0; i < 100; i++) {
            world.append(log, "value " + i);
        }
        world.run();
        ReadResult.Ready ready =
                assertInstanceOf(ReadResult.Ready.class, log.read(42, 1, true, log.safeEnd()));
        FileRegion region = assertInstanceOf(FileRegion.class, ready.records());
        assertEquals(world.batch(0, "value 42").remaining(), region.sizeInBytes());
        ready.release();
        ReadResult.Ready bounded =
                assertInstanceOf(ReadResult.Ready.class, log.read(40, 100_000, true, 43));
        assertEquals(3 * region.sizeInBytes(), bounded.records().sizeInBytes());
        bounded.release();
        assertEquals(ReadResult.NOTHING, log.read(40, 10, false, 43));
        assertInstanceOf(ReadResult.OutOfRange.class, log.read(101, 10, false, 101));
        assertEquals(ReadResult.NOTHING, log.read(100, 10, true, 100));
        directory.close();
    }

    @Test
    void segmentsRollAndEverythingIsReadAcrossThem() throws Exception {
        TestWorld world = world();
        LogDirectory directory = world.load(TestWorld.small(1000));
        PartitionLog log = world.create(directory, "t", TestWorld.small(1000));
        List<String> model = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            world.append(log, "v" + i);
            model.add(i + ":v" + i);
            if (i % 7 == 0) {
                world.run();
            }
        }
        world.run();
        assertTrue(log.segments().count() > 10);
        assertEquals(model, world.readAll(log, 0));
        assertEquals(model.subList(77, 200), world.readAll(log, 77));
        directory.close();
    }

    @Test
    void aCleanStopIsFollowedByAStartThatScansNothing() throws Exception {
        TestWorld world = world();
        LogConfig config = TestWorld.small(1000);
        LogDirectory directory = world.load(config);
        PartitionLog log = world.create(directory, "t", config);
        for (int i = 0; i < 50; i++) {
            world.append(log, "v" + i);
        }
        world.run();
        directory.close();
        assertTrue(Files.exists(world.path.resolve(".kafka_cleanshutdown")));

        TestWorld again = world();
        LogDirectory reopened = again.load(config);
        PartitionLog loaded = again.log(reopened, "t");
        assertEquals(50, loaded.endOffset());
        assertEquals(50, loaded.safeEnd());
        assertEquals(1, loaded.lastEpoch());
        assertEquals(new io.millrace.protocol.Uuid(7, "t".hashCode()), loaded.topicId());
        again.append(loaded, "more");
        again.run();
        assertEquals(51, again.readAll(loaded, 0).size());
        assertEquals("50:more", again.readAll(loaded, 50).getFirst());
        reopened.close();
    }

    @Test
    void aCrashIsFollowedByRecovery() throws Exception {
        TestWorld world = world();
        LogConfig config = TestWorld.small(1000);
        LogDirectory directory = world.load(config);
        PartitionLog log = world.create(directory, "t", config);
        for (int i = 0; i < 50; i++) {
            world.append(log, "v" + i);
        }
        world.run();
        List<String> before = world.readAll(log, 0);
        copyFolder(world.path, temp.resolve("crashed"));
        directory.close();

        TestWorld again = new TestWorld(new FileDisk(), temp.resolve("crashed"));
        LogDirectory reopened = again.load(config);
        PartitionLog loaded = again.log(reopened, "t");
        assertEquals(50, loaded.endOffset());
        assertEquals(before, again.readAll(loaded, 0));
        reopened.close();
    }

    @Test
    void aDirectoryIsUsedByOneProcess() throws Exception {
        TestWorld world = world();
        LogDirectory directory = world.load(TestWorld.small(1000));
        BadSetting problem = assertThrows(BadSetting.class, world::open);
        assertTrue(String.valueOf(problem.getMessage()).contains("in use by another process"));
        directory.close();
        world().load(TestWorld.small(1000)).close();
    }

    static void copyFolder(Path from, Path to) throws Exception {
        try (var paths = Files.walk(from)) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                Files.copy(path, to.resolve(from.relativize(path).toString()));
            }
        }
    }
}
