package io.millrace.clients.admin;

import io.millrace.common.Uuid;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/// Who agrees on the metadata, and how far each of them is.
public record QuorumInfo(
        int leaderId,
        long leaderEpoch,
        long highWatermark,
        List<ReplicaState> voters,
        List<ReplicaState> observers,
        Map<Integer, Node> nodes) {
    public QuorumInfo {
        voters = List.copyOf(voters);
        observers = List.copyOf(observers);
        nodes = new TreeMap<>(nodes);
    }

    /// Times are milliseconds since 1970, where the leader knows them.
    public record ReplicaState(
            int replicaId,
            Uuid replicaDirectoryId,
            long logEndOffset,
            OptionalLong lastFetchTimestamp,
            OptionalLong lastCaughtUpTimestamp) {}

    /// A node of the quorum and its listeners.
    public record Node(int nodeId, List<Endpoint> endpoints) {
        public Node {
            endpoints = List.copyOf(endpoints);
        }
    }

    /// Where a listener is reached.
    public record Endpoint(String listener, String host, int port) {}
}
