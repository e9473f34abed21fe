package io.millrace.record;

import io.millrace.protocol.Check;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Builds one batch after another: `begin`, what differs from the defaults, `append` for each
/// record, `finish`. Belongs to one thread. Appending allocates nothing once the buffer has grown;
/// the records are compressed in one go at the end, which packs better than record by record.
///
/// Offsets must rise but may leave gaps, as compaction needs it. What `finish` returns is valid
/// until the next `begin`.
public final class BatchBuilder {
    /// The most that a record's lengths, deltas and attributes take.
    public static final int RECORD_OVERHEAD = 21;

    private final GrowingBytes records = new GrowingBytes();
    private final GrowingBytes packed = new GrowingBytes();

    private long baseOffset;
    private long nextOffset;
    private long lastOffset;
    private int count;
    private boolean hasBaseTimestamp;
    private long baseTimestamp;
    private long maxTimestamp;
    private int attributes;
    private int leaderEpoch;
    private long producerId;
    private short producerEpoch;
    private int baseSequence;

    /// Starts a batch without producer, with timestamps of the records' own.
    public void begin(long firstOffset) {
        records.begin(Integer.MAX_VALUE);
        records.room(RecordBatch.HEADER_BYTES);
        records.wrote(RecordBatch.HEADER_BYTES);
        baseOffset = firstOffset;
        nextOffset = firstOffset;
        lastOffset = firstOffset - 1;
        count = 0;
        hasBaseTimestamp = false;
        baseTimestamp = RecordBatch.NO_TIMESTAMP;
        maxTimestamp = RecordBatch.NO_TIMESTAMP;
        attributes = 0;
        leaderEpoch = RecordBatch.NO_LEADER_EPOCH;
        producer(RecordBatch.NO_PRODUCER, RecordBatch.NO_EPOCH, RecordBatch.NO_SEQUENCE);
    }

    /// Starts a batch that takes the place of another: everything but the records is the same, its
    /// range of offsets included, even if no record is appended at all.
    public void beginLike(ByteBuffer buffer, int at) {
        begin(RecordBatch.baseOffset(buffer, at));
        attributes = RecordBatch.attributes(buffer, at) & ~RecordBatch.COMPRESSION_MASK;
        leaderEpoch = RecordBatch.leaderEpoch(buffer, at);
        producerId = RecordBatch.producerId(buffer, at);
        producerEpoch = RecordBatch.producerEpoch(buffer, at);
        baseSequence = RecordBatch.baseSequence(buffer, at);
        lastOffset = RecordBatch.lastOffset(buffer, at);
        if (hasAppendTime()) {
            maxTimestamp = RecordBatch.maxTimestamp(buffer, at);
        }
        if ((attributes & RecordBatch.DELETE_HORIZON) != 0) {
            deleteHorizon(RecordBatch.baseTimestamp(buffer, at));
        }
    }

    public void leaderEpoch(int epoch) {
        leaderEpoch = epoch;
    }

    public void producer(long id, short epoch, int firstSequence) {
        producerId = id;
        producerEpoch = epoch;
        baseSequence = firstSequence;
    }

    public void transactional() {
        attributes |= RecordBatch.TRANSACTIONAL;
    }

    public void control() {
        attributes |= RecordBatch.CONTROL;
    }

    /// All records get the time of their arrival.
    public void appendTime(long timestampMs) {
        attributes |= RecordBatch.LOG_APPEND_TIME;
        maxTimestamp = timestampMs;
    }

    /// When tombstones of this batch may go; before the first record is appended.
    public void deleteHorizon(long timestampMs) {
        Check.that(count == 0, "the delete horizon comes before the records");
        attributes |= RecordBatch.DELETE_HORIZON;
        hasBaseTimestamp = true;
        baseTimestamp = timestampMs;
    }

    /// The offset that the next record gets if there is no gap.
    public long nextOffset() {
        return nextOffset;
    }

    public int count() {
        return count;
    }

    /// Size of the batch so far if it is not compressed.
    public int sizeInBytes() {
        return records.size();
    }

    public void append(
            long offset,
            long timestampMs,
            @Nullable ByteBuffer key,
            @Nullable ByteBuffer value,
            Iterable<? extends RecordHeader> headers) {
        int headerBytes = HeaderWriter.size(headers);
        startRecord(offset, timestampMs, sizeOf(key), sizeOf(value), headerBytes);
        put(key);
        put(value);
        HeaderWriter.write(headers, records);
    }

    public void appendArrays(
            long offset,
            long timestampMs,
            byte @Nullable [] key,
            byte @Nullable [] value,
            Iterable<? extends RecordHeader> headers) {
        int headerBytes = HeaderWriter.size(headers);
        int keySize = key == null ? -1 : key.length;
        int valueSize = value == null ? -1 : value.length;
        startRecord(offset, timestampMs, keySize, valueSize, headerBytes);
        put(key);
        put(value);
        HeaderWriter.write(headers, records);
    }

