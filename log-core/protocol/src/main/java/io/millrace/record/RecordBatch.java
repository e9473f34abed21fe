package io.millrace.record;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// One record batch of format 2, where it lies: `buffer` holds it (in big-endian order), `at` is
/// its first byte. Nothing is allocated or moved; the caller has made sure that the batch is whole
/// ([#sizeAt]).
///
/// ```
/// baseOffset 8 | length 4 | leaderEpoch 4 | magic 1 | crc 4 | attributes 2 | lastOffsetDelta 4
/// | baseTimestamp 8 | maxTimestamp 8 | producerId 8 | producerEpoch 2 | baseSequence 4 | count 4
/// | records
/// ```
/// The checksum covers everything from the attributes on. So base offset and leader epoch, which
/// the broker assigns, change without touching the rest.
public final class RecordBatch {
    public static final int HEADER_BYTES = 61;
    /// What stands before the part that `length` counts.
    public static final int OVERHEAD = 12;
    public static final byte MAGIC = 2;
    public static final long NO_PRODUCER = -1;
    public static final short NO_EPOCH = -1;
    public static final int NO_SEQUENCE = -1;
    public static final int NO_LEADER_EPOCH = -1;
    public static final long NO_TIMESTAMP = -1;

    /// Answers of [#sizeAt] that are no size.
    public static final int INCOMPLETE = 0;

    public static final int DAMAGED = -1;

    static final int LENGTH_AT = 8;
    static final int LEADER_EPOCH_AT = 12;
    static final int MAGIC_AT = 16;
    static final int CRC_AT = 17;
    static final int ATTRIBUTES_AT = 21;
    static final int LAST_OFFSET_DELTA_AT = 23;
    static final int BASE_TIMESTAMP_AT = 27;
    static final int MAX_TIMESTAMP_AT = 35;
    static final int PRODUCER_ID_AT = 43;
    static final int PRODUCER_EPOCH_AT = 51;
    static final int BASE_SEQUENCE_AT = 53;
    static final int COUNT_AT = 57;

    static final int COMPRESSION_MASK = 0x07;
    static final int LOG_APPEND_TIME = 0x08;
    static final int TRANSACTIONAL = 0x10;
    static final int CONTROL = 0x20;
    static final int DELETE_HORIZON = 0x40;

    /// The smallest message of the oldest format: below it, a length is nonsense in any format.
    private static final int SMALLEST_LENGTH = 14;

    private RecordBatch() {}

    /// Size of the batch that begins at `at`, whatever its format; INCOMPLETE when it does not end
    /// before `limit`, DAMAGED when its length or magic cannot be.
    public static int sizeAt(ByteBuffer buffer, int at, int limit) {
        int available = limit - at;
        if (available < OVERHEAD) {
            return INCOMPLETE;
        }
        int length = buffer.getInt(at + LENGTH_AT);
        if (length < SMALLEST_LENGTH || length > Integer.MAX_VALUE - OVERHEAD) {
            return DAMAGED;
        }
        if (available <= MAGIC_AT) {
            return INCOMPLETE;
        }
        byte magic = magic(buffer, at);
        if (magic < 0 || magic > MAGIC || magic == MAGIC && length < HEADER_BYTES - OVERHEAD) {
            return DAMAGED;
        }
        return length + OVERHEAD <= available ? length + OVERHEAD : INCOMPLETE;
    }

    public static long baseOffset(ByteBuffer buffer, int at) {
        return buffer.getLong(at);
    }

    public static int sizeInBytes(ByteBuffer buffer, int at) {
        return buffer.getInt(at + LENGTH_AT) + OVERHEAD;
    }

    public static int leaderEpoch(ByteBuffer buffer, int at) {
        return buffer.getInt(at + LEADER_EPOCH_AT);
    }

    public static byte magic(ByteBuffer buffer, int at) {
        return buffer.get(at + MAGIC_AT);
    }

    /// The checksum that stands in the header.
    public static int crc(ByteBuffer buffer, int at) {
        return buffer.getInt(at + CRC_AT);
    }

    /// The checksum that the content has.
    public static int computeCrc(ByteBuffer buffer, int at) {
        ByteBuffer covered = buffer.duplicate();
        covered.limit(at + sizeInBytes(buffer, at)).position(at + ATTRIBUTES_AT);
        CRC32C crc = new CRC32C();
        crc.update(covered);
        return (int) crc.getValue();
    }

    public static boolean hasValidCrc(ByteBuffer buffer, int at) {
        return crc(buffer, at) == computeCrc(buffer, at);
    }

