package io.millrace.record;

import io.millrace.protocol.MalformedFrame;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Walks over uncompressed records without allocating: `next` checks one record from end to end,
/// then the accessors say where its parts lie. Every length is checked against the record it stands
/// in. Damage throws `MalformedFrame`.
///
/// A record: `length | attributes 1 | timestampDelta | offsetDelta | keyLength | key | valueLength
/// | value | headerCount | (keyLength | key | valueLength | value) …`, the lengths and deltas as
/// varints.
final class RecordCursor {
    private ByteBuffer buffer = ByteBuffer.allocate(0);
    private int end;
    private int first;
    private int total;
    private int left;
    private int position;

    private int recordAt;
    private long timestampDelta;
    private int offsetDelta;
    private int keyAt;
    private int keySize;
    private int valueAt;
    private int valueSize;
    private int headersAt;
    private int headerCount;

    /// Begins with the first of `count` records that lie from `from` to `to`, which must be all of
    /// it.
    void begin(ByteBuffer records, int from, int to, int count) {
        buffer = records;
        first = from;
        total = count;
        position = from;
        end = to;
        left = count;
        if (count < 0) {
            throw new MalformedFrame("a batch claims " + count + " records");
        }
    }

    /// Goes back before the first record.
    void rewind() {
        position = first;
        left = total;
    }

    /// Goes to the next record; false after the last.
    boolean next() {
        if (left == 0) {
            return false;
        }
        left--;
        recordAt = position;
        int length = varint();
        if (length < 0 || length > end - position) {
            throw new MalformedFrame("a record claims " + length + " bytes of " + (end - position));
        }
        int batchEnd = end;
        end = position + length;
        parse();
        if (position != end) {
            throw new MalformedFrame("a record is shorter than it claims");
        }
        end = batchEnd;
        if (left == 0 && position != end) {
            throw new MalformedFrame("bytes are left behind the last record");
        }
        return true;
    }

    private void parse() {
        skip(1);
        timestampDelta = varlong();
        offsetDelta = varint();
        keySize = varint();
        keyAt = position;
        skip(keySize);
        valueSize = varint();
        valueAt = position;
        skip(valueSize);
        headerCount = varint();
        if (headerCount < 0 || headerCount > end - position) {
            throw new MalformedFrame("a record claims " + headerCount + " headers");
        }
        headersAt = position;
        for (int i = 0; i < headerCount; i++) {
            int size = varint();
            if (size < 0) {
                throw new MalformedFrame("a header has no key");
            }
            skip(size);
            skip(varint());
        }
    }

    /// Where the record begins, its length included, and where it ends.
    int recordAt() {
        return recordAt;
    }

    int recordEnd() {
        return position;
    }

    long timestampDelta() {
        return timestampDelta;
    }

    int offsetDelta() {
        return offsetDelta;
    }

    boolean hasKey() {
        return keySize >= 0;
    }

    boolean hasValue() {
        return valueSize >= 0;
    }

    int keySize() {
        return Math.max(0, keySize);
    }

    int valueSize() {
        return Math.max(0, valueSize);
    }

    int headerCount() {
        return headerCount;
    }

    @Nullable
    ByteBuffer key() {
        return keySize < 0 ? null : buffer.slice(keyAt, keySize);
    }

    @Nullable
    ByteBuffer value() {
        return valueSize < 0 ? null : buffer.slice(valueAt, valueSize);
    }

    int keyAt() {
        return keyAt;
    }

    int valueAt() {
        return valueAt;
    }

    /// Where the headers stand in the record, behind their count.
    int headersAt() {
        return headersAt;
    }

    int headerBytes() {
        return position - headersAt;
    }

    ByteBuffer buffer() {
        return buffer;
    }

    List<RecordHeader> headers() {
        if (headerCount == 0) {
            return RecordHeader.NONE;
        }
        List<RecordHeader> headers = new ArrayList<>(headerCount);
        int after = position;
        position = headersAt;
        for (int i = 0; i < headerCount; i++) {
            byte[] key = bytes(varint());
            int size = varint();
            byte[] value = size < 0 ? null : bytes(size);
            headers.add(new LogRecord.Header(new String(key, StandardCharsets.UTF_8), value));
        }
        position = after;
        return headers;
    }

    private byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        buffer.get(position, bytes);
        position += size;
        return bytes;
    }

    private void skip(int size) {
        if (size > end - position) {
            throw new MalformedFrame("a field claims " + size + " bytes of " + (end - position));
        }
        position += Math.max(0, size);
    }

    private int varint() {
        if (position < end) {
            byte first = buffer.get(position);
            if (first >= 0) {
                position++;
                return (first >>> 1) ^ -(first & 1);
            }
        }
        int value = (int) longVarint(5);
        return (value >>> 1) ^ -(value & 1);
    }

    private long varlong() {
        long value = longVarint(10);
        return (value >>> 1) ^ -(value & 1);
    }

    private long longVarint(int maxBytes) {
        long value = 0;
        int most = Math.min(maxBytes, end - position);
        for (int i = 0; i < most; i++) {
            byte next = buffer.get(position++);
            value |= (long) (next & 0x7f) << (7 * i);
            if (next >= 0) {
                return value;
            }
        }
        throw new MalformedFrame("a varint does not end");
    }
}
