package io.millrace.metrics;

import java.util.List;

/// What one loop has to tell: copied on the loop, read elsewhere.
public record LoopFigures(
        RequestCounters requests,
        List<PartitionFigures> partitions,
        long requestMemory,
        long requestMemoryLimit,
        int fetchSessions) {
    public LoopFigures {
        partitions = List.copyOf(partitions);
    }
}
