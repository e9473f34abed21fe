package io.millrace.storage;

import io.millrace.record.BatchBuilder;
import io.millrace.record.BatchReader;
import io.millrace.record.Codecs;
import io.millrace.record.Compression;
import io.millrace.record.RecordBatch;
import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Decides record by record what compaction keeps, and rebuilds the batches that lose some.
///
/// A record stays when no later one has its key; a tombstone moreover only until the delete
/// horizon, which the first compaction that meets it writes into its batch. A batch that is left
/// without records stays, empty, when it holds a producer's last sequence. Control batches stay.
///
/// Owner thread: the compaction's.
final class RecordFilter implements AutoCloseable {
    private static final int MAX_BATCH = Integer.MAX_VALUE - 64;

    private final OffsetMap latest;
    private final long mappedTo;
    private final long nowMs;
    private final long deleteRetentionMs;
    private final Map<Long, Long> lastOffsets;
    private final BatchReader reader = new BatchReader(MAX_BATCH);
    private final BatchBuilder builder = new BatchBuilder();
    private final Codecs codecs = new Codecs();

    /// @param mappedTo `latest` knows all records before this offset and after the last compaction
    RecordFilter(OffsetMap latest, long mappedTo, CompactionPlan plan) {
        this.latest = latest;
        this.mappedTo = mappedTo;
        this.nowMs = plan.nowMs();
        this.deleteRetentionMs = plan.log().config().deleteRetentionMs();
        this.lastOffsets = plan.lastOffsets();
    }

    /// What is left of the batch: itself (the buffer that was given, at the same place), another,
    /// valid until the next call, or null when nothing is.
    @Nullable
    ByteBuffer filter(ByteBuffer batch) {
        if (RecordBatch.isControl(batch, 0) || RecordBatch.lastOffset(batch, 0) >= mappedTo) {
            return batch;
        }
        int kept = 0;
        boolean hasTombstone = false;
        reader.begin(batch);
        reader.nextBatch();
        while (reader.nextRecord()) {
            if (stays(batch)) {
                kept++;
                hasTombstone |= !reader.hasValue();
            }
        }
        boolean setsHorizon = hasTombstone && !RecordBatch.hasDeleteHorizon(batch, 0);
        if (kept == RecordBatch.count(batch, 0) && !setsHorizon) {
            return batch;
        }
        if (kept == 0 && !holdsLastSequence(batch)) {
            return null;
        }
        return rebuild(batch, setsHorizon);
    }

    private boolean stays(ByteBuffer batch) {
        ByteBuffer key = reader.key();
        if (key == null || reader.offset() < latest.get(key)) {
            return false;
        }
        return reader.hasValue()
                || !RecordBatch.hasDeleteHorizon(batch, 0)
                || nowMs < RecordBatch.baseTimestamp(batch, 0);
    }

    private boolean holdsLastSequence(ByteBuffer batch) {
        Long last = lastOffsets.get(RecordBatch.producerId(batch, 0));
        return last != null && last == RecordBatch.lastOffset(batch, 0);
    }

    private ByteBuffer rebuild(ByteBuffer batch, boolean setsHorizon) {
        builder.beginLike(batch, 0);
        if (setsHorizon) {
            builder.deleteHorizon(nowMs + deleteRetentionMs);
        }
        reader.begin(batch);
        reader.nextBatch();
        while (reader.nextRecord()) {
            if (stays(batch)) {
                builder.appendFrom(reader, reader.offset());
            }
        }
        Compression compression =
                Compression.of(RecordBatch.compressionId(batch, 0)).orElse(Compression.NONE);
        return builder.finish(codecs, compression, compression.defaultLevel());
    }

    @Override
    public void close() {
        reader.close();
        codecs.close();
    }
}
