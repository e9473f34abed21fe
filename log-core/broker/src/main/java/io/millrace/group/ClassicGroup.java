package io.millrace.group;

import io.millrace.cluster.SortedTree;
import io.millrace.protocol.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A group whose members assign their partitions themselves: one of them, the leader, does it for
/// all. Also a group without members that only holds offsets ("simple": it has no protocol type).
///
/// @param pending member ids that were given out and have not been used yet, with their session
/// timeouts @param sinceMs when the group was stored last, which is when an empty one became empty;
/// -1 when unknown
public record ClassicGroup(
        String id,
        int generation,
        @Nullable String protocolType,
        @Nullable String protocolName,
        @Nullable String leader,
        SortedTree<String, ClassicMember> members,
        SortedTree<String, Integer> pending,
        ClassicPhase phase,
        long sinceMs)
        implements Group {
    static final String CONSUMER_PROTOCOL = "consumer";

    static ClassicGroup empty(String id) {
        return new ClassicGroup(
                id,
                0,
                null,
                null,
                null,
                SortedTree.empty(),
                SortedTree.empty(),
                new ClassicPhase.Empty(),
                -1);
    }

    @Override
    public boolean isEmpty() {
        return phase instanceof ClassicPhase.Empty;
    }

    @Override
    public String stateName() {
        return phase.stateName();
    }

    boolean isSimple() {
        return protocolType == null && isEmpty() && pending.isEmpty();
    }

    boolean isLeader(String memberId) {
        return memberId.equals(leader);
    }

    boolean usesConsumerProtocol() {
        return CONSUMER_PROTOCOL.equals(protocolType);
    }

    List<ClassicMember> all() {
        List<ClassicMember> all = new ArrayList<>(members.size());
        members.forEach(entry -> all.add(entry.value()));
        return all;
    }

    /// Null when no static member has this instance id.
    @Nullable
    ClassicMember staticMember(String instanceId) {
        for (SortedTree.Entry<String, ClassicMember> entry : members) {
            if (instanceId.equals(entry.value().instanceId())) {
                return entry.value();
            }
        }
        return null;
    }

    /// Whether the ids name a member, as Kafka checks them: the instance id first.
    ErrorCode validate(String memberId, @Nullable String instanceId) {
        if (instanceId != null) {
            ClassicMember member = staticMember(instanceId);
            if (member == null) {
                return ErrorCode.UNKNOWN_MEMBER_ID;
            }
            if (!member.id().equals(memberId)) {
                return ErrorCode.FENCED_INSTANCE_ID;
            }
        }
        return members.contains(memberId) ? ErrorCode.NONE : ErrorCode.UNKNOWN_MEMBER_ID;
    }

    /// Whether a member that speaks these can join: one protocol at least is spoken by all.
    boolean supports(String type, List<ClassicMember.Protocol> protocols) {
        if (isEmpty()) {
            return !type.isEmpty() && !protocols.isEmpty();
        }
        return type.equals(protocolType)
                && protocols.stream().anyMatch(one -> spokenByAll(one.name()));
    }

    private boolean spokenByAll(String protocol) {
        for (SortedTree.Entry<String, ClassicMember> entry : members) {
            if (!entry.value().supports(protocol)) {
                return false;
            }
        }
        return true;
    }

    /// Each member votes for the first of its protocols that all speak; most votes win, and of
    /// equals the one that the first members prefer.
    String selectProtocol() {
        Map<String, Integer> votes = new TreeMap<>();
        List<String> order = new ArrayList<>();
        for (ClassicMember member : all()) {
            for (ClassicMember.Protocol protocol : member.protocols()) {
                if (spokenByAll(protocol.name())) {
                    votes.merge(protocol.name(), 1, Integer::sum);
                    order.add(protocol.name());
                    break;
                }
            }
        }
        String best = "";
        for (String protocol : order) {
            if (best.isEmpty() || votes.getOrDefault(protocol, 0) > votes.getOrDefault(best, 0)) {
                best = protocol;
            }
        }
        return best;
    }

    /// The longest of its members'.
    int rebalanceTimeoutMs() {
        int longest = 0;
        for (SortedTree.Entry<String, ClassicMember> entry : members) {
            longest = Math.max(longest, entry.value().rebalanceTimeoutMs());
        }
        return longest;
    }

    int awaitingJoin() {
        int count = 0;
        for (SortedTree.Entry<String, ClassicMember> entry : members) {
            count += entry.value().awaitsJoin() ? 1 : 0;
        }
        return count;
    }

    boolean allJoined() {
        return pending.isEmpty() && awaitingJoin() == members.size();
    }

    boolean allSynced() {
        for (SortedTree.Entry<String, ClassicMember> entry : members) {
            if (!entry.value().synced()) {
                return false;
            }
        }
        return true;
    }

    ClassicGroup with(ClassicPhase newPhase) {
        return new ClassicGroup(
                id,
                generation,
                protocolType,
                protocolName,
                leader,
                members,
                pending,
                newPhase,
                sinceMs);
    }

    ClassicGroup with(ClassicMember member) {
        return withMembers(members.with(member.id(), member));
    }

    ClassicGroup withMembers(SortedTree<String, ClassicMember> newMembers) {
        return new ClassicGroup(
                id,
                generation,
                protocolType,
                protocolName,
                leader,
                newMembers,
                pending,
                phase,
                sinceMs);
    }

    ClassicGroup withEach(UnaryOperator<ClassicMember> change) {
        SortedTree<String, ClassicMember> changed = members;
        for (SortedTree.Entry<String, ClassicMember> entry : members) {
            changed = changed.with(entry.key(), change.apply(entry.value()));
        }
        return withMembers(changed);
    }

    /// The first member gives the group its protocol type and leads it.
    ClassicGroup added(ClassicMember member, String type) {
        return new ClassicGroup(
                id,
                generation,
                members.isEmpty() ? type : protocolType,
                protocolName,
                leader == null ? member.id() : leader,
                members.with(member.id(), member),
                pending.without(member.id()),
                phase,
                sinceMs);
    }

    /// Whoever leads in place of a leader that is gone is the first member that has joined, or the
    /// first.
    ClassicGroup removed(String memberId) {
        SortedTree<String, ClassicMember> left = members.without(memberId);
        String next = leader;
        if (isLeader(memberId)) {
            next = null;
            for (SortedTree.Entry<String, ClassicMember> entry : left) {
                next = next == null ? entry.key() : next;
            }
        }
        return new ClassicGroup(
                id,
                generation,
                protocolType,
                protocolName,
                next,
                left,
                pending.without(memberId),
                phase,
                sinceMs);
    }

    ClassicGroup withPending(SortedTree<String, Integer> newPending) {
        return new ClassicGroup(
                id,
                generation,
                protocolType,
                protocolName,
                leader,
                members,
                newPending,
                phase,
                sinceMs);
    }

    ClassicGroup withLeader(String newLeader) {
        return new ClassicGroup(
                id,
                generation,
                protocolType,
                protocolName,
                newLeader,
                members,
                pending,
                phase,
                sinceMs);
    }

    /// The next generation, of whoever is in the group now.
    ClassicGroup nextGeneration() {
        boolean empty = members.isEmpty();
        return new ClassicGroup(
                id,
                generation + 1,
                protocolType,
                empty ? null : selectProtocol(),
                empty ? null : leader,
                members,
                pending,
                empty ? new ClassicPhase.Empty() : new ClassicPhase.Completing(),
                sinceMs);
    }

    /// As it is stored at this time.
    ClassicGroup storedAt(long nowMs) {
        return new ClassicGroup(
                id, generation, protocolType, protocolName, leader, members, pending, phase, nowMs);
    }
}
