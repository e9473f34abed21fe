package io.millrace.record;

import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.MalformedFrame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Decides whether a producer's batch may be appended, with Kafka's rules, error codes and their
/// order. Belongs to one thread. The batch is only read, where it lies.
///
/// Every record of every producer's batch is looked at, as Kafka does: that is what its count, keys
/// and timestamps are checked by, and a batch that no consumer could read must not get into the
/// log. Keys, values and headers are skipped by their lengths. A compressed batch is decompressed
/// for that, into memory that is used again, but its bytes go to the log as they are. What a leader
/// has accepted is not looked into again: followers and recovery check the checksum alone.
///
/// Two things are stricter than Kafka: damage within the records is INVALID_RECORD also where Kafka
/// meets an internal error, and a batch that decompresses to more than the limit is
/// MESSAGE_TOO_LARGE, which makes a producer split it.
public final class BatchValidator implements AutoCloseable {
    /// The first version of Produce that may carry zstd.
    private static final int FIRST_VERSION_WITH_ZSTD = 7;

    /// So many records at fault are told about.
    private static final int MAX_RECORD_ERRORS = 1_000;

    private final int maxUncompressedBytes;
    private final Codecs codecs = new Codecs();
    private final RecordCursor cursor = new RecordCursor();
    private boolean isTooLong;

    public BatchValidator(int maxUncompressedBytes) {
        this.maxUncompressedBytes = maxUncompressedBytes;
    }

    /// Looks at what lies between position and limit of `records`, which must be one batch.
    ///
    /// @param produceVersion of the request that it came with
    public Verdict validate(ByteBuffer records, int produceVersion, BatchRules rules, long nowMs) {
        isTooLong = false;
        Verdict.Refused refused = format(records, produceVersion);
        if (refused == null) {
            refused = batch(records, records.position(), rules);
        }
        return refused == null ? records(records, records.position(), rules, nowMs) : refused;
    }

    /// Whether the last batch was refused since it decompresses to more than this validator may
    /// take, which says nothing about the batch to one that may take more.
    public boolean isTooLong() {
        return isTooLong;
    }

    /// What the request handler looks at, before anything else.
    private static Verdict.@Nullable Refused format(ByteBuffer buffer, int produceVersion) {
        int at = buffer.position();
        int size = RecordBatch.sizeAt(buffer, at, buffer.limit());
        if (size == RecordBatch.INCOMPLETE) {
            return invalid("There is no whole record batch.");
        }
        if (size == RecordBatch.DAMAGED) {
            return corrupt("The header of the record batch is damaged.");
        }
        byte magic = RecordBatch.magic(buffer, at);
        if (magic != RecordBatch.MAGIC) {
            return invalid("Record batches have format 2 here, not " + magic + ".");
        }
        if (produceVersion < FIRST_VERSION_WITH_ZSTD
                && RecordBatch.compressionId(buffer, at) == Compression.ZSTD.id()) {
            return Verdict.refuse(
                    ErrorCode.UNSUPPORTED_COMPRESSION_TYPE,
                    "Produce requests of version " + produceVersion + " cannot carry zstd.");
        }
        int next = RecordBatch.sizeAt(buffer, at + size, buffer.limit());
        if (next == RecordBatch.DAMAGED) {
            return corrupt("The header of a second record batch is damaged.");
        }
        return next == RecordBatch.INCOMPLETE
                ? null
                : invalid("There is more than one record batch for the partition.");
    }

    /// What can be told without looking at the records.
    private static Verdict.@Nullable Refused batch(ByteBuffer buffer, int at, BatchRules rules) {
        long baseOffset = RecordBatch.baseOffset(buffer, at);
        if (baseOffset != 0) {
            return invalid("The base offset must be 0, and is " + baseOffset + ".");
        }
        int size = RecordBatch.sizeInBytes(buffer, at);
        if (size > rules.maxBatchBytes()) {
            return Verdict.refuse(
                    ErrorCode.MESSAGE_TOO_LARGE,
                    "The batch has " + size + " bytes, and max.message.bytes is "
                            + rules.maxBatchBytes() + ".");
        }
        if (!RecordBatch.hasValidCrc(buffer, at)) {
            return corrupt("The checksum of the batch does not match.");
        }
        int count = RecordBatch.count(buffer, at);
        int lastDelta = RecordBatch.lastOffsetDelta(buffer, at);
        if (lastDelta < 0 || count <= 0 || lastDelta != count - 1) {
            return invalid(
                    "The batch claims " + count + " records, the last at " + lastDelta + ".");
        }
        if (RecordBatch.isControl(buffer, at)) {
            return invalid("Clients must not write control records.");
        }
        int sequence = RecordBatch.baseSequence(buffer, at);
        if (RecordBatch.hasProducer(buffer, at) && sequence < 0) {
            return invalid("The sequence number " + sequence
                    + " is not valid for a batch with producer id "
                    + RecordBatch.producerId(buffer, at) + ".");
        }
        int compression = RecordBatch.compressionId(buffer, at);
        return Compression.of(compression).isPresent()
                ? null
                : Verdict.refuse(
                        ErrorCode.UNSUPPORTED_COMPRESSION_TYPE,
                        "There is no compression " + compression + ".");
    }

