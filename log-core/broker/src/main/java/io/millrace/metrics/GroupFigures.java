package io.millrace.metrics;

import java.util.List;

/// One group at one moment.
public record GroupFigures(String id, String state, List<Position> positions) {
    public GroupFigures {
        positions = List.copyOf(positions);
    }

    /// How far it has come in one partition.
    public record Position(String topic, int partition, long offset) {}
}
