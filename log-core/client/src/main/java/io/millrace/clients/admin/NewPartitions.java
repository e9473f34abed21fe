package io.millrace.clients.admin;

import java.util.List;

/// How many partitions a topic is to have, and perhaps where the new ones lie.
public record NewPartitions(int totalCount, List<List<Integer>> assignments) {
    public NewPartitions {
        assignments = List.copyOf(assignments);
    }

    public static NewPartitions increaseTo(int totalCount) {
        return new NewPartitions(totalCount, List.of());
    }

    public static NewPartitions increaseTo(int totalCount, List<List<Integer>> assignments) {
        return new NewPartitions(totalCount, assignments);
    }
}
