package io.millrace.storage;

import static java.util.Objects.requireNonNull;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.millrace.buildtools.fuzz.Budget;
import io.millrace.buildtools.fuzz.Mutations;
import io.millrace.host.Disk;
import io.millrace.host.DiskFile;
import io.millrace.record.RecordBatch;
import io.millrace.sim.SimDisk;
import io.millrace.sim.SimWorld;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever the files of a directory hold, it opens with logs that work, or not at all: segments,
/// indexes, snapshots, checkpoints and all that stands beside them, one or several at once. Unlike
/// in [DirectoryFuzzTest], the damage is an input, so that Jazzer can look for the telling one.
final class FilesFuzzTest {
    private static final int RUNS = 1_000;
    private static final Path ROOT = Path.of("/data/log");
    private static final LogConfig CONFIG = TestWorld.small(400);

    /// A directory with what it holds in memory, whichever way it is damaged.
    private static final Budget BUDGET = new Budget(64 << 20, 1_000);

    private static final Map<Path, byte[]> FILES = files();
    private static final List<Path> PATHS = List.copyOf(FILES.keySet());

    @BeforeAll
    static void beSilent() {
        level(Level.OFF);
    }

    @AfterAll
    static void speakAgain() {
        level(null);
    }

    private static void level(@Nullable Level level) {
        if (org.slf4j.LoggerFactory.getLogger("io.millrace.storage") instanceof Logger logger) {
            logger.setLevel(level);
        }
    }

    /// Of a directory that was stopped, and one that was not: whatever may lie in it.
    private static Map<Path, byte[]> files() {
        Map<Path, byte[]> files = new TreeMap<>();
        try {
            for (int seed = 1; seed < 4; seed++) {
                SimDisk disk = new SimDisk(new SimWorld(seed));
                DirectoryFuzzTest.fill(disk, new SplittableRandom(seed), CONFIG);
                collect(disk, ROOT, files);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    private static void collect(Disk disk, Path folder, Map<Path, byte[]> files)
            throws IOException {
        for (String name : disk.list(folder)) {
            Path path = folder.resolve(name);
            if (disk.isDirectory(path)) {
                collect(disk, path, files);
            } else if (!name.equals(FileNames.LOCK)) {
                files.put(path, disk.readAll(path).array());
            }
        }
    }

    /// Each file replaced by itself.
    static List<byte[]> contents() {
        List<byte[]> all = new ArrayList<>();
        for (int i = 0; i < PATHS.size(); i++) {
            byte[] content = content(i);
            for (Kind kind : List.of(Kind.REPLACE, Kind.REPLACE_AND_MEND)) {
                all.add(ByteBuffer.allocate(2 + content.length)
                        .put((byte) i)
                        .put((byte) kind.ordinal())
                        .put(content)
                        .array());
            }
        }
        return all;
    }

    private static byte[] content(int file) {
        return requireNonNull(FILES.get(PATHS.get(file)));
    }

    private enum Kind {
        REPLACE,
        REPLACE_AND_MEND,
        CUT,
        OVERWRITE,
        OVERWRITE_AND_MEND,
        DELETE
    }

    @MethodSource("contents")
    @FuzzTest
    void aDirectoryWorksOrSaysWhyNot(byte[] bytes) {
        BUDGET.spend(bytes.length, () -> {
            try {
                SimDisk disk = new SimDisk(new SimWorld(1));
                write(disk, damaged(ByteBuffer.wrap(bytes)));
                DirectoryFuzzTest.use(disk, CONFIG);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /// One damage after the other, until the input ends.
    private static Map<Path, byte[]> damaged(ByteBuffer in) {
        Map<Path, byte[]> files = new TreeMap<>(FILES);
        while (in.remaining() >= 4) {
            Path path = PATHS.get((in.get() & 0xff) % PATHS.size());
            Kind kind = Kind.values()[(in.get() & 0xff) % Kind.values().length];
            byte[] before = files.getOrDefault(path, new byte[0]).clone();
            switch (kind) {
                case REPLACE -> files.put(path, rest(in));
                case REPLACE_AND_MEND -> files.put(path, mended(rest(in)));
                case CUT ->
                    files.put(path, Arrays.copyOf(before, at(in.getShort(), before.length)));
                case OVERWRITE -> files.put(path, overwritten(in, before));
                case OVERWRITE_AND_MEND -> files.put(path, mended(overwritten(in, before)));
                case DELETE -> files.remove(path);
            }
        }
        return files;
    }

    private static int at(short given, int length) {
        return length == 0 ? 0 : (given & 0xffff) % length;
    }

    private static byte[] rest(ByteBuffer in) {
        byte[] rest = new byte[in.remaining()];
        in.get(rest);
        return rest;
    }

    private static byte[] overwritten(ByteBuffer in, byte[] content) {
        int at = at(in.getShort(), content.length);
        int count = in.hasRemaining() ? in.get() & 15 : 0;
        for (int i = at; i < Math.min(content.length, at + count) && in.hasRemaining(); i++) {
            content[i] = in.get();
        }
        return content;
    }

    /// If it is a segment, its checksums fit: no search would find them.
    private static byte[] mended(byte[] content) {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        int at = 0;
        while (content.length - at >= RecordBatch.HEADER_BYTES) {
            int size = bytes.getInt(at + 8) + 12;
            if (size < RecordBatch.HEADER_BYTES || size > content.length - at) {
                break;
            }
            RecordBatch.setCrc(bytes, at);
            at += size;
        }
        return content;
    }

    private static void write(Disk disk, Map<Path, byte[]> files) throws IOException {
        disk.createDirectories(ROOT);
        for (Map.Entry<Path, byte[]> each : files.entrySet()) {
            disk.createDirectories(requireNonNull(each.getKey().getParent()));
            try (DiskFile file = disk.open(each.getKey(), Disk.Mode.CREATE)) {
                file.write(ByteBuffer.wrap(each.getValue()), 0);
            }
        }
    }

    @Test
    void mutatedDirectoriesWorkOrSayWhyNot() {
        Mutations.run(RUNS, contents(), this::aDirectoryWorksOrSaysWhyNot);
    }
}
