package io.millrace.storage;

import io.millrace.host.Disk;
import io.millrace.host.DiskFile;
import io.millrace.record.RecordBatch;
import java.io.IOException;
import java.nio.file.Path;

/// The last step of compaction: a cleaned segment, complete and synced under the suffix `.swap`,
/// replaces the segments that it was made from.
final class SegmentSwap {
    private SegmentSwap() {}

    /// After a crash: deletes the segments whose records the cleaned one has, and gives it its
    /// name.
    static void finish(Disk disk, Path folder, long base) throws IOException {
        Path swap = folder.resolve(FileNames.of(base, FileNames.LOG + FileNames.SWAP));
        long end = base;
        try (DiskFile file = disk.open(swap, Disk.Mode.READ)) {
            HeaderWalk walk = new HeaderWalk(file, 0, file.size());
            while (walk.next()) {
                end = RecordBatch.nextOffset(walk.header(), 0);
            }
        }
        for (String name : disk.list(folder)) {
            long other = FileNames.offset(name, FileNames.LOG);
            if (other > base && other < end || other == base) {
                SegmentFiles.delete(disk, folder, other);
            }
        }
        for (String suffix :
                new String[] {FileNames.OFFSET_INDEX, FileNames.TIME_INDEX, FileNames.LOG}) {
            Path from = folder.resolve(FileNames.of(base, suffix + FileNames.SWAP));
            if (disk.exists(from)) {
                disk.move(from, folder.resolve(FileNames.of(base, suffix)));
            }
        }
        disk.syncDirectory(folder);
    }
}
