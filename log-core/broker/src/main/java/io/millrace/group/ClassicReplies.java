package io.millrace.group;

import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.JoinGroupResponse;
import io.millrace.protocol.JoinGroupResponse.JoinGroupResponseMember;
import io.millrace.protocol.SyncGroupResponse;
import java.util.ArrayList;
import java.util.List;

/// Answers to JoinGroup and SyncGroup.
final class ClassicReplies {
    static final String NO_MEMBER = "";

    private ClassicReplies() {}

    static JoinGroupResponse joinError(String memberId, ErrorCode error) {
        return JoinGroupResponse.DEFAULT
                .withMemberId(memberId)
                .withErrorCode(error)
                .withProtocolName(null);
    }

    static SyncGroupResponse syncError(ErrorCode error) {
        return SyncGroupResponse.DEFAULT.withErrorCode(error);
    }

    /// What the group is now, as a member hears it; only who shall assign hears of the others.
    static JoinGroupResponse joined(ClassicGroup group, String memberId, boolean withMembers) {
        String leader = group.leader();
        return JoinGroupResponse.DEFAULT
                .withMemberId(memberId)
                .withGenerationId(group.generation())
                .withProtocolType(group.protocolType())
                .withProtocolName(group.protocolName())
                .withLeader(leader == null ? NO_MEMBER : leader)
                .withMembers(withMembers ? members(group) : List.of());
    }

    private static List<JoinGroupResponseMember> members(ClassicGroup group) {
        List<JoinGroupResponseMember> members = new ArrayList<>(group.members().size());
        for (ClassicMember member : group.all()) {
            members.add(new JoinGroupResponseMember(
                    member.id(), member.instanceId(), member.metadata(group.protocolName())));
        }
        return members;
    }

    static SyncGroupResponse synced(ClassicGroup group, ClassicMember member) {
        return SyncGroupResponse.DEFAULT
                .withProtocolType(group.protocolType())
                .withProtocolName(group.protocolName())
                .withAssignment(member.assignment().duplicate());
    }
}
