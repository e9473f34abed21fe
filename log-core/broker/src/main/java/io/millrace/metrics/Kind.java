package io.millrace.metrics;

/// What a family's figures are.
enum Kind {
    /// Only rises, until the node starts anew.
    COUNTER,
    GAUGE,
    /// Counters of what took at most so long, or was at most so large.
    HISTOGRAM
}