    private Verdict records(ByteBuffer buffer, int at, BatchRules rules, long nowMs) {
        try {
            BatchReader.openRecords(cursor, codecs, buffer, at, maxUncompressedBytes);
            return walk(buffer, at, rules, nowMs);
        } catch (MalformedFrame damage) {
            isTooLong = codecs.wasTooLarge();
            return isTooLong
                    ? Verdict.refuse(
                            ErrorCode.MESSAGE_TOO_LARGE, "Too large: " + damage.getMessage())
                    : invalid("The records are damaged: " + damage.getMessage());
        }
    }

    private Verdict walk(ByteBuffer buffer, int at, BatchRules rules, long nowMs) {
        boolean isCompacted = rules.isCompacted();
        BatchRules.Timestamps allowed = rules.timestamps();
        boolean isCreateTime = allowed.type() == TimestampType.CREATE_TIME;
        boolean claimsAppendTime =
                RecordBatch.timestampType(buffer, at) == TimestampType.LOG_APPEND_TIME;
        long base = RecordBatch.baseTimestamp(buffer, at);
        long claimed = RecordBatch.maxTimestamp(buffer, at);
        long max = RecordBatch.NO_TIMESTAMP;
        boolean hasExactOffsets = true;
        int index = 0;
        for (; cursor.next(); index++) {
            long timestamp = claimsAppendTime ? claimed : base + cursor.timestampDelta();
            boolean isTimely = isCreateTime && timestamp != RecordBatch.NO_TIMESTAMP
                    ? allowed.allows(timestamp, nowMs)
                    : !claimsAppendTime;
            if (!isTimely || isCompacted && !cursor.hasKey()) {
                return atFault(buffer, at, rules, nowMs);
            }
            hasExactOffsets &= cursor.offsetDelta() == index;
            max = Math.max(max, timestamp);
        }
        int size = RecordBatch.sizeInBytes(buffer, at);
        return new Verdict.Accepted(size, isCreateTime ? max : nowMs, hasExactOffsets);
    }

    /// Walks once more, from the first record on, and collects what is wrong with each.
    private Verdict atFault(ByteBuffer buffer, int at, BatchRules rules, long nowMs) {
        cursor.rewind();
        boolean claimsAppendTime =
                RecordBatch.timestampType(buffer, at) == TimestampType.LOG_APPEND_TIME;
        long base = RecordBatch.baseTimestamp(buffer, at);
        List<Verdict.RecordError> errors = new ArrayList<>();
        boolean isTimestamp = false;
        for (int index = 0; cursor.next(); index++) {
            long timestamp = claimsAppendTime
                    ? RecordBatch.maxTimestamp(buffer, at)
                    : base + cursor.timestampDelta();
            String wrong = null;
            if (rules.isCompacted() && !cursor.hasKey()) {
                wrong = "A compacted topic takes no record without a key.";
            } else {
                wrong = timestampFault(timestamp, claimsAppendTime, rules.timestamps(), nowMs);
                isTimestamp |= wrong != null;
            }
            if (wrong != null && errors.size() < MAX_RECORD_ERRORS) {
                errors.add(new Verdict.RecordError(index, wrong));
            }
        }
        return isTimestamp
                ? new Verdict.Refused(
                        ErrorCode.INVALID_TIMESTAMP,
                        "One or more records have a timestamp that the topic does not take.",
                        errors)
                : new Verdict.Refused(
                        ErrorCode.INVALID_RECORD,
                        "One or more records have no key, which a compacted topic demands.",
                        errors);
    }

    private static @Nullable String timestampFault(
            long timestampMs, boolean claimsAppendTime, BatchRules.Timestamps allowed, long nowMs) {
        if (allowed.type() == TimestampType.CREATE_TIME
                && timestampMs != RecordBatch.NO_TIMESTAMP) {
            return allowed.allows(timestampMs, nowMs)
                    ? null
                    : "The timestamp " + timestampMs + " is out of range at " + nowMs + ": at most "
                            + allowed.beforeMaxMs() + " ms before and " + allowed.afterMaxMs()
                            + " ms after are allowed.";
        }
        return claimsAppendTime
                ? "A producer must not set the timestamp type LogAppendTime."
                : null;
    }

    private static Verdict.Refused invalid(String message) {
        return Verdict.refuse(ErrorCode.INVALID_RECORD, message);
    }

    private static Verdict.Refused corrupt(String message) {
        return Verdict.refuse(ErrorCode.CORRUPT_MESSAGE, message);
    }

    @Override
    public void close() {
        codecs.close();
    }
}
