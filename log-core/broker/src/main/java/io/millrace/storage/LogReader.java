package io.millrace.storage;

import io.millrace.host.DiskFile;
import io.millrace.host.FileRegion;
import io.millrace.storage.ReadResult.Cold;
import io.millrace.storage.ReadResult.OutOfRange;
import io.millrace.storage.ReadResult.Ready;
import org.jspecify.annotations.Nullable;

/// The way out. A reader at the tail is answered from {@link RecentBatches} alone; any other read
/// is located by index and pulled into the page cache on a reader thread first.
///
/// Owner thread: the log's loop.
final class LogReader {
    private final PartitionLog log;

    LogReader(PartitionLog log) {
        this.log = log;
    }

    ReadResult read(long from, int maxBytes, boolean minOneBatch, long limitOffset) {
        if (from < log.startOffset() || from > log.endOffset()) {
            return new OutOfRange(log.startOffset(), log.endOffset());
        }
        long limit = Math.min(limitOffset, log.writtenEnd());
        if (from >= limit || maxBytes <= 0 && !minOneBatch) {
            return ReadResult.NOTHING;
        }
        LogSegments segments = log.segments();
        int index = segments.floor(from);
        Segment segment = segments.get(index);
        if (segment == segments.active()) {
            ReadResult hot = readHot(segment, from, new Bound(maxBytes, minOneBatch, limit));
            if (hot != null) {
                return hot;
            }
        }
        return new Cold(new ColdRead(log, from, new Bound(maxBytes, minOneBatch, limit)).start());
    }

    /// How much a read may give.
    record Bound(int maxBytes, boolean minOneBatch, long limitOffset) {
        /// Bytes to give of `available`, the first batch being so large.
        int length(long available, int firstBatch) {
            if (maxBytes >= firstBatch) {
                return (int) Math.min(available, maxBytes);
            }
            return minOneBatch ? firstBatch : 0;
        }
    }

    /// Null when the tail does not reach back that far, or perhaps not in memory.
    private @Nullable ReadResult readHot(Segment active, long from, Bound bound) {
        RecentBatches recent = log.recent();
        int found = recent.find(from);
        DiskFile file = active.file().ifOpen();
        if (found < 0 || file == null || !log.directory().traffic().isHot(recent.traffic(found))) {
            return null;
        }
        int start = recent.position(found);
        int end = bound.limitOffset == log.endOffset()
                ? active.size()
                : recent.position(recent.find(bound.limitOffset));
        if (end <= start) {
            return ReadResult.NOTHING;
        }
        int length = bound.length(end - start, recent.end(found, active.size()) - start);
        return region(active.file(), file, start, length);
    }

    /// A region that keeps the file open until it is released.
    static ReadResult region(SegmentFile segment, DiskFile file, long position, int length) {
        if (length == 0 || !segment.retain()) {
            return ReadResult.NOTHING;
        }
        return new Ready(new FileRegion(file, position, length, segment::release));
    }
}
