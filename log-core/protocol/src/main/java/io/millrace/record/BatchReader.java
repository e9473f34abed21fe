package io.millrace.record;

import io.millrace.protocol.MalformedFrame;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads batches and their records from a buffer that holds any number of them one after the other:
/// an answer to a fetch, a piece of a segment. Belongs to one thread and is used again and again;
/// the records are walked over in place, and nothing is allocated for one.
///
/// ```java
/// reader.begin(buffer);
/// while (reader.nextBatch()) {
///     while (reader.nextRecord()) { … reader.offset(), reader.value() … }
/// }
/// ```
/// Bytes that are not what they claim throw `MalformedFrame`; whoever reads a disk makes a
/// `CorruptLog` of it. A batch that does not end within the buffer ends the walk: a fetch may cut
/// the last one off. Slices of a compressed batch are valid until the next batch is read.
public final class BatchReader implements AutoCloseable {
    private final int maxUncompressedBytes;
    private final Codecs codecs = new Codecs();
    private final RecordCursor cursor = new RecordCursor();

    private ByteBuffer buffer = ByteBuffer.allocate(0);
    private int batchAt;
    private int batchSize;
    private long baseOffset;
    private long baseTimestamp;
    private boolean hasAppendTime;
    private boolean isOpen;

    /// @param maxUncompressedBytes a compressed batch that turns out to be larger is refused
    public BatchReader(int maxUncompressedBytes) {
        this.maxUncompressedBytes = maxUncompressedBytes;
    }

    /// Starts over at the position of `batches`; ends at its limit. Neither moves.
    public void begin(ByteBuffer batches) {
        buffer = batches.duplicate();
        batchAt = batches.position();
        batchSize = 0;
        isOpen = false;
    }

    /// Goes to the next batch, whether or not the records of this one were read; false at the end.
    public boolean nextBatch() {
        batchAt += batchSize;
        batchSize = 0;
        isOpen = false;
        int size = RecordBatch.sizeAt(buffer, batchAt, buffer.limit());
        if (size == RecordBatch.INCOMPLETE) {
            return false;
        }
        if (size == RecordBatch.DAMAGED
                || RecordBatch.magic(buffer, batchAt) != RecordBatch.MAGIC) {
            throw new MalformedFrame("no record batch of format 2 at byte " + batchAt);
        }
        batchSize = size;
        return true;
    }

    /// The batch for [RecordBatch]: it lies in [#buffer] from here on.
    public int batchAt() {
        return batchAt;
    }

    public ByteBuffer buffer() {
        return buffer;
    }

    /// Throws unless the checksum of the batch matches.
    public void checkCrc() {
        if (!RecordBatch.hasValidCrc(buffer, batchAt)) {
            throw new MalformedFrame("the batch at offset "
                    + RecordBatch.baseOffset(buffer, batchAt) + " does not match its checksum");
        }
    }

    /// Goes to the next record of the batch, which the first call decompresses; false after the
    /// last.
    public boolean nextRecord() {
        if (!isOpen) {
            open();
        }
        return cursor.next();
    }

    private void open() {
        isOpen = true;
        baseOffset = RecordBatch.baseOffset(buffer, batchAt);
        baseTimestamp = RecordBatch.baseTimestamp(buffer, batchAt);
        hasAppendTime = RecordBatch.timestampType(buffer, batchAt) == TimestampType.LOG_APPEND_TIME;
        openRecords(cursor, codecs, buffer, batchAt, maxUncompressedBytes);
    }

    /// Sets a cursor before the first record of a batch.
    static void openRecords(
            RecordCursor cursor, Codecs codecs, ByteBuffer buffer, int at, int maxBytes) {
        int from = at + RecordBatch.HEADER_BYTES;
        int to = at + RecordBatch.sizeInBytes(buffer, at);
        int count = RecordBatch.count(buffer, at);
        int id = RecordBatch.compressionId(buffer, at);
        if (id == Compression.NONE.id()) {
            cursor.begin(buffer, from, to, count);
            return;
        }
        Compression compression = Compression.of(id)
                .orElseThrow(() -> new MalformedFrame("there is no compression " + id));
        ByteBuffer records =
                codecs.decompress(compression, buffer.slice(from, to - from), maxBytes);
        cursor.begin(records, 0, records.limit(), count);
    }

    public long offset() {
        return baseOffset + cursor.offsetDelta();
    }

    public long timestampMs() {
        return hasAppendTime
                ? RecordBatch.maxTimestamp(buffer, batchAt)
                : baseTimestamp + cursor.timestampDelta();
    }

    /// Where the record stands among all of its producer; NO_SEQUENCE without one.
    public int sequence() {
        int base = RecordBatch.baseSequence(buffer, batchAt);
        return base < 0 ? base : RecordBatch.addToSequence(base, cursor.offsetDelta());
    }

    public boolean hasKey() {
        return cursor.hasKey();
    }

    public boolean hasValue() {
        return cursor.hasValue();
    }

    public int keySize() {
        return cursor.keySize();
    }

    public int valueSize() {
        return cursor.valueSize();
    }

    public int headerCount() {
        return cursor.headerCount();
    }

    public @Nullable ByteBuffer key() {
        return cursor.key();
    }

    public @Nullable ByteBuffer value() {
        return cursor.value();
    }

    public List<RecordHeader> headers() {
        return cursor.headers();
    }

    /// The record as an object.
    public LogRecord record() {
        return new LogRecord(offset(), timestampMs(), key(), value(), headers());
    }

    RecordCursor cursor() {
        return cursor;
    }

    @Override
    public void close() {
        codecs.close();
    }
}