    /// Appends the record that a reader stands on, at another offset if need be.
    public void appendFrom(BatchReader reader, long offset) {
        RecordCursor from = reader.cursor();
        int keySize = from.hasKey() ? from.keySize() : -1;
        int valueSize = from.hasValue() ? from.valueSize() : -1;
        int headerBytes = GrowingBytes.varlongSize(from.headerCount()) + from.headerBytes();
        startRecord(offset, reader.timestampMs(), keySize, valueSize, headerBytes);
        records.putVarlong(keySize);
        records.put(from.buffer(), from.keyAt(), Math.max(0, keySize));
        records.putVarlong(valueSize);
        records.put(from.buffer(), from.valueAt(), Math.max(0, valueSize));
        records.putVarlong(from.headerCount());
        records.put(from.buffer(), from.headersAt(), from.headerBytes());
    }

    private void startRecord(
            long offset, long timestampMs, int keySize, int valueSize, int headerBytes) {
        Check.that(offset >= nextOffset, "offsets within a batch rise");
        if (!hasBaseTimestamp) {
            hasBaseTimestamp = true;
            baseTimestamp = timestampMs;
        }
        if (!hasAppendTime() && timestampMs > maxTimestamp) {
            maxTimestamp = timestampMs;
        }
        long timestampDelta = timestampMs - baseTimestamp;
        int offsetDelta = Math.toIntExact(offset - baseOffset);
        long body = 1L
                + GrowingBytes.varlongSize(timestampDelta)
                + GrowingBytes.varlongSize(offsetDelta)
                + GrowingBytes.varlongSize(keySize)
                + Math.max(0, keySize)
                + GrowingBytes.varlongSize(valueSize)
                + Math.max(0, valueSize)
                + headerBytes;
        // Room once for the record and for what each varint may want.
        records.room(body + RECORD_OVERHEAD + 10);
        records.putVarlong(body);
        records.put(0);
        records.putVarlong(timestampDelta);
        records.putVarlong(offsetDelta);
        nextOffset = offset + 1;
        count++;
    }

    private static int sizeOf(@Nullable ByteBuffer part) {
        return part == null ? -1 : part.remaining();
    }

    private void put(@Nullable ByteBuffer part) {
        records.putVarlong(sizeOf(part));
        if (part != null) {
            records.put(part, part.position(), part.remaining());
        }
    }

    private void put(byte @Nullable [] part) {
        records.putVarlong(part == null ? -1 : part.length);
        if (part != null) {
            records.put(part, 0, part.length);
        }
    }

    private boolean hasAppendTime() {
        return (attributes & RecordBatch.LOG_APPEND_TIME) != 0;
    }

    /// The finished batch, uncompressed.
    public ByteBuffer finish() {
        return header(records, 0);
    }

    /// The finished batch. A batch without records stays uncompressed.
    public ByteBuffer finish(Codecs codecs, Compression compression, int level) {
        if (compression == Compression.NONE || count == 0) {
            return finish();
        }
        packed.begin(Integer.MAX_VALUE);
        packed.room(RecordBatch.HEADER_BYTES);
        packed.wrote(RecordBatch.HEADER_BYTES);
        ByteBuffer plain = records.view().position(RecordBatch.HEADER_BYTES);
        codecs.compress(compression, level, plain, packed);
        return header(packed, compression.id());
    }

    private ByteBuffer header(GrowingBytes bytes, int compressionId) {
        ByteBuffer batch = bytes.view();
        batch.putLong(0, baseOffset)
                .putInt(RecordBatch.LENGTH_AT, bytes.size() - RecordBatch.OVERHEAD)
                .putInt(RecordBatch.LEADER_EPOCH_AT, leaderEpoch)
                .put(RecordBatch.MAGIC_AT, RecordBatch.MAGIC)
                .putShort(RecordBatch.ATTRIBUTES_AT, (short) (attributes | compressionId))
                .putInt(
                        RecordBatch.LAST_OFFSET_DELTA_AT,
                        Math.toIntExact(Math.max(lastOffset, nextOffset - 1) - baseOffset))
                .putLong(RecordBatch.BASE_TIMESTAMP_AT, baseTimestamp)
                .putLong(RecordBatch.MAX_TIMESTAMP_AT, maxTimestamp)
                .putLong(RecordBatch.PRODUCER_ID_AT, producerId)
                .putShort(RecordBatch.PRODUCER_EPOCH_AT, producerEpoch)
                .putInt(RecordBatch.BASE_SEQUENCE_AT, baseSequence)
                .putInt(RecordBatch.COUNT_AT, count);
        RecordBatch.setCrc(batch, 0);
        return batch;
    }
}
