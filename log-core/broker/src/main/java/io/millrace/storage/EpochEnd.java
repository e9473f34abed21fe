package io.millrace.storage;

/// The largest epoch not above the one that was asked for, and the offset where it ends: where the
/// next one begins, or the log's end.
public record EpochEnd(int epoch, long endOffset) {
    /// The log knows no such epoch.
    public static final EpochEnd UNKNOWN = new EpochEnd(-1, -1);
}
