package io.millrace.host;

import java.util.Optional;

/// How a machine's records stand in its log.
///
/// @param <R> records of the machine
public interface RecordCodec<R> {
    /// The record as it is written; empty for a soft one, which is applied but not written.
    Optional<JournalRecord> encode(R record, long nowMs);

    /// What stands in the log, as the machine applies it; empty for what this release does not know
    /// and may skip (records of another program, or of a newer one).
    ///
    /// @throws io.millrace.protocol.CorruptLog if it is damaged
    Optional<R> decode(JournalRecord record);
}
