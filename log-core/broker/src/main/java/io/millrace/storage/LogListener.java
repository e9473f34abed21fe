package io.millrace.storage;

import io.millrace.protocol.ErrorCode;

/// Hears what becomes of a log's appends; called on the log's loop.
public interface LogListener {
    /// `writtenEnd` or `flushedEnd` rose; once a round, however many appends it covers.
    void advanced(PartitionLog log);

    /// Everything appended from this offset on was not written and never will be: its offsets are
    /// given again to others. When the log is still `isOnline`, the disk is full, and appends are
    /// refused until it is not.
    void dropped(PartitionLog log, long fromOffset, ErrorCode error);

    /// Appends are taken again, or never will be: the log was held for a moment to be moved.
    default void resumed(PartitionLog log) {}

    /// Records before the start were deleted by retention or request.
    default void startMoved(PartitionLog log) {}
}
