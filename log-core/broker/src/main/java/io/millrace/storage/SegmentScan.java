package io.millrace.storage;

import io.millrace.host.DiskFile;
import io.millrace.protocol.CorruptLog;
import io.millrace.record.RecordBatch;
import java.io.IOException;
import java.nio.ByteBuffer;

/// What reading a segment from its first to its last whole batch found out.
///
/// @param content ends where the last whole batch ends; the file may be longer
/// @param damage why the scan stopped there, empty when the file ends there
record SegmentScan(SegmentContent content, long endOffset, String damage) {

    /// Hears of every whole batch; the header is at 0 and valid during the call.
    interface Visitor {
        void batch(ByteBuffer header, long position) throws IOException;
    }

    /// What a scan goes by.
    ///
    /// @param checkFrom batches that end after this offset must match their checksum
    record Plan(long baseOffset, long checkFrom, int indexIntervalBytes) {}

    /// Stops at the first batch that is damaged, not whole, or does not follow the ones before.
    static SegmentScan read(DiskFile file, Plan plan, Visitor visitor) throws IOException {
        SegmentContent content = new SegmentContent(plan.baseOffset);
        HeaderWalk walk = new HeaderWalk(file, 0, file.size());
        BatchBytes bytes = new BatchBytes(file);
        long endOffset = plan.baseOffset;
        String damage = "";
        try {
            while (walk.next()) {
                ByteBuffer header = walk.header();
                checkOrder(header, endOffset, plan.baseOffset);
                long next = RecordBatch.nextOffset(header, 0);
                if (next > plan.checkFrom && !bytes.isWhole(walk.position(), walk.size())) {
                    throw new CorruptLog("the batch at byte " + walk.position()
                            + " does not match its checksum");
                }
                visitor.batch(header, walk.position());
                content.append(header, 0, walk.size(), plan.indexIntervalBytes);
                endOffset = next;
            }
        } catch (CorruptLog e) {
            damage = String.valueOf(e.getMessage());
        }
        return new SegmentScan(content, endOffset, damage);
    }

    private static void checkOrder(ByteBuffer header, long endOffset, long baseOffset) {
        long base = RecordBatch.baseOffset(header, 0);
        long last = RecordBatch.lastOffset(header, 0);
        if (base < endOffset || last < base || last - baseOffset > Integer.MAX_VALUE) {
            throw new CorruptLog("a batch of offsets " + base + " to " + last
                    + " does not follow offset " + endOffset);
        }
    }
}
