package io.millrace.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.millrace.protocol.BadSetting;
import io.millrace.protocol.CorruptLog;
import io.millrace.protocol.MalformedFrame;
import io.millrace.protocol.Uuid;
import io.millrace.sim.SimDisk;
import io.millrace.sim.SimWorld;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/// A directory of which any file is damaged in any way opens with logs that work, or not at all:
/// with one clear reason that names the place. `-Dfuzz.seeds=100000` runs longer, `-Dfuzz.seed`
/// repeats one.
final class DirectoryFuzzTest {
    private static final Path ROOT = Path.of("/data/log");
    private static final int SEEDS = 1_500;

    @BeforeAll
    static void beSilent() {
        level(Level.OFF);
    }

    @AfterAll
    static void speakAgain() {
        level(null);
    }

    private static void level(@Nullable Level level) {
        if (LoggerFactory.getLogger("io.millrace.storage") instanceof Logger logger) {
            logger.setLevel(level);
        }
    }

    @Test
    void aDamagedDirectoryWorksOrSaysWhyNot() throws IOException {
        Integer one = Integer.getInteger("fuzz.seed");
        int last = one == null ? Integer.getInteger("fuzz.seeds", SEEDS) : one;
        for (int seed = one == null ? 1 : one; seed <= last; seed++) {
            run(seed);
        }
    }

    private static void run(int seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        SimDisk disk = new SimDisk(new SimWorld(seed));
        LogConfig config = TestWorld.small(random.nextBoolean() ? 400 : 100_000);
        fill(disk, random, config);
        List<String> damage = new ArrayList<>();
        DamagedDirectory damaged = new DamagedDirectory(disk, random);
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            damage.add(damaged.damageOne(ROOT));
        }
        try {
            use(disk, config);
        } catch (RuntimeException | Error failure) {
            throw new AssertionError("Seed " + seed + " fails: " + damage, failure);
        }
    }

    static void fill(SimDisk disk, SplittableRandom random, LogConfig config) throws IOException {
        TestWorld world = new TestWorld(disk, ROOT);
        LogDirectory directory = world.load(config);
        directory.format(new DirectoryIdentity("fuzz", 1, new Uuid(1, 2)));
        for (int i = 0; i < 3; i++) {
            PartitionLog log = world.create(directory, "t" + i, config);
            for (int batch = 0; batch < 12; batch++) {
                world.append(log, "k" + batch + "=value", "other");
                world.run();
            }
            log.highWatermark(log.safeEnd());
            log.deleteBefore(random.nextInt(10));
            world.run();
        }
        if (random.nextBoolean()) {
            world.advance(100_000); // writes the checkpoints
        }
        if (random.nextBoolean()) {
            directory.close();
        }
        disk.killProcess();
    }

    static void use(SimDisk disk, LogConfig config) throws IOException {
        TestWorld world = new TestWorld(disk, ROOT);
        LogDirectory directory;
        try {
            directory = world.load(config);
        } catch (BadSetting refused) {
            assertTrue(
                    String.valueOf(refused.getMessage()).contains(ROOT.toString()),
                    () -> "the reason names no file: " + refused.getMessage());
            return;
        }
        if (!directory.isOnline()) {
            assertTrue(directory.logs().isEmpty(), "an offline directory has logs");
            directory.close();
            return;
        }
        for (PartitionLog log : List.copyOf(directory.logs())) {
            work(world, log);
        }
        directory.close();
    }

    /// What can be read is read, or the reason is the disk's.
    private static void work(TestWorld world, PartitionLog log) {
        CompletableFuture<Void> replay =
                log.replay(log.startOffset(), log.endOffset(), TestWorld::records);
        world.run();
        assertTrue(replay.isDone(), "the replay hangs");
        try {
            replay.join();
        } catch (CompletionException e) {
            // Records are looked into by their readers only.
            assertTrue(
                    e.getCause() instanceof CorruptLog
                            || e.getCause() instanceof IOException
                            || e.getCause() instanceof MalformedFrame,
                    () -> "unexpected: " + e.getCause());
        }
        world.append(log, "k=new");
        world.run();
        if (log.isOnline()) {
            assertInstanceOf(AppendResult.Appended.class, world.append(log, "k=newer"));
            world.run();
            assertEquals(log.endOffset(), log.safeEnd());
        }
        CompletableFuture<OffsetAtTime> search = log.offsetForTime(1, log.endOffset());
        CompletableFuture<OffsetAtTime> newest = log.offsetOfMaxTime();
        world.run();
        assertTrue(search.isDone() && newest.isDone(), "a search by time hangs");
    }
}
