package io.millrace.group;

import io.millrace.machine.Decision;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.HeartbeatRequest;
import io.millrace.protocol.HeartbeatResponse;
import io.millrace.protocol.LeaveGroupRequest;
import io.millrace.protocol.LeaveGroupRequest.MemberIdentity;
import io.millrace.protocol.LeaveGroupResponse;
import io.millrace.protocol.LeaveGroupResponse.MemberResponse;
import io.millrace.protocol.Response;
import io.millrace.protocol.SyncGroupRequest;
import io.millrace.protocol.SyncGroupRequest.SyncGroupRequestAssignment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What members of a classic group do once they have joined: SyncGroup, Heartbeat, LeaveGroup, or
/// fall silent.
final class ClassicMembership {
    private final Draft draft;
    private final String groupId;
    private final ClassicRebalance rebalance;

    ClassicMembership(Draft draft, String groupId) {
        this.draft = draft;
        this.groupId = groupId;
        this.rebalance = new ClassicRebalance(draft, groupId);
    }

    private ClassicGroup group() {
        return draft.classic(groupId);
    }

    Decision<GroupCommand, GroupRecord, Response> sync(SyncGroupRequest request) {
        ClassicGroup group = group();
        ErrorCode error = checkSync(group, request);
        ClassicMember member = group.members().get(request.memberId());
        if (error != ErrorCode.NONE || member == null) {
            return draft.reply(ClassicReplies.syncError(error));
        }
        return switch (group.phase()) {
            case ClassicPhase.Empty() ->
                draft.reply(ClassicReplies.syncError(ErrorCode.UNKNOWN_MEMBER_ID));
            case ClassicPhase.Preparing _ ->
                draft.reply(ClassicReplies.syncError(ErrorCode.REBALANCE_IN_PROGRESS));
            case ClassicPhase.Completing() -> awaitAssignment(member, request);
            case ClassicPhase.Stable() -> {
                markSynced(member.withSync(member.syncTicket(), true));
                rebalance.startSession(member.id(), member.sessionTimeoutMs());
                yield draft.reply(ClassicReplies.synced(group, member));
            }
        };
    }

    private static ErrorCode checkSync(ClassicGroup group, SyncGroupRequest request) {
        ErrorCode error = group.validate(request.memberId(), request.groupInstanceId());
        if (error != ErrorCode.NONE) {
            return error;
        }
        if (request.generationId() != group.generation()) {
            return ErrorCode.ILLEGAL_GENERATION;
        }
        boolean consistent = agrees(request.protocolType(), group.protocolType())
                && agrees(request.protocolName(), group.protocolName());
        return consistent ? ErrorCode.NONE : ErrorCode.INCONSISTENT_GROUP_PROTOCOL;
    }

    /// Older requests do not name their protocol.
    private static boolean agrees(@Nullable String asked, @Nullable String present) {
        return asked == null || present == null || asked.equals(present);
    }

    private void markSynced(ClassicMember synced) {
        if (!synced.equals(group().members().get(synced.id()))) {
            draft.now(group().with(synced));
        }
        if (group().allSynced()) {
            draft.cancel(TimerKeys.sync(groupId));
        }
    }

    private Decision<GroupCommand, GroupRecord, Response> awaitAssignment(
            ClassicMember member, SyncGroupRequest request) {
        draft.release(member.syncTicket(), ClassicReplies.syncError(ErrorCode.UNKNOWN_MEMBER_ID));
        markSynced(member.withSync(draft.ticket(), true));
        if (group().isLeader(member.id())) {
            assign(request.assignments());
        }
        return draft.park();
    }

