package io.millrace.record;

import io.millrace.protocol.ErrorCode;
import java.util.List;

/// What becomes of the records that a producer sent for one partition.
public sealed interface Verdict {
    /// They may be appended.
    ///
    /// @param sizeInBytes of the batch; what lies behind it is the cut-off begin of another, and
    /// dropped @param maxTimestampMs of the records, for [RecordBatch#setMaxTimestamp]: producers
    /// may claim another @param hasExactOffsets whether the records count 0, 1, 2 …; else the batch
    /// must be rebuilt
    record Accepted(int sizeInBytes, long maxTimestampMs, boolean hasExactOffsets)
            implements Verdict {}

    /// Nothing of them may be appended.
    ///
    /// @param records which records are at fault; empty when the batch is, as a whole
    record Refused(ErrorCode error, String message, List<RecordError> records) implements Verdict {
        public Refused {
            records = List.copyOf(records);
        }
    }

    /// What is wrong with the record at this place of its batch.
    record RecordError(int index, String message) {}

    static Refused refuse(ErrorCode error, String message) {
        return new Refused(error, message, List.of());
    }
}
