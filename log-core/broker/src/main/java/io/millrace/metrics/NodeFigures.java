package io.millrace.metrics;

import java.util.List;

/// A whole node at about one moment.
public record NodeFigures(
        String version,
        List<LoopFigures> loops,
        List<GroupFigures> groups,
        List<DirectoryFigures> directories,
        Network network) {
    public NodeFigures {
        loops = List.copyOf(loops);
        groups = List.copyOf(groups);
        directories = List.copyOf(directories);
    }

    /// What is counted for all loops together.
    public record Network(int connections, long accepted, long refused, long waitingFetches) {}
}
