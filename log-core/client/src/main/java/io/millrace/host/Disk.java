package io.millrace.host;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Files, as far as storage needs them. Every call may block and therefore runs on a writer or
/// reader thread, or at start and stop, never on a loop. Every error is an `IOException` whose
/// message names the path; a missing file is a
/// `NoSuchFileException`, a lack of space a {@link DiskFull}.
///
/// **What survives a loss of power** is only: the bytes of a file that `DiskFile.force` covered,
/// and the names in a directory that `syncDirectory` covered. Everything else may be there, be
/// missing, be torn, or have reached the disk out of order. An implementation must not promise
/// more, and callers must not rely on more.
public interface Disk {
    enum Mode {
        READ,
        READ_WRITE,
        /// Fails when the file exists.
        CREATE_NEW,
        /// Opens for reading and writing; creates when missing.
        CREATE
    }

    DiskFile open(Path path, Mode mode) throws IOException;

    boolean exists(Path path) throws IOException;

    boolean isDirectory(Path path) throws IOException;

    /// Names in the directory, sorted.
    List<String> list(Path directory) throws IOException;

    void createDirectories(Path directory) throws IOException;

    /// Removes a file or an empty directory; nothing happens when there is none.
    void delete(Path path) throws IOException;

    /// Renames in one step, replacing a file of the target's name. The new name survives a loss of
    /// power once the directory was synced.
    void move(Path source, Path target) throws IOException;

    void syncDirectory(Path directory) throws IOException;

    /// Makes all of these durable, as `force` and `syncDirectory` one by one would; an
    /// implementation may know a cheaper way for many.
    default void syncAll(List<DiskFile> files, List<Path> directories) throws IOException {
        for (DiskFile file : files) {
            file.force();
        }
        for (Path directory : directories) {
            syncDirectory(directory);
        }
    }

    /// Takes the lock file (created when missing) until the result is closed; empty when another
    /// process, or this one, has it.
    default Optional<Closeable> lock(Path path) throws IOException {
        return Optional.of(open(path, Mode.CREATE));
    }

    /// Bytes that can still be written to the file system that holds the path.
    long usableBytes(Path path) throws IOException;

    long totalBytes(Path path) throws IOException;

    /// Length of a file.
    default long size(Path path) throws IOException {
        try (DiskFile file = open(path, Mode.READ)) {
            return file.size();
        }
    }

    /// Milliseconds since 1970.
    long lastModifiedMs(Path path) throws IOException;

    /// The whole file; for small ones (checkpoints, properties).
    default ByteBuffer readAll(Path path) throws IOException {
        try (DiskFile file = open(path, Mode.READ)) {
            ByteBuffer content = ByteBuffer.allocate(Math.toIntExact(file.size()));
            file.read(content, 0);
            return content.flip();
        }
    }

    /// Replaces the file such that after a crash either the old or the new content is there, whole.
    default void writeAtomically(Path path, String text) throws IOException {
        Path fresh = path.resolveSibling(path.getFileName() + ".tmp");
        delete(fresh);
        try (DiskFile file = open(fresh, Mode.CREATE_NEW)) {
            file.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
            file.force();
        }
        move(fresh, path);
        Path parent = path.getParent();
        if (parent != null) {
            syncDirectory(parent);
        }
    }
}
