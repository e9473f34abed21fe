package io.millrace.storage;

import io.millrace.host.Disk;
import io.millrace.host.DiskFile;
import io.millrace.protocol.Check;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The `.log` file of a segment, opened when first needed and kept open until nobody refers to it:
/// the segment itself, a region on its way to a socket, a reader. So what retention or compaction
/// deletes stays readable for those who have begun.
///
/// Owner thread: any. Only `open` blocks.
final class SegmentFile {
    private final Disk disk;
    private final Executor background;
    private final AtomicInteger references = new AtomicInteger(1);
    private volatile Path path;
    private volatile @Nullable DiskFile open;
    private boolean closed;

    /// @param background where the file is closed, since that may free gigabytes
    SegmentFile(Disk disk, Path path, Executor background) {
        this.disk = disk;
        this.path = path;
        this.background = background;
    }

    Path path() {
        return path;
    }

    /// Null until the first `open`, or when it is closed for good.
    @Nullable
    DiskFile ifOpen() {
        return open;
    }

    /// @throws NoSuchFileException when it was deleted
    DiskFile open() throws IOException {
        DiskFile file = open;
        return file != null ? file : open(Disk.Mode.READ_WRITE);
    }

    synchronized DiskFile open(Disk.Mode mode) throws IOException {
        if (closed) {
            throw new NoSuchFileException(path.toString());
        }
        DiskFile file = open;
        if (file == null) {
            file = disk.open(path, mode);
            open = file;
        }
        return file;
    }

    /// False when the last reference is gone, and with it the file.
    boolean retain() {
        int count = references.get();
        while (count > 0) {
            if (references.compareAndSet(count, count + 1)) {
                return true;
            }
            count = references.get();
        }
        return false;
    }

    void release() {
        int left = references.decrementAndGet();
        Check.that(left >= 0, "a segment file was released more often than retained");
        if (left == 0) {
            background.execute(this::close);
        }
    }

    /// Renames the file; readers that have it open notice nothing.
    synchronized void move(Path target) throws IOException {
        if (disk.exists(path)) {
            disk.move(path, target);
        }
        path = target;
    }

    /// The folder was renamed.
    synchronized void moved(Path target) {
        path = target;
    }

    private synchronized void close() {
        closed = true;
        DiskFile file = open;
        open = null;
        if (file != null) {
            Closing.quietly(file);
        }
    }
}
