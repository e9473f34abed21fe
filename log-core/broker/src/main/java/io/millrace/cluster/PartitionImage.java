package io.millrace.cluster;

import io.millrace.protocol.PartitionChangeRecord;
import io.millrace.protocol.PartitionRecord;
import io.millrace.protocol.Uuid;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One partition: who has it, who leads it.
///
/// @param state as the metadata log would tell it afresh, with a directory for each replica
public record PartitionImage(PartitionRecord state) {
    public static final int NO_LEADER = -1;
    static final int NO_LEADER_CHANGE = -2;

    /// Stands for a directory that the replica's node has not chosen or told yet.
    public static final Uuid UNASSIGNED = new Uuid(0, 1);

    /// Stands for a directory on a node that does not tell directories.
    private static final Uuid MIGRATING = Uuid.ZERO;

    public PartitionImage {
        state = state.withDirectories(
                directories(state.directories(), state.replicas(), MIGRATING));
    }

    public int partition() {
        return state.partitionId();
    }

    public int leader() {
        return state.leader();
    }

    public boolean hasLeader() {
        return state.leader() >= 0;
    }

    /// Rises with each election.
    public int leaderEpoch() {
        return state.leaderEpoch();
    }

    /// Rises with each change.
    public int partitionEpoch() {
        return state.partitionEpoch();
    }

    public List<Integer> replicas() {
        return state.replicas();
    }

    public List<Integer> isr() {
        return state.isr();
    }

    public List<Integer> eligibleLeaderReplicas() {
        List<Integer> eligible = state.eligibleLeaderReplicas();
        return eligible == null ? List.of() : eligible;
    }

    public List<Integer> lastKnownElr() {
        List<Integer> last = state.lastKnownElr();
        return last == null ? List.of() : last;
    }

    /// The directory of a node's replica; `UNASSIGNED` when the node has none.
    public Uuid directoryOf(int node) {
        int index = replicas().indexOf(node);
        return index < 0 ? UNASSIGNED : state.directories().get(index);
    }

    /// This partition after a change; what the change does not name stays.
    PartitionImage changed(PartitionChangeRecord change) {
        boolean elected = change.leader() != NO_LEADER_CHANGE;
        List<Integer> replicas = orElse(change.replicas(), state.replicas());
        List<Uuid> directories =
                replicas.equals(state.replicas()) ? state.directories() : List.of();
        PartitionRecord next = state.withReplicas(replicas)
                .withDirectories(
                        change.directories() == null
                                ? directories(directories, replicas, UNASSIGNED)
                                : change.directories())
                .withIsr(orElse(change.isr(), state.isr()))
                .withRemovingReplicas(orElse(change.removingReplicas(), state.removingReplicas()))
                .withAddingReplicas(orElse(change.addingReplicas(), state.addingReplicas()))
                .withEligibleLeaderReplicas(
                        elr(change.eligibleLeaderReplicas(), state.eligibleLeaderReplicas()))
                .withLastKnownElr(elr(change.lastKnownElr(), state.lastKnownElr()))
                .withPartitionEpoch(state.partitionEpoch() + 1);
        if (elected) {
            next = next.withLeader(change.leader()).withLeaderEpoch(state.leaderEpoch() + 1);
        }
        return new PartitionImage(
                change.leaderRecoveryState() < 0
                        ? next
                        : next.withLeaderRecoveryState(change.leaderRecoveryState()));
    }

    PartitionImage withoutElr() {
        return new PartitionImage(state.withEligibleLeaderReplicas(null).withLastKnownElr(null));
    }

    PartitionRecord toRecord(RecordVersions versions) {
        PartitionRecord record =
                versions.partition() >= 1 ? state : state.withDirectories(List.of());
        return versions.partition() >= 2
                ? record
                : record.withEligibleLeaderReplicas(null).withLastKnownElr(null);
    }

    /// No eligible replicas are told by null, as the log does.
    private static @Nullable List<Integer> elr(
            @Nullable List<Integer> changed, @Nullable List<Integer> present) {
        List<Integer> result = changed == null ? present : changed;
        return result == null || result.isEmpty() ? null : result;
    }

    private static List<Uuid> directories(List<Uuid> given, List<Integer> replicas, Uuid missing) {
        return given.size() == replicas.size()
                ? given
                : replicas.stream().map(_ -> missing).toList();
    }

    private static List<Integer> orElse(@Nullable List<Integer> list, List<Integer> other) {
        return list == null ? other : list;
    }
}