    public static int attributes(ByteBuffer buffer, int at) {
        return buffer.getShort(at + ATTRIBUTES_AT);
    }

    /// The number of the compression, which need not be one that is known ([Compression#of]).
    public static int compressionId(ByteBuffer buffer, int at) {
        return attributes(buffer, at) & COMPRESSION_MASK;
    }

    public static TimestampType timestampType(ByteBuffer buffer, int at) {
        return has(buffer, at, LOG_APPEND_TIME)
                ? TimestampType.LOG_APPEND_TIME
                : TimestampType.CREATE_TIME;
    }

    public static boolean isTransactional(ByteBuffer buffer, int at) {
        return has(buffer, at, TRANSACTIONAL);
    }

    public static boolean isControl(ByteBuffer buffer, int at) {
        return has(buffer, at, CONTROL);
    }

    /// Whether compaction has set the time at which tombstones of this batch may go; it then stands
    /// where the base timestamp stood.
    public static boolean hasDeleteHorizon(ByteBuffer buffer, int at) {
        return has(buffer, at, DELETE_HORIZON);
    }

    private static boolean has(ByteBuffer buffer, int at, int flag) {
        return (attributes(buffer, at) & flag) != 0;
    }

    public static int lastOffsetDelta(ByteBuffer buffer, int at) {
        return buffer.getInt(at + LAST_OFFSET_DELTA_AT);
    }

    public static long lastOffset(ByteBuffer buffer, int at) {
        return baseOffset(buffer, at) + lastOffsetDelta(buffer, at);
    }

    public static long nextOffset(ByteBuffer buffer, int at) {
        return lastOffset(buffer, at) + 1;
    }

    /// The timestamp that the records' deltas count from; the delete horizon where there is one.
    public static long baseTimestamp(ByteBuffer buffer, int at) {
        return buffer.getLong(at + BASE_TIMESTAMP_AT);
    }

    public static long maxTimestamp(ByteBuffer buffer, int at) {
        return buffer.getLong(at + MAX_TIMESTAMP_AT);
    }

    public static long producerId(ByteBuffer buffer, int at) {
        return buffer.getLong(at + PRODUCER_ID_AT);
    }

    public static boolean hasProducer(ByteBuffer buffer, int at) {
        return producerId(buffer, at) > NO_PRODUCER;
    }

    public static short producerEpoch(ByteBuffer buffer, int at) {
        return buffer.getShort(at + PRODUCER_EPOCH_AT);
    }

    public static int baseSequence(ByteBuffer buffer, int at) {
        return buffer.getInt(at + BASE_SEQUENCE_AT);
    }

    public static int lastSequence(ByteBuffer buffer, int at) {
        int base = baseSequence(buffer, at);
        return base == NO_SEQUENCE ? NO_SEQUENCE : addToSequence(base, lastOffsetDelta(buffer, at));
    }

    public static int count(ByteBuffer buffer, int at) {
        return buffer.getInt(at + COUNT_AT);
    }

    /// Sequences go from 0 to the largest int and start over.
    public static int addToSequence(int sequence, int more) {
        return sequence > Integer.MAX_VALUE - more
                ? more - (Integer.MAX_VALUE - sequence) - 1
                : sequence + more;
    }

    public static void setBaseOffset(ByteBuffer buffer, int at, long offset) {
        buffer.putLong(at, offset);
    }

    public static void setLeaderEpoch(ByteBuffer buffer, int at, int epoch) {
        buffer.putInt(at + LEADER_EPOCH_AT, epoch);
    }

    /// Sets whose timestamps these are and the largest; the checksum is computed anew only when
    /// that changes something.
    public static void setMaxTimestamp(
            ByteBuffer buffer, int at, TimestampType type, long timestampMs) {
        if (timestampType(buffer, at) == type && maxTimestamp(buffer, at) == timestampMs) {
            return;
        }
        int others = attributes(buffer, at) & ~LOG_APPEND_TIME;
        int attributes = type == TimestampType.LOG_APPEND_TIME ? others | LOG_APPEND_TIME : others;
        buffer.putShort(at + ATTRIBUTES_AT, (short) attributes);
        buffer.putLong(at + MAX_TIMESTAMP_AT, timestampMs);
        setCrc(buffer, at);
    }

    /// Makes the stored checksum that of the content.
    public static void setCrc(ByteBuffer buffer, int at) {
        buffer.putInt(at + CRC_AT, computeCrc(buffer, at));
    }
}
