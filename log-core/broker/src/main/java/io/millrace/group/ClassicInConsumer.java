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
import io.millrace.protocol.SyncGroupResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// SyncGroup, Heartbeat and LeaveGroup of classic members in a consumer group: the coordinator
/// assigns in the leader's place and asks them to rejoin whenever they have a step to take.
final class ClassicInConsumer {
    private final Draft draft;
    private final ConsumerGroup group;
    private final ConsumerRebalance rebalance;

    ClassicInConsumer(Draft draft, ConsumerGroup group) {
        this.draft = draft;
        this.group = group;
        this.rebalance = new ConsumerRebalance(draft, group.id());
    }

    /// Whether the ids name a classic member of the group.
    private ErrorCode check(String memberId, @Nullable String instanceId) {
        if (instanceId != null) {
            ConsumerMember holder = group.staticMember(instanceId);
            if (holder == null) {
                return ErrorCode.UNKNOWN_MEMBER_ID;
            }
            if (!holder.id().equals(memberId)) {
                return ErrorCode.FENCED_INSTANCE_ID;
            }
        }
        ConsumerMember member = group.members().get(memberId);
        return member == null || !member.isClassic() ? ErrorCode.UNKNOWN_MEMBER_ID : ErrorCode.NONE;
    }

    Decision<GroupCommand, GroupRecord, Response> sync(SyncGroupRequest request) {
        ConsumerMember member = group.members().get(request.memberId());
        ErrorCode error = check(request.memberId(), request.groupInstanceId());
        if (error != ErrorCode.NONE || member == null) {
            return Decision.of(ClassicReplies.syncError(error));
        }
        String protocol = protocolOf(member);
        if (request.generationId() != member.epoch()) {
            return Decision.of(ClassicReplies.syncError(ErrorCode.ILLEGAL_GENERATION));
        }
        String type = request.protocolType();
        String name = request.protocolName();
        if ((type != null && !type.equals(ConsumerGroup.PROTOCOL_TYPE))
                || (name != null && !name.equals(protocol))) {
            return Decision.of(ClassicReplies.syncError(ErrorCode.INCONSISTENT_GROUP_PROTOCOL));
        }
        // A member that still has to give up partitions finishes that first.
        if (group.epoch() > member.epoch() && member.state() != MemberState.UNREVOKED_PARTITIONS) {
            startRejoin(member);
            return draft.reply(ClassicReplies.syncError(ErrorCode.REBALANCE_IN_PROGRESS));
        }
        draft.cancel(TimerKeys.rejoin(group.id(), member.id()));
        rebalance.startSession(member);
        return draft.reply(SyncGroupResponse.DEFAULT
                .withProtocolType(ConsumerGroup.PROTOCOL_TYPE)
                .withProtocolName(protocol)
                .withAssignment(new Downgrade(draft, group.id()).assignment(member)));
    }

    static String protocolOf(ConsumerMember member) {
        var classic = member.profile().classicMemberMetadata();
        return classic == null || classic.supportedProtocols().isEmpty()
                ? ""
                : classic.supportedProtocols().getFirst().name();
    }

    private void startRejoin(ConsumerMember member) {
        draft.ensure(
                TimerKeys.rejoin(group.id(), member.id()),
                member.profile().rebalanceTimeoutMs(),
                new GroupCommand.ClassicMemberTimeout(group.id(), member.id()));
    }

    Decision<GroupCommand, GroupRecord, Response> heartbeat(HeartbeatRequest request) {
        ErrorCode error = check(request.memberId(), request.groupInstanceId());
        ConsumerMember member = group.members().get(request.memberId());
        if (error == ErrorCode.NONE && member != null) {
            if (request.generationId() != member.epoch()) {
                error = ErrorCode.ILLEGAL_GENERATION;
            } else {
                rebalance.startSession(member);
                error = mustRejoin(member) ? ErrorCode.REBALANCE_IN_PROGRESS : ErrorCode.NONE;
            }
        }
        return draft.reply(HeartbeatResponse.DEFAULT.withErrorCode(error));
    }

    private boolean mustRejoin(ConsumerMember member) {
        boolean must = member.epoch() < group.epoch()
                || member.state() == MemberState.UNREVOKED_PARTITIONS
                || (member.state() == MemberState.UNRELEASED_PARTITIONS && !waits(member));
        if (must) {
            startRejoin(member);
        }
        return must;
    }

    /// Whether a partition of its target is still held by somebody else.
    private boolean waits(ConsumerMember member) {
        for (var topic : group.targetOf(member.id()).partitions().entrySet()) {
            for (int partition : topic.getValue()) {
                if (group.isHeldByOther(topic.getKey(), partition, member.id())) {
                    return true;
                }
            }
        }
        return false;
    }

    Decision<GroupCommand, GroupRecord, Response> leave(LeaveGroupRequest request) {
        List<MemberResponse> responses = new ArrayList<>(request.members().size());
        List<ConsumerMember> leaving = new ArrayList<>();
        for (MemberIdentity identity : request.members()) {
            String instanceId = identity.groupInstanceId();
            // An administrator may name a static member by its instance id alone.
            ConsumerMember byInstance = identity.memberId().isEmpty() && instanceId != null
                    ? group.staticMember(instanceId)
                    : null;
            String memberId = byInstance == null ? identity.memberId() : byInstance.id();
            ErrorCode error = byInstance == null ? check(memberId, instanceId) : ErrorCode.NONE;
            ConsumerMember member = group.members().get(memberId);
            if (error == ErrorCode.NONE && member != null && !leaving.contains(member)) {
                leaving.add(member);
            }
            responses.add(new MemberResponse(identity.memberId(), instanceId, error));
        }
        rebalance.remove(leaving);
        return draft.reply(LeaveGroupResponse.DEFAULT.withMembers(responses));
    }
}
