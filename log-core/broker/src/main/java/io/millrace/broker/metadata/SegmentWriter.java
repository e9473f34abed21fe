package io.millrace.broker.metadata;

import io.millrace.host.Disk;
import io.millrace.host.DiskFile;
import io.millrace.record.RecordBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;

/// The segment files of the metadata log. Blocks; at start, then on the writer alone.
final class SegmentWriter {
    private final Disk disk;
    private final Path directory;
    private final TreeSet<Long> bases;
    private DiskFile active;
    private long size;
    private long endOffset;

    /// Written on the writer, read on the loop to see whether a snapshot is due.
    private volatile long bytesSinceSnapshot;

    private SegmentWriter(Disk disk, Path directory, Recovery recovery, DiskFile active) {
        this.disk = disk;
        this.directory = directory;
        this.bases = recovery.segments();
        this.active = active;
        this.size = recovery.activeSize();
        this.endOffset = recovery.endOffset();
        this.bytesSinceSnapshot = size;
    }

    static SegmentWriter open(Disk disk, Path directory, Recovery recovery) throws IOException {
        Path file = directory.resolve(SegmentName.of(recovery.segments().last()));
        DiskFile active = disk.open(file, Disk.Mode.CREATE);
        disk.syncDirectory(directory);
        return new SegmentWriter(disk, directory, recovery, active);
    }

    /// Durable when it returns.
    void append(List<ByteBuffer> batches) throws IOException {
        long at = size;
        long end = endOffset;
        for (ByteBuffer batch : batches) {
            end = RecordBatch.nextOffset(batch, batch.position());
            at += batch.remaining();
        }
        active.write(batches.toArray(ByteBuffer[]::new), size);
        disk.syncAll(List.of(active), List.of()); // counted as a sync, unlike `force`
        bytesSinceSnapshot += at - size;
        size = at;
        endOffset = end;
    }

    /// Cuts off what a failed append has left.
    void cutBack() throws IOException {
        active.truncate(size);
        active.force();
    }

    long bytesSinceSnapshot() {
        return bytesSinceSnapshot;
    }

    /// Begins a new segment, and deletes segments and snapshots that nobody needs who starts from
    /// the given snapshot.
    void rollBehind(SnapshotId snapshot) throws IOException {
        if (size > 0) {
            DiskFile full = active;
            active = disk.open(directory.resolve(SegmentName.of(endOffset)), Disk.Mode.CREATE_NEW);
            bases.add(endOffset);
            size = 0;
            full.close();
            disk.syncDirectory(directory);
        }
        bytesSinceSnapshot = 0;
        Long covered = bases.floor(snapshot.endOffset());
        while (covered != null && bases.first() < covered) {
            long base = bases.removeFirst();
            disk.delete(directory.resolve(SegmentName.of(base)));
            for (String companion : Recovery.COMPANIONS) {
                disk.delete(directory.resolve(SegmentName.of(base, companion)));
            }
        }
        for (String name : disk.list(directory)) {
            if (SnapshotId.parse(name)
                    .filter(each -> each.compareTo(snapshot) < 0)
                    .isPresent()) {
                disk.delete(directory.resolve(name));
            }
        }
        disk.syncDirectory(directory);
    }

    void close() throws IOException {
        active.close();
    }
}
