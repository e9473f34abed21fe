package io.millrace.storage;

import io.millrace.host.Disk;
import io.millrace.host.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/// The segment that takes the place of one or more that were compacted: first under `.cleaned`,
/// which a crash throws away; complete and synced, under `.swap`, which a crash puts in place; then
/// under its name.
///
/// Owner thread: the background.
final class CleanedSegment {
    private static final int WRITE_BYTES = 1024 * 1024;

    private final Disk disk;
    private final Path folder;
    private final long baseOffset;
    private final DiskFile file;
    private final SegmentContent content;
    private final ByteBuffer waiting = ByteBuffer.allocate(WRITE_BYTES);
    private long written;

    CleanedSegment(Disk disk, Path folder, long baseOffset) throws IOException {
        this.disk = disk;
        this.folder = folder;
        this.baseOffset = baseOffset;
        this.content = new SegmentContent(baseOffset);
        this.file = disk.open(path(FileNames.LOG, FileNames.CLEANED), Disk.Mode.CREATE);
        file.truncate(0);
    }

    private Path path(String suffix, String mark) {
        return folder.resolve(FileNames.of(baseOffset, suffix + mark));
    }

    long baseOffset() {
        return baseOffset;
    }

    SegmentContent content() {
        return content;
    }

    void append(ByteBuffer batch, int at, int size, int indexIntervalBytes) throws IOException {
        content.append(batch, at, size, indexIntervalBytes);
        if (waiting.remaining() < size) {
            flush();
        }
        ByteBuffer slice = batch.slice(at, size);
        if (size > waiting.capacity()) {
            file.write(slice, written);
            written += size;
        } else {
            waiting.put(slice);
        }
    }

    private void flush() throws IOException {
        waiting.flip();
        int size = waiting.remaining();
        if (size > 0) {
            file.write(waiting, written);
            written += size;
        }
        waiting.clear();
    }

    /// Completes the files, makes them durable and lets a crash from now on finish the swap.
    void readyToSwap() throws IOException {
        flush();
        content.seal();
        try (DiskFile offsets = write(FileNames.OFFSET_INDEX, content.index().offsetEntries());
                DiskFile times = write(FileNames.TIME_INDEX, content.index().timeEntries())) {
            disk.syncAll(List.of(file, offsets, times), List.of(folder));
        } finally {
            file.close();
        }
        for (String suffix : List.of(FileNames.OFFSET_INDEX, FileNames.TIME_INDEX, FileNames.LOG)) {
            disk.move(path(suffix, FileNames.CLEANED), path(suffix, FileNames.SWAP));
        }
        disk.syncDirectory(folder);
    }

    private DiskFile write(String suffix, ByteBuffer entries) throws IOException {
        DiskFile index = disk.open(path(suffix, FileNames.CLEANED), Disk.Mode.CREATE);
        index.truncate(0);
        if (entries.hasRemaining()) {
            index.write(entries, 0);
        }
        return index;
    }

    Path swapPath() {
        return path(FileNames.LOG, FileNames.SWAP);
    }

    /// The old files have left: this one gets its name.
    void takePlace(SegmentFile segment) throws IOException {
        for (String suffix : List.of(FileNames.OFFSET_INDEX, FileNames.TIME_INDEX)) {
            disk.move(path(suffix, FileNames.SWAP), path(suffix, ""));
        }
        segment.move(path(FileNames.LOG, ""));
        disk.syncDirectory(folder);
    }

    /// Nothing came of it.
    void discard() throws IOException {
        file.close();
        for (String suffix : List.of(FileNames.OFFSET_INDEX, FileNames.TIME_INDEX, FileNames.LOG)) {
            disk.delete(path(suffix, FileNames.CLEANED));
            disk.delete(path(suffix, FileNames.SWAP));
        }
    }
}
