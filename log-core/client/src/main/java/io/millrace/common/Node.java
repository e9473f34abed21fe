package io.millrace.common;

import org.jspecify.annotations.Nullable;

/// A server of the cluster, as clients reach it.
public record Node(int id, String host, int port, @Nullable String rack) {
    private static final Node NO_NODE = new Node(-1, "", -1);

    public Node(int id, String host, int port) {
        this(id, host, port, null);
    }

    /// Stands for "none".
    public static Node noNode() {
        return NO_NODE;
    }

    public boolean isEmpty() {
        return host.isEmpty() || port < 0;
    }

    public String idString() {
        return Integer.toString(id);
    }

    public boolean hasRack() {
        return rack != null;
    }

    @Override
    public String toString() {
        return host + ":" + port + " (id: " + id + " rack: " + rack + ")";
    }
}
