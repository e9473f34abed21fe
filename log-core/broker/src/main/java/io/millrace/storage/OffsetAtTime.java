package io.millrace.storage;

/// An offset that was found by time, with the record's timestamp and the epoch of the leader that
/// appended it.
public record OffsetAtTime(long offset, long timestamp, int leaderEpoch) {
    /// There is none.
    public static final OffsetAtTime NONE = new OffsetAtTime(-1, -1, -1);
}
