package io.millrace.storage;

import io.millrace.protocol.ErrorCode;
import java.util.List;

/// What became of an append at the moment it was asked for. None of it is safe yet: wait until
/// `PartitionLog.safeEnd` (or the high watermark) reaches `endOffset`.
public sealed interface AppendResult {
    /// @param logAppendTimeMs the time it was stamped with, or -1 where the producer's times stand
    record Appended(long baseOffset, long endOffset, long logAppendTimeMs)
            implements AppendResult {}

    /// An idempotent producer's repetition of one of its last five batches, which may itself not be
    /// safe yet: it is answered when the original is.
    record Duplicate(long baseOffset, long endOffset, long logAppendTimeMs)
            implements AppendResult {}

    /// Nothing was appended. `records` names the ones at fault by their index in the batch, where
    /// that is known.
    record Rejected(ErrorCode error, String message, List<BadRecord> records)
            implements AppendResult {
        public Rejected {
            records = List.copyOf(records);
        }

        public Rejected(ErrorCode error, String message) {
            this(error, message, List.of());
        }
    }

    /// Nothing was appended yet: the batch decompresses to more than the loop can be held up by.
    /// Prepare it elsewhere and append it as [AppendOrigin.Prepared].
    record TooLong() implements AppendResult {}

    /// One record at fault.
    record BadRecord(int index, String message) {}
}
