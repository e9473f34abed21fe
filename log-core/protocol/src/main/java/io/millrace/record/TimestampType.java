package io.millrace.record;

/// Whose clock the timestamps of a batch come from.
public enum TimestampType {
    /// The producer's: each record has its own.
    CREATE_TIME,
    /// The broker's: one for the whole batch, which stands in its max timestamp.
    LOG_APPEND_TIME
}
