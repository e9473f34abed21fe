package io.millrace.group;

import io.millrace.cluster.SortedTree;
import io.millrace.protocol.GroupMetadataKey;
import io.millrace.protocol.GroupMetadataValue;
import io.millrace.protocol.GroupMetadataValue.MemberMetadata;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A classic group as it stands in the log, and back.
final class ClassicRecords {
    private ClassicRecords() {}

    /// Writes the group as it is now. What is soft about it (parked replies) stays as it is.
    static void store(Draft draft, String groupId) {
        ClassicGroup group = draft.classic(groupId).storedAt(draft.nowMs());
        draft.write(new GroupMetadataKey(groupId), value(group));
        draft.now(group);
    }

    static GroupMetadataValue value(ClassicGroup group) {
        List<MemberMetadata> members = new ArrayList<>(group.members().size());
        for (ClassicMember member : group.all()) {
            members.add(new MemberMetadata(
                    member.id(),
                    member.instanceId(),
                    member.client().id(),
                    member.client().host(),
                    member.rebalanceTimeoutMs(),
                    member.sessionTimeoutMs(),
                    member.metadata(group.protocolName()),
                    member.assignment().duplicate()));
        }
        String type = group.protocolType();
        return new GroupMetadataValue(
                type == null ? "" : type,
                group.generation(),
                group.protocolName(),
                group.leader(),
                group.sinceMs(),
                members);
    }

    /// What the log tells of a group: stable if it has members.
    static ClassicGroup read(String groupId, GroupMetadataValue value) {
        SortedTree<String, ClassicMember> members = SortedTree.empty();
        for (MemberMetadata one : value.members()) {
            members = members.with(one.memberId(), member(one, value.protocol()));
        }
        return new ClassicGroup(
                groupId,
                value.generation(),
                value.protocolType().isEmpty() ? null : value.protocolType(),
                value.protocol(),
                value.leader(),
                members,
                SortedTree.empty(),
                members.isEmpty() ? new ClassicPhase.Empty() : new ClassicPhase.Stable(),
                value.currentStateTimestamp());
    }

    private static ClassicMember member(MemberMetadata stored, @Nullable String protocol) {
        // Records before version 1 have no rebalance timeout; the session's served for both.
        int rebalanceMs =
                stored.rebalanceTimeout() < 0 ? stored.sessionTimeout() : stored.rebalanceTimeout();
        return new ClassicMember(
                stored.memberId(),
                stored.groupInstanceId(),
                new ClassicMember.Client(stored.clientId(), stored.clientHost()),
                rebalanceMs,
                stored.sessionTimeout(),
                protocol == null
                        ? List.of()
                        : List.of(new ClassicMember.Protocol(protocol, stored.subscription())),
                stored.assignment(),
                ClassicMember.NONE,
                ClassicMember.NONE,
                false,
                true);
    }
}
