package io.millrace.broker.handler;

import io.millrace.protocol.Uuid;
import java.util.List;

/// What this node knows of the metadata quorum. Any thread may call.
public interface QuorumView {
    /// @param endpoints how controllers are reached
    record Voter(int node, Uuid directory, List<Endpoint> endpoints) {
        public Voter {
            endpoints = List.copyOf(endpoints);
        }
    }

    record Endpoint(String name, String host, int port) {}

    List<Voter> voters();

    int leader();

    int leaderEpoch();

    long highWatermark();

    long endOffset();

    long nowMs();
}
