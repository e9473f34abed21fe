package io.millrace.broker.request;

import io.millrace.cluster.ClusterImage;

/// What this node knows of the cluster. On any loop; each call may show a later state, so a handler
/// asks once and works with what it got.
public interface ClusterView {
    /// The newest image whose changes are committed.
    ClusterImage image();

    /// The offset in the metadata log of the last record that the image shows.
    long imageOffset();

    String clusterId();

    int nodeId();
}
