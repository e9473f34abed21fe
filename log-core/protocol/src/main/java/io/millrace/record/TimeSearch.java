package io.millrace.record;

import io.millrace.protocol.MalformedFrame;
import java.nio.ByteBuffer;

/// Finds the first record of a batch that is not older than a time, in records that come in pieces
/// of any size: of each record it needs the first bytes, and keeps nothing, however large the batch
/// becomes when it is decompressed. Damage throws `MalformedFrame`.
///
/// A record: `length | attributes 1 | timestampDelta | offsetDelta | …`, all but the attributes as
/// varints; `length` counts what stands behind it.
public final class TimeSearch {
    private static final int MAX_INT_BYTES = 5;
    private static final int MAX_LONG_BYTES = 10;

    private enum Field {
        LENGTH,
        ATTRIBUTES,
        TIME,
        OFFSET,
        REST
    }

    private final long baseOffset;
    private final long baseTimestamp;
    private final boolean hasAppendTime;
    private final long wantedMs;
    private final long fromOffset;

    private Field field = Field.LENGTH;
    private long varint;
    private int varintBytes;
    private long left;
    private long timestampMs;
    private long offset;
    private boolean isFound;

    /// @param header of the batch
    /// @param fromOffset records below it do not count
    public TimeSearch(ByteBuffer header, long wantedMs, long fromOffset) {
        this.baseOffset = RecordBatch.baseOffset(header, 0);
        this.hasAppendTime = RecordBatch.timestampType(header, 0) == TimestampType.LOG_APPEND_TIME;
        this.baseTimestamp = hasAppendTime
                ? RecordBatch.maxTimestamp(header, 0)
                : RecordBatch.baseTimestamp(header, 0);
        this.wantedMs = wantedMs;
        this.fromOffset = fromOffset;
    }

    /// Goes on with the next piece, whose position stays.
    public void piece(ByteBuffer piece) {
        int at = piece.position();
        int end = piece.limit();
        while (at < end && !isFound) {
            if (field == Field.REST) {
                int skipped = (int) Math.min(left, end - at);
                at += skipped;
                left -= skipped;
                if (left == 0) {
                    field = Field.LENGTH;
                }
            } else {
                step(piece.get(at++));
            }
        }
    }

    private void step(byte next) {
        if (field != Field.LENGTH && --left < 0) {
            throw new MalformedFrame("a record is shorter than its fields");
        }
        switch (field) {
            case LENGTH -> {
                if (isWhole(next, MAX_INT_BYTES)) {
                    left = taken();
                    field = Field.ATTRIBUTES;
                    if (left <= 0) {
                        throw new MalformedFrame("a record claims " + left + " bytes");
                    }
                }
            }
            case ATTRIBUTES -> field = Field.TIME;
            case TIME -> {
                if (isWhole(next, MAX_LONG_BYTES)) {
                    long delta = taken();
                    timestampMs = baseTimestamp + (hasAppendTime ? 0 : delta);
                    field = Field.OFFSET;
                }
            }
            case OFFSET -> {
                if (isWhole(next, MAX_INT_BYTES)) {
                    offset = baseOffset + taken();
                    isFound = timestampMs >= wantedMs && offset >= fromOffset;
                    field = left == 0 ? Field.LENGTH : Field.REST;
                }
            }
            case REST -> throw new IllegalStateException("skipped elsewhere");
        }
    }

    private boolean isWhole(byte next, int maxBytes) {
        varint |= (long) (next & 0x7f) << (7 * varintBytes++);
        if (next < 0 && varintBytes == maxBytes) {
            throw new MalformedFrame("a varint does not end");
        }
        return next >= 0;
    }

    private long taken() {
        long value = (varint >>> 1) ^ -(varint & 1);
        varint = 0;
        varintBytes = 0;
        return value;
    }

    public boolean isFound() {
        return isFound;
    }

    /// Of the record that was found.
    public long offset() {
        return offset;
    }

    public long timestampMs() {
        return timestampMs;
    }
}
