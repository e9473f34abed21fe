package io.millrace.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.host.Disk;
import io.millrace.host.Disk.Mode;
import io.millrace.host.DiskFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What every [Disk] does, apart from surviving a loss of power, which only the simulated one can
/// show. A test class implements it.
public interface DiskContract {
    /// A disk, the same one within a test.
    Disk disk();

    /// An empty directory on it that exists.
    Path folder();

    @Test
    default void keepsWhatWasWritten() throws IOException {
        Path path = folder().resolve("file");
        try (DiskFile file = disk().open(path, Mode.CREATE_NEW)) {
            assertEquals(path, file.path());
            assertEquals(0, file.size());
            ByteBuffer from = bytes("hello world");
            file.write(from, 0);
            assertFalse(from.hasRemaining());
            file.write(bytes("W"), 6);
            file.force();
            assertEquals(11, file.size());
        }
        assertEquals("hello World", text(disk().readAll(path)));
        assertTrue(disk().lastModifiedMs(path) > 0);
    }

    @Test
    default void readsAtAnyPosition() throws IOException {
        try (DiskFile file = disk().open(folder().resolve("file"), Mode.CREATE)) {
            file.write(new ByteBuffer[] {bytes("abc"), bytes(""), bytes("defg")}, 0);
            ByteBuffer three = ByteBuffer.allocate(3);
            assertEquals(3, file.read(three, 2));
            assertEquals("cde", text(three.flip()));
            ByteBuffer ten = ByteBuffer.allocate(10);
            assertEquals(2, file.read(ten, 5));
            assertEquals(2, ten.position());
            assertEquals(0, file.read(ten, 100));
            ByteBuffer direct = ByteBuffer.allocateDirect(2);
            assertEquals(2, file.read(direct, 0));
        }
    }

    @Test
    default void aGapReadsAsZeros() throws IOException {
        try (DiskFile file = disk().open(folder().resolve("file"), Mode.CREATE)) {
            file.write(bytes("x"), 5);
            assertEquals(6, file.size());
            ByteBuffer all = ByteBuffer.allocate(6);
            assertEquals(6, file.read(all, 0));
            assertEquals("\0\0\0\0\0x", text(all.flip()));
        }
    }

    @Test
    default void truncatesAndGrowsAgainWithZeros() throws IOException {
        Path path = folder().resolve("file");
        try (DiskFile file = disk().open(path, Mode.CREATE)) {
            file.write(bytes("abcdef"), 0);
            file.truncate(2);
            assertEquals(2, file.size());
            file.truncate(9);
            assertEquals(2, file.size(), "truncating to more changes nothing");
            file.write(bytes("z"), 4);
        }
        assertEquals("ab\0\0z", text(disk().readAll(path)));
    }

    @Test
    default void modesSayWhatMustExist() throws IOException {
        Path path = folder().resolve("file");
        assertThrows(NoSuchFileException.class, () -> disk().open(path, Mode.READ));
        assertThrows(NoSuchFileException.class, () -> disk().open(path, Mode.READ_WRITE));
        disk().open(path, Mode.CREATE_NEW).close();
        assertThrows(IOException.class, () -> disk().open(path, Mode.CREATE_NEW));
        disk().open(path, Mode.CREATE).close();
        disk().open(path, Mode.READ_WRITE).close();
        disk().open(path, Mode.READ).close();
        assertThrows(
                IOException.class,
                () -> disk().open(folder().resolve("missing/file"), Mode.CREATE_NEW));
    }

    @Test
    default void directoriesListWhatIsInThem() throws IOException {
        Path below = folder().resolve("a/b/c");
        disk().createDirectories(below);
        disk().createDirectories(below);
        assertTrue(disk().isDirectory(below));
        assertFalse(disk().isDirectory(folder().resolve("z")));
        disk().open(below.resolve("two"), Mode.CREATE).close();
        disk().open(below.resolve("one"), Mode.CREATE).close();
        assertEquals(List.of("one", "two"), disk().list(below));
        assertTrue(disk().exists(below.resolve("one")));
        assertFalse(disk().isDirectory(below.resolve("one")));
        assertThrows(NoSuchFileException.class, () -> disk().list(folder().resolve("missing")));
        disk().syncDirectory(below);
    }

    @Test
    default void deletesFilesAndEmptyDirectories() throws IOException {
        Path below = folder().resolve("d");
        Path file = below.resolve("f");
        disk().createDirectories(below);
        disk().open(file, Mode.CREATE).close();
        assertThrows(IOException.class, () -> disk().delete(below));
        disk().delete(file);
        disk().delete(file);
        disk().delete(below);
        assertFalse(disk().exists(below));
    }

    @Test
    default void anOpenFileOutlivesItsName() throws IOException {
        Path path = folder().resolve("file");
        try (DiskFile file = disk().open(path, Mode.CREATE)) {
            file.write(bytes("still"), 0);
            disk().delete(path);
            ByteBuffer into = ByteBuffer.allocate(5);
            assertEquals(5, file.read(into, 0));
            assertEquals("still", text(into.flip()));
        }
    }

    @Test
    default void movesReplaceTheTarget() throws IOException {
        Path source = folder().resolve("s");
        Path target = folder().resolve("t");
        disk().writeAtomically(source, "new");
        disk().writeAtomically(target, "old");
        disk().move(source, target);
        assertEquals("new", text(disk().readAll(target)));
        assertFalse(disk().exists(source));
        assertThrows(IOException.class, () -> disk().move(source, target));
    }

    @Test
    default void aDirectoryMovesWithItsContent() throws IOException {
        Path source = folder().resolve("s");
        disk().createDirectories(source);
        disk().writeAtomically(source.resolve("f"), "content");
        disk().move(source, folder().resolve("t"));
        assertEquals("content", text(disk().readAll(folder().resolve("t/f"))));
        assertEquals(List.of("t"), disk().list(folder()));
    }

    @Test
    default void replacesAtomically() throws IOException {
        Path path = folder().resolve("f");
        disk().writeAtomically(path, "one");
        disk().writeAtomically(path, "two and more");
        disk().writeAtomically(path, "3");
        assertEquals("3", text(disk().readAll(path)));
        assertEquals(List.of("f"), disk().list(folder()));
    }

    @Test
    default void aLockHasOneOwner() throws IOException {
        Path path = folder().resolve(".lock");
        Closeable first = disk().lock(path).orElseThrow();
        assertEquals(Optional.empty(), disk().lock(path));
        first.close();
        disk().lock(path).orElseThrow().close();
    }

    @Test
    default void aClosedFileRefuses() throws IOException {
        DiskFile file = disk().open(folder().resolve("f"), Mode.CREATE);
        file.close();
        assertThrows(IOException.class, () -> file.write(bytes("x"), 0));
        assertThrows(IOException.class, () -> file.read(ByteBuffer.allocate(1), 0));
        assertThrows(IOException.class, file::force);
        file.close();
    }

    @Test
    default void syncsManyAtOnce() throws IOException {
        try (DiskFile one = disk().open(folder().resolve("1"), Mode.CREATE);
                DiskFile two = disk().open(folder().resolve("2"), Mode.CREATE)) {
            one.write(bytes("1"), 0);
            two.write(bytes("2"), 0);
            disk().syncAll(List.of(one, two), List.of(folder()));
        }
        assertTrue(disk().usableBytes(folder()) <= disk().totalBytes(folder()));
        assertTrue(disk().usableBytes(folder()) > 0);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
    }
}
