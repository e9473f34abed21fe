package io.millrace.storage;

import io.millrace.record.ProducerStates;
import java.util.List;

/// What is on disk of a log, as found by loading, recovering or truncating it.
///
/// @param recoveryPoint everything before it is known to be durable
/// @param isStored whether indexes, epochs and producers are on disk as a clean stop leaves them
record LoadedLog(
        List<Segment> segments,
        long startOffset,
        long endOffset,
        long recoveryPoint,
        LeaderEpochs epochs,
        ProducerStates producers,
        boolean isStored) {
    LoadedLog {
        segments = List.copyOf(segments);
    }

    /// The last offsets before this one are known to be gaps, or are lost.
    LoadedLog endingAt(long end) {
        return new LoadedLog(
                segments,
                startOffset,
                Math.max(end, endOffset),
                recoveryPoint,
                epochs,
                producers,
                false);
    }
}
