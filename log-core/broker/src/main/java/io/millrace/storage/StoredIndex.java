package io.millrace.storage;

import io.millrace.host.Disk;
import io.millrace.host.DiskFile;
import io.millrace.host.DiskFull;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// Looks into the index files of a sealed segment where they lie: a handful of small reads, so that
/// no memory is held for segments that nobody reads.
///
/// Owner thread: any that may block.
final class StoredIndex {
    private final Disk disk;
    private final Path offsetIndex;
    private final Path timeIndex;
    private final long baseOffset;

    StoredIndex(Disk disk, Path logFile, long baseOffset) {
        this.disk = disk;
        this.baseOffset = baseOffset;
        this.offsetIndex = logFile.resolveSibling(FileNames.of(baseOffset, FileNames.OFFSET_INDEX));
        this.timeIndex = logFile.resolveSibling(FileNames.of(baseOffset, FileNames.TIME_INDEX));
    }

    /// Where to begin to look for the offset: the start of a batch at or before it.
    int positionBefore(long offset) throws IOException {
        try (DiskFile file = disk.open(offsetIndex, Disk.Mode.READ)) {
            ByteBuffer entry = ByteBuffer.allocate(SegmentIndex.OFFSET_ENTRY);
            int found = 0;
            long low = 0;
            long high = file.size() / SegmentIndex.OFFSET_ENTRY - 1;
            while (low <= high) {
                long middle = (low + high) >>> 1;
                file.read(entry.clear(), middle * SegmentIndex.OFFSET_ENTRY);
                if (baseOffset + entry.getInt(0) <= offset && !isPadding(entry, middle)) {
                    found = entry.getInt(4);
                    low = middle + 1;
                } else {
                    high = middle - 1;
                }
            }
            return found;
        }
    }

    private static boolean isPadding(ByteBuffer entry, long slot) {
        return slot > 0 && entry.getInt(0) == 0 && entry.getInt(4) == 0;
    }

    /// The largest time of the segment, with the offset that the index has beside it.
    OffsetAtTime last() throws IOException {
        try (DiskFile file = disk.open(timeIndex, Disk.Mode.READ)) {
            ByteBuffer entry = ByteBuffer.allocate(SegmentIndex.TIME_ENTRY);
            for (long slot = file.size() / SegmentIndex.TIME_ENTRY - 1; slot >= 0; slot--) {
                file.read(entry.clear(), slot * SegmentIndex.TIME_ENTRY);
                if (entry.getLong(0) != 0 || entry.getInt(8) != 0) {
                    return new OffsetAtTime(baseOffset + entry.getInt(8), entry.getLong(0), -1);
                }
            }
            return new OffsetAtTime(baseOffset, -1, -1);
        }
    }

    /// An offset before which no record has this time or a later one.
    long offsetBefore(long timestamp) throws IOException {
        try (DiskFile file = disk.open(timeIndex, Disk.Mode.READ)) {
            ByteBuffer entry = ByteBuffer.allocate(SegmentIndex.TIME_ENTRY);
            long found = baseOffset;
            long low = 0;
            long high = file.size() / SegmentIndex.TIME_ENTRY - 1;
            while (low <= high) {
                long middle = (low + high) >>> 1;
                file.read(entry.clear(), middle * SegmentIndex.TIME_ENTRY);
                boolean padding = entry.getLong(0) == 0 && entry.getInt(8) == 0;
                if (!padding && entry.getLong(0) < timestamp) {
                    found = baseOffset + entry.getInt(8);
                    low = middle + 1;
                } else {
                    high = middle - 1;
                }
            }
            return found;
        }
    }

    SegmentIndex read() throws IOException {
        return SegmentIndex.read(baseOffset, disk.readAll(offsetIndex), disk.readAll(timeIndex));
    }

    boolean exists() throws IOException {
        return disk.exists(offsetIndex) && disk.exists(timeIndex);
    }

    /// Writes both files, whole and synced. False, and there are none, when there is no room.
    boolean write(SegmentIndex index) throws IOException {
        try {
            write(offsetIndex, index.offsetEntries());
            write(timeIndex, index.timeEntries());
            return true;
        } catch (DiskFull e) {
            delete();
            return false;
        }
    }

    private void write(Path path, ByteBuffer entries) throws IOException {
        try (DiskFile file = disk.open(path, Disk.Mode.CREATE)) {
            file.truncate(0);
            if (entries.hasRemaining()) {
                file.write(entries, 0);
            }
            file.force();
        }
    }

    void delete() throws IOException {
        disk.delete(offsetIndex);
        disk.delete(timeIndex);
    }
}
