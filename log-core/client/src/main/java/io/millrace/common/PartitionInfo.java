package io.millrace.common;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What the metadata says of a partition.
public class PartitionInfo {
    private final String topic;
    private final int partition;
    private final @Nullable Node leader;
    private final Node[] replicas;
    private final Node[] inSyncReplicas;
    private final Node[] offlineReplicas;

    public PartitionInfo(
            String topic,
            int partition,
            @Nullable Node leader,
            Node[] replicas,
            Node[] inSyncReplicas,
            Node[] offlineReplicas) {
        this.topic = topic;
        this.partition = partition;
        this.leader = leader;
        this.replicas = replicas.clone();
        this.inSyncReplicas = inSyncReplicas.clone();
        this.offlineReplicas = offlineReplicas.clone();
    }

    public PartitionInfo(
            String topic, int partition, @Nullable Node leader, Node[] replicas, Node[] inSync) {
        this(topic, partition, leader, replicas, inSync, new Node[0]);
    }

    public String topic() {
        return topic;
    }

    public int partition() {
        return partition;
    }

    /// Null while there is none.
    public @Nullable Node leader() {
        return leader;
    }

    public Node[] replicas() {
        return replicas.clone();
    }

    public Node[] inSyncReplicas() {
        return inSyncReplicas.clone();
    }

    public Node[] offlineReplicas() {
        return offlineReplicas.clone();
    }

    @Override
    public int hashCode() {
        return 31 * topic.hashCode() + partition;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PartitionInfo that
                && topic.equals(that.topic)
                && partition == that.partition
                && java.util.Objects.equals(leader, that.leader)
                && Arrays.equals(replicas, that.replicas)
                && Arrays.equals(inSyncReplicas, that.inSyncReplicas)
                && Arrays.equals(offlineReplicas, that.offlineReplicas);
    }

    @Override
    public String toString() {
        return "Partition(topic = " + topic + ", partition = " + partition + ", leader = "
                + (leader == null ? "none" : leader.idString()) + ", replicas = "
                + ids(replicas) + ", isr = " + ids(inSyncReplicas) + ", offlineReplicas = "
                + ids(offlineReplicas) + ")";
    }

    private static String ids(Node[] nodes) {
        return Arrays.stream(nodes).map(Node::idString).toList().toString();
    }
}