    /// The leader has assigned: the group is stored and everybody who asked is answered.
    private void assign(List<SyncGroupRequestAssignment> assignments) {
        Map<String, ByteBuffer> byMember = new TreeMap<>();
        for (SyncGroupRequestAssignment one : assignments) {
            byMember.put(one.memberId(), JoinChecks.copy(one.assignment()));
        }
        draft.now(group().withEach(member -> member.withAssignment(
                        byMember.getOrDefault(member.id(), ClassicMember.NO_BYTES)))
                .with(new ClassicPhase.Stable()));
        ClassicRecords.store(draft, groupId);
        ClassicGroup group = group();
        for (ClassicMember member : group.all()) {
            if (member.awaitsSync()) {
                draft.release(member.syncTicket(), ClassicReplies.synced(group, member));
                rebalance.startSession(member.id(), member.sessionTimeoutMs());
            }
        }
        draft.now(group.withEach(member -> member.withSync(ClassicMember.NONE, member.synced())));
    }

    Decision<GroupCommand, GroupRecord, Response> heartbeat(HeartbeatRequest request) {
        ClassicGroup group = group();
        ErrorCode error = group.validate(request.memberId(), request.groupInstanceId());
        ClassicMember member = group.members().get(request.memberId());
        if (error == ErrorCode.NONE && request.generationId() != group.generation()) {
            error = ErrorCode.ILLEGAL_GENERATION;
        }
        if (error == ErrorCode.NONE && member != null) {
            rebalance.startSession(member.id(), member.sessionTimeoutMs());
            if (group.phase() instanceof ClassicPhase.Preparing) {
                error = ErrorCode.REBALANCE_IN_PROGRESS;
            }
        }
        return draft.reply(HeartbeatResponse.DEFAULT.withErrorCode(error));
    }

    Decision<GroupCommand, GroupRecord, Response> leave(LeaveGroupRequest request) {
        List<MemberResponse> responses = new ArrayList<>(request.members().size());
        boolean someLeft = false;
        for (MemberIdentity identity : request.members()) {
            ErrorCode error = leave(identity);
            someLeft |= error == ErrorCode.NONE;
            responses.add(
                    new MemberResponse(identity.memberId(), identity.groupInstanceId(), error));
        }
        if (someLeft) {
            membersLeft();
        }
        return draft.reply(LeaveGroupResponse.DEFAULT.withMembers(responses));
    }

    private ErrorCode leave(MemberIdentity identity) {
        ClassicGroup group = group();
        String memberId = identity.memberId();
        String instanceId = identity.groupInstanceId();
        if (memberId.isEmpty()) {
            // An administrator removes a static member by its instance id.
            ClassicMember member = instanceId == null ? null : group.staticMember(instanceId);
            if (member == null) {
                return ErrorCode.UNKNOWN_MEMBER_ID;
            }
            rebalance.remove(member);
            return ErrorCode.NONE;
        }
        if (group.pending().contains(memberId)) {
            removePending(memberId);
            return ErrorCode.NONE;
        }
        ErrorCode error = group.validate(memberId, instanceId);
        ClassicMember member = group.members().get(memberId);
        if (error == ErrorCode.NONE && member != null) {
            rebalance.remove(member);
        }
        return error;
    }

    private void removePending(String memberId) {
        draft.now(group().withPending(group().pending().without(memberId)));
        draft.cancel(TimerKeys.session(groupId, memberId));
    }

    private void membersLeft() {
        switch (group().phase()) {
            case ClassicPhase.Stable(), ClassicPhase.Completing() -> rebalance.prepare();
            case ClassicPhase.Preparing _ -> rebalance.completeIfAllJoined();
            case ClassicPhase.Empty() -> {
                // Only a member id that was given out can leave an empty group.
            }
        }
    }

    /// A member was silent for too long. Members that wait for an answer of ours are not.
    void sessionExpired(String memberId) {
        ClassicGroup group = group();
        if (group.pending().contains(memberId)) {
            removePending(memberId);
            membersLeftPending();
            return;
        }
        ClassicMember member = group.members().get(memberId);
        if (member == null) {
            return;
        }
        boolean waits = member.awaitsJoin() || member.awaitsSync();
        if (member.isNew() || !waits) {
            rebalance.remove(member);
            membersLeft();
        }
    }

    private void membersLeftPending() {
        if (group().phase() instanceof ClassicPhase.Preparing) {
            rebalance.completeIfAllJoined();
        }
    }
}
