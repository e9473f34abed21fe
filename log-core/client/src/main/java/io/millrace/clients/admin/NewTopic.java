package io.millrace.clients.admin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A topic to be made. A count of -1 asks for the cluster's default.
public record NewTopic(
        String name,
        int numPartitions,
        short replicationFactor,
        Map<Integer, List<Integer>> replicasAssignments,
        Map<String, String> configs) {
    public NewTopic {
        replicasAssignments = new TreeMap<>(replicasAssignments);
        configs = new LinkedHashMap<>(configs);
    }

    public NewTopic(String name, int numPartitions, short replicationFactor) {
        this(name, numPartitions, replicationFactor, Map.of(), Map.of());
    }

    public NewTopic(
            String name, Optional<Integer> numPartitions, Optional<Short> replicationFactor) {
        this(name, numPartitions.orElse(-1), replicationFactor.orElse((short) -1));
    }

    /// With the brokers that hold each partition.
    public NewTopic(String name, Map<Integer, List<Integer>> replicasAssignments) {
        this(name, -1, (short) -1, replicasAssignments, Map.of());
    }

    /// The same topic with these settings.
    public NewTopic configs(Map<String, String> changed) {
        return new NewTopic(name, numPartitions, replicationFactor, replicasAssignments, changed);
    }
}
