package io.millrace.group;

import io.millrace.cluster.SortedTree;
import io.millrace.machine.Decision;
import io.millrace.protocol.ConsumerGroupHeartbeatRequest;
import io.millrace.protocol.ConsumerGroupHeartbeatResponse;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.Response;
import java.util.List;

/// How members of a consumer group leave: by a heartbeat that says so, by silence, by not giving up
/// partitions in time.
final class ConsumerDepartures {
    private final Draft draft;

    ConsumerDepartures(Draft draft) {
        this.draft = draft;
    }

    Decision<GroupCommand, GroupRecord, Response> leave(ConsumerGroupHeartbeatRequest request) {
        if (!(draft.state().group(request.groupId()) instanceof ConsumerGroup group)) {
            return ConsumerHeartbeats.refused(new Refusal(
                    ErrorCode.GROUP_ID_NOT_FOUND, "Group " + request.groupId() + " not found."));
        }
        String instanceId = request.instanceId();
        ConsumerMember member = instanceId == null
                ? group.members().get(request.memberId())
                : group.staticMember(instanceId);
        if (member == null) {
            return ConsumerHeartbeats.refused(new Refusal(
                    ErrorCode.UNKNOWN_MEMBER_ID,
                    "Member " + request.memberId() + " is not a member of group "
                            + request.groupId() + "."));
        }
        if (!member.id().equals(request.memberId())) {
            return ConsumerHeartbeats.refused(new Refusal(
                    ErrorCode.FENCED_INSTANCE_ID,
                    "Static member " + request.memberId() + " with instance id " + instanceId
                            + " was fenced by member " + member.id() + "."));
        }
        depart(group, member, request.memberEpoch() == ConsumerMember.AWAY);
        return draft.reply(ConsumerGroupHeartbeatResponse.DEFAULT
                .withMemberId(request.memberId())
                .withMemberEpoch(request.memberEpoch()));
    }

    private void depart(ConsumerGroup group, ConsumerMember member, boolean comesBack) {
        if (!comesBack) {
            new ConsumerRebalance(draft, group.id()).remove(List.of(member));
            return;
        }
        // It keeps its partitions until its session ends.
        ConsumerMember away = new ConsumerMember(
                member.id(),
                ConsumerMember.AWAY,
                member.previousEpoch(),
                MemberState.STABLE,
                member.assigned(),
                SortedTree.empty(),
                member.profile());
        ConsumerRecords.writeCurrent(draft, group.id(), away);
        draft.cancel(TimerKeys.revocation(group.id(), member.id()));
    }

    void sessionExpired(String groupId, String memberId) {
        if (draft.state().group(groupId) instanceof ConsumerGroup group) {
            ConsumerMember member = group.members().get(memberId);
            if (member != null) {
                new ConsumerRebalance(draft, groupId).remove(List.of(member));
            }
        }
    }

    /// The epoch tells whether the member has moved on since the timer was started.
    void revocationTimeout(GroupCommand.RevocationTimeout timeout) {
        if (draft.state().group(timeout.groupId()) instanceof ConsumerGroup group) {
            ConsumerMember member = group.members().get(timeout.memberId());
            if (member != null
                    && member.epoch() == timeout.memberEpoch()
                    && member.state() == MemberState.UNREVOKED_PARTITIONS) {
                new ConsumerRebalance(draft, group.id()).remove(List.of(member));
            }
        }
    }
}
