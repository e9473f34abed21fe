package io.millrace.group;

import io.millrace.machine.Decision;
import io.millrace.machine.LogBacked;
import io.millrace.machine.Moment;
import io.millrace.protocol.ConsumerGroupHeartbeatRequest;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.HeartbeatRequest;
import io.millrace.protocol.HeartbeatResponse;
import io.millrace.protocol.JoinGroupRequest;
import io.millrace.protocol.LeaveGroupRequest;
import io.millrace.protocol.LeaveGroupResponse;
import io.millrace.protocol.LeaveGroupResponse.MemberResponse;
import io.millrace.protocol.Response;
import io.millrace.protocol.SyncGroupRequest;
import java.util.function.Consumer;

/// The coordinator of the groups of one partition of `__consumer_offsets`.
///
/// Timer commands and those of the driver are answered with an empty response that nobody reads.
public final class Groups implements LogBacked<GroupCommand, GroupRecord, Response> {
    private static final Response NOTHING = HeartbeatResponse.DEFAULT;

    private final GroupConfig config;
    private GroupState state = GroupState.EMPTY;

    public Groups(GroupConfig config) {
        this.config = config;
    }

    GroupState state() {
        return state;
    }

    /// Everything that is known of the groups at this moment.
    public GroupCensus census() {
        return new GroupCensus(state);
    }

    @Override
    public void apply(GroupRecord record) {
        state = state.after(record);
    }

    @Override
    public void snapshot(Consumer<GroupRecord> out) {
        GroupSnapshot.write(state, out);
    }

    @Override
    public Decision<GroupCommand, GroupRecord, Response> decide(
            GroupCommand command, Moment moment) {
        Draft draft = new Draft(state, moment, config);
        return switch (command) {
            case GroupCommand.Call call -> answer(draft, call);
            case GroupCommand.Event event -> {
                new GroupEvents(draft).happened(event);
                yield draft.reply(NOTHING);
            }
        };
    }

    private Decision<GroupCommand, GroupRecord, Response> answer(
            Draft draft, GroupCommand.Call call) {
        return switch (call) {
            case GroupCommand.Join(Caller caller, JoinGroupRequest request) ->
                join(draft, caller, request);
            case GroupCommand.Sync(SyncGroupRequest request) -> sync(draft, request);
            case GroupCommand.Heartbeat(HeartbeatRequest request) -> heartbeat(draft, request);
            case GroupCommand.Leave(LeaveGroupRequest request) -> leave(draft, request);
            case GroupCommand.Describe(Caller caller, var request) ->
                GroupDescriptions.describe(draft, caller, request);
            case GroupCommand.ListAll(var request) -> GroupDescriptions.list(draft, request);
            case GroupCommand.Delete(var request) -> GroupRemoval.delete(draft, request);
            case GroupCommand.Commit(Caller caller, var request) ->
                new OffsetCommits(draft, caller, request).decide();
            case GroupCommand.Fetch(Caller caller, var request) ->
                new OffsetFetches(draft, caller).decide(request);
            case GroupCommand.DeleteOffsets(var request) ->
                new OffsetRemoval(draft).delete(request);
            case GroupCommand.ConsumerHeartbeat(Caller caller, var request) ->
                consumerHeartbeat(draft, caller, request);
            case GroupCommand.ConsumerDescribe(var request) ->
                ConsumerDescriptions.describe(draft, request);
        };
    }

    private Decision<GroupCommand, GroupRecord, Response> join(
            Draft draft, Caller caller, JoinGroupRequest request) {
        ErrorCode error = JoinChecks.check(request, config);
        if (error != ErrorCode.NONE) {
            return Decision.of(ClassicReplies.joinError(request.memberId(), error));
        }
        if (state.group(request.groupId()) instanceof ConsumerGroup group) {
            if (!group.isEmpty()) {
                return new ClassicJoinToConsumer(draft, caller, request).decide();
            }
            GroupRemoval.erase(draft, group);
        }
        return new ClassicJoin(draft, caller, request).decide();
    }

    private Decision<GroupCommand, GroupRecord, Response> sync(
            Draft draft, SyncGroupRequest request) {
        if (request.groupId().isEmpty()) {
            return Decision.of(ClassicReplies.syncError(ErrorCode.INVALID_GROUP_ID));
        }
        return switch (state.group(request.groupId())) {
            case null -> Decision.of(ClassicReplies.syncError(ErrorCode.UNKNOWN_MEMBER_ID));
            case ClassicGroup group -> new ClassicMembership(draft, group.id()).sync(request);
            case ConsumerGroup group -> new ClassicInConsumer(draft, group).sync(request);
        };
    }

    private Decision<GroupCommand, GroupRecord, Response> heartbeat(
            Draft draft, HeartbeatRequest request) {
        if (request.groupId().isEmpty()) {
            return Decision.of(HeartbeatResponse.DEFAULT.withErrorCode(ErrorCode.INVALID_GROUP_ID));
        }
        return switch (state.group(request.groupId())) {
            case null ->
                Decision.of(HeartbeatResponse.DEFAULT.withErrorCode(ErrorCode.UNKNOWN_MEMBER_ID));
            case ClassicGroup group -> new ClassicMembership(draft, group.id()).heartbeat(request);
            case ConsumerGroup group -> new ClassicInConsumer(draft, group).heartbeat(request);
        };
    }

    private Decision<GroupCommand, GroupRecord, Response> leave(
            Draft draft, LeaveGroupRequest request) {
        if (request.groupId().isEmpty()) {
            return Decision.of(
                    LeaveGroupResponse.DEFAULT.withErrorCode(ErrorCode.INVALID_GROUP_ID));
        }
        return switch (state.group(request.groupId())) {
            case null ->
                Decision.of(LeaveGroupResponse.DEFAULT.withMembers(request.members().stream()
                        .map(one -> new MemberResponse(
                                one.memberId(), one.groupInstanceId(), ErrorCode.UNKNOWN_MEMBER_ID))
                        .toList()));
            case ClassicGroup group -> new ClassicMembership(draft, group.id()).leave(request);
            case ConsumerGroup group -> new ClassicInConsumer(draft, group).leave(request);
        };
    }

    private Decision<GroupCommand, GroupRecord, Response> consumerHeartbeat(
            Draft draft, Caller caller, ConsumerGroupHeartbeatRequest request) {
        Refusal refusal = ConsumerChecks.check(request, caller.apiVersion(), config);
        if (!refusal.isNone()) {
            return ConsumerHeartbeats.refused(refusal);
        }
        return request.memberEpoch() < 0
                ? new ConsumerDepartures(draft).leave(request)
                : new ConsumerHeartbeats(draft, caller, request).decide();
    }
}
