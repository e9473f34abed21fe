package io.millrace.cluster;

/// What becomes of a setting that nothing acts on.
public enum Disposition {
    /// Stored and described.
    IGNORED,
    /// Any value but the default is an error: to ignore it would do harm.
    REFUSED,
    /// As ignored, until the component that will act on it is there.
    PENDING
}
