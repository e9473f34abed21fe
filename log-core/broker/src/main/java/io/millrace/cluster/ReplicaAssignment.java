package io.millrace.cluster;

import static io.millrace.protocol.ErrorCode.INVALID_REPLICA_ASSIGNMENT;

import io.millrace.protocol.PartitionRecord;
import io.millrace.protocol.Uuid;
import java.util.ArrayList;
import java.util.List;

/// New partitions whose replicas are known.
final class ReplicaAssignment {
    private static final int ANY = -1;

    private final ClusterImage image;
    private final Placement placement;

    ReplicaAssignment(ClusterImage image, Placement placement) {
        this.image = image;
        this.placement = placement;
    }

    /// Whether a person's choice of replicas can be followed.
    ///
    /// @param replicationFactor of the partitions before, or -1
    Problem check(int partition, List<Integer> replicas, int replicationFactor) {
        if (replicas.isEmpty()) {
            return bad("The assignment of partition " + partition + " names no node.");
        }
        List<Integer> sorted = replicas.stream().sorted().toList();
        for (int i = 0; i < sorted.size(); i++) {
            if (!image.brokers().contains(sorted.get(i))) {
                return bad("The assignment of partition " + partition + " names node "
                        + sorted.get(i) + ", which is not registered.");
            }
            if (i > 0 && sorted.get(i).equals(sorted.get(i - 1))) {
                return bad("The assignment of partition " + partition + " names node "
                        + sorted.get(i) + " twice.");
            }
        }
        if (replicationFactor != ANY && replicas.size() != replicationFactor) {
            return bad("The assignment of partition " + partition + " has " + replicas.size()
                    + " replicas, and the partitions before have " + replicationFactor + ".");
        }
        if (replicas.stream().noneMatch(placement::isActive)) {
            return bad("None of the nodes assigned to partition " + partition + " is ready.");
        }
        return Problem.NONE;
    }

    /// The first record of a partition: the first active replica leads.
    PartitionRecord record(Uuid topic, int partition, List<Integer> replicas) {
        List<Integer> inSync = replicas.stream().filter(placement::isActive).toList();
        List<Uuid> directories = new ArrayList<>();
        replicas.forEach(node -> directories.add(placement.directory(node)));
        PartitionRecord record = PartitionRecord.DEFAULT
                .withPartitionId(partition)
                .withTopicId(topic)
                .withReplicas(replicas)
                .withIsr(inSync)
                .withLeader(inSync.getFirst())
                .withLeaderEpoch(0)
                .withPartitionEpoch(0)
                .withDirectories(directories);
        return new PartitionImage(record).toRecord(image.recordVersions());
    }

    static Problem bad(String message) {
        return new Problem(INVALID_REPLICA_ASSIGNMENT, message);
    }
}
