package io.millrace.metrics;

/// One partition at one moment.
public record PartitionFigures(
        String topic, int partition, Offsets offsets, long sizeBytes, Traffic traffic) {
    /// Where its log begins and ends.
    public record Offsets(long start, long end, long flushed, long highWatermark) {}

    /// What went through it since it is led here.
    ///
    /// @param waiting appends that are not acknowledged yet
    public record Traffic(long bytesIn, long recordsIn, long bytesOut, int waiting) {}
}
