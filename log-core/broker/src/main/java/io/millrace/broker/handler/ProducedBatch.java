package io.millrace.broker.handler;

import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.Records;
import io.millrace.record.Compression;
import io.millrace.record.RecordBatch;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// What a produce request may carry for a partition: exactly one batch, of format 2. Its content is
/// the log's to check.
sealed interface ProducedBatch {
    record Found(ByteBuffer batch) implements ProducedBatch {}

    record Refused(ErrorCode error, String message) implements ProducedBatch {}

    int ZSTD_SINCE = 7;

    static ProducedBatch in(@Nullable Records records, int version) {
        if (!(records instanceof Records.InMemory(ByteBuffer bytes))) {
            return refused("A produce request must have a record batch for each partition");
        }
        int limit = bytes.limit();
        int at = bytes.position();
        int size = RecordBatch.sizeAt(bytes, at, limit);
        if (size == RecordBatch.DAMAGED) {
            return new Refused(
                    ErrorCode.CORRUPT_MESSAGE, "The length or format of a batch cannot be");
        }
        if (size == RecordBatch.INCOMPLETE) {
            return refused("A produce request must have a record batch for each partition");
        }
        if (RecordBatch.magic(bytes, at) != RecordBatch.MAGIC) {
            return refused("Only record batches of format 2 are taken");
        }
        if (version < ZSTD_SINCE && RecordBatch.compressionId(bytes, at) == Compression.ZSTD.id()) {
            return new Refused(
                    ErrorCode.UNSUPPORTED_COMPRESSION_TYPE,
                    "Produce requests below version " + ZSTD_SINCE + " cannot use zstd");
        }
        int next = RecordBatch.sizeAt(bytes, at + size, limit);
        if (next == RecordBatch.DAMAGED) {
            return new Refused(
                    ErrorCode.CORRUPT_MESSAGE, "The length or format of a batch cannot be");
        }
        return next == RecordBatch.INCOMPLETE
                ? new Found(bytes.slice(at, size))
                : refused(
                        "A produce request must have exactly one record batch for each partition");
    }

    private static Refused refused(String message) {
        return new Refused(ErrorCode.INVALID_RECORD, message);
    }
}
