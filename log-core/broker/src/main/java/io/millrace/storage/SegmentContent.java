package io.millrace.storage;

import io.millrace.record.RecordBatch;
import java.nio.ByteBuffer;

/// What is known of a segment from all its batches: built up batch by batch, on append and by a
/// scan alike.
///
/// Owner thread: the log's loop, or the thread that scans.
final class SegmentContent {
    private final long baseOffset;
    private final SegmentIndex index;
    private int size;
    private long firstTimestamp = -1;
    private long maxTimestamp = -1;
    private long maxTimestampOffset;
    private int bytesSinceEntry;

    SegmentContent(long baseOffset) {
        this.baseOffset = baseOffset;
        this.index = new SegmentIndex(baseOffset);
        this.maxTimestampOffset = baseOffset;
    }

    /// Of a segment that was sealed in an earlier life: its size is known and its largest time
    /// stands in the index, but not where the next index entry is due.
    SegmentContent(long baseOffset, SegmentIndex index, int size, long firstTimestamp) {
        this.baseOffset = baseOffset;
        this.index = index;
        this.size = size;
        this.firstTimestamp = firstTimestamp;
        this.maxTimestamp = index.lastTime();
        this.maxTimestampOffset = index.lastTimeOffset();
    }

    void append(ByteBuffer buffer, int at, int batchSize, int indexIntervalBytes) {
        long timestamp = RecordBatch.maxTimestamp(buffer, at);
        long lastOffset = RecordBatch.lastOffset(buffer, at);
        if (size == 0) {
            firstTimestamp = timestamp;
        }
        if (timestamp > maxTimestamp) {
            maxTimestamp = timestamp;
            maxTimestampOffset = lastOffset;
        }
        if (bytesSinceEntry > indexIntervalBytes) {
            index.addPosition(lastOffset, size);
            index.addTime(maxTimestamp, maxTimestampOffset);
            bytesSinceEntry = 0;
        }
        bytesSinceEntry += batchSize;
        size += batchSize;
    }

    /// No more batches come: the largest time goes into the index, where it is found after a
    /// restart.
    void seal() {
        index.addTime(maxTimestamp, maxTimestampOffset);
    }

    /// Whether another append fits, by every limit of a segment but its age.
    boolean fits(int bytes, long lastOffset, LogConfig config) {
        return lastOffset - baseOffset <= Integer.MAX_VALUE
                && (size == 0
                        || size <= config.segmentBytes() - bytes
                                && !index.isFull(config.segmentIndexBytes()));
    }

    SegmentIndex index() {
        return index;
    }

    int size() {
        return size;
    }

    /// -1 when the segment is empty or its first batch has no time.
    long firstTimestamp() {
        return firstTimestamp;
    }

    /// -1 when no record has a time.
    long maxTimestamp() {
        return maxTimestamp;
    }

    long maxTimestampOffset() {
        return maxTimestampOffset;
    }
}
