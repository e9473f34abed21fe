package io.millrace.host;

import io.millrace.protocol.ErrorCode;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// The log behind one log-backed machine: a local partition, or a partition of a topic reached
/// through a client. Belongs to one loop; every method is called on it and calls back on it.
///
/// Contract, checked by `JournalContract` in the simulator kit for every implementation:
/// * `append` gives the records consecutive offsets at once, in the order of the calls; they count
///   as written but not as committed.
/// * `committed` rises only, and is reported in order; what is below it is never lost.
/// * after `lost` was called nothing else is reported, and every later `append` is refused.
public interface Journal {
    /// NONE when an append can be taken now; otherwise why not (NOT_COORDINATOR,
    /// KAFKA_STORAGE_ERROR, NOT_ENOUGH_REPLICAS, ...). Asked before anything is applied, so that
    /// nothing is ever undone.
    ErrorCode admission();

    /// The longest batch that `append` takes, in bytes as it is written.
    default int maxBatchBytes() {
        return Integer.MAX_VALUE;
    }

    /// Appends the records as one batch that is kept or lost as a whole; returns the offset of the
    /// last one. Only after `admission` said NONE, in the same task.
    long append(List<JournalRecord> records);

    /// The offset below which everything is committed (durable, and replicated as configured).
    long committed();

    /// Reads everything from the log's start to its end at the time of the call, in batches, then
    /// completes. Completes exceptionally when the log cannot be read.
    CompletionStage<Void> replay(Replay replay);

    /// Registers the one listener, before the first append.
    void listen(Listener listener);

    /// Takes what is read.
    interface Replay {
        /// The records of one batch; `baseOffset` is the offset of the first. Offsets that
        /// compaction removed are missing, so each record comes with its own.
        void record(long offset, JournalRecord record);
    }

    /// Hears what became of the appends.
    interface Listener {
        void committed(long endOffset);

        /// Leadership or the disk is lost: the machine must be dropped.
        void lost(ErrorCode reason);
    }
}
