package io.millrace.group;

import io.millrace.group.ClassicMember.Protocol;
import io.millrace.machine.Decision;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.JoinGroupRequest;
import io.millrace.protocol.Response;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// JoinGroup on a classic group, or on one that is still to be made.
final class ClassicJoin {
    private static final int TWO_STEP_VERSION = 4;
    private static final int SKIP_ASSIGNMENT_VERSION = 9;

    private final Draft draft;
    private final Caller caller;
    private final JoinGroupRequest request;
    private final List<Protocol> protocols;
    private final ClassicRebalance rebalance;

    ClassicJoin(Draft draft, Caller caller, JoinGroupRequest request) {
        this.draft = draft;
        this.caller = caller;
        this.request = request;
        this.protocols = JoinChecks.protocols(request);
        this.rebalance = new ClassicRebalance(draft, request.groupId());
    }

    private ClassicGroup group() {
        return draft.classic(request.groupId());
    }

    Decision<GroupCommand, GroupRecord, Response> decide() {
        boolean unknown = request.memberId().isEmpty();
        if (draft.state().group(request.groupId()) == null) {
            if (!unknown) {
                return refuse(ErrorCode.UNKNOWN_MEMBER_ID);
            }
            draft.now(ClassicGroup.empty(request.groupId()));
        }
        if (!hasRoom()) {
            draft.now(group().removed(request.memberId()));
            return draft.reply(ClassicReplies.joinError(
                    ClassicReplies.NO_MEMBER, ErrorCode.GROUP_MAX_SIZE_REACHED));
        }
        if (!group().supports(request.protocolType(), protocols)) {
            return refuse(ErrorCode.INCONSISTENT_GROUP_PROTOCOL);
        }
        return unknown ? joinNew() : joinKnown();
    }

    private Decision<GroupCommand, GroupRecord, Response> refuse(ErrorCode error) {
        return Decision.of(ClassicReplies.joinError(request.memberId(), error));
    }

    private boolean hasRoom() {
        ClassicGroup group = group();
        ClassicMember member = group.members().get(request.memberId());
        int max = draft.config().maxSize();
        return switch (group.phase()) {
            case ClassicPhase.Empty() -> true;
            case ClassicPhase.Preparing _ ->
                (member != null && member.awaitsJoin()) || group.awaitingJoin() < max;
            case ClassicPhase.Completing(), ClassicPhase.Stable() ->
                member != null || group.members().size() < max;
        };
    }

    private Decision<GroupCommand, GroupRecord, Response> joinNew() {
        String instanceId = request.groupInstanceId();
        String prefix = instanceId == null ? caller.clientId() : instanceId;
        String memberId = prefix + "-" + draft.freshId();
        if (instanceId != null) {
            ClassicMember old = group().staticMember(instanceId);
            return old == null ? add(memberId) : replaceStatic(old, memberId);
        }
        if (caller.apiVersion() < TWO_STEP_VERSION) {
            return add(memberId);
        }
        ClassicGroup group = group();
        draft.now(group.withPending(group.pending().with(memberId, request.sessionTimeoutMs())));
        rebalance.startSession(memberId, request.sessionTimeoutMs());
        return draft.reply(ClassicReplies.joinError(memberId, ErrorCode.MEMBER_ID_REQUIRED));
    }

    private Decision<GroupCommand, GroupRecord, Response> joinKnown() {
        String memberId = request.memberId();
        ClassicGroup group = group();
        if (group.pending().contains(memberId)) {
            return add(memberId);
        }
        ErrorCode error = group.validate(memberId, request.groupInstanceId());
        ClassicMember member = group.members().get(memberId);
        if (error != ErrorCode.NONE || member == null) {
            return refuse(error);
        }
        return switch (group.phase()) {
            case ClassicPhase.Preparing _ -> rejoin(member);
            // With the same metadata it only missed the answer to its first attempt.
            case ClassicPhase.Completing() ->
                member.protocols().equals(protocols)
                        ? draft.reply(
                                ClassicReplies.joined(group, memberId, group.isLeader(memberId)))
                        : rejoin(member);
            // A leader that joins again wants to assign again.
            case ClassicPhase.Stable() ->
                group.isLeader(memberId) || !member.protocols().equals(protocols)
                        ? rejoin(member)
                        : draft.reply(ClassicReplies.joined(group, memberId, false));
            case ClassicPhase.Empty() -> refuse(ErrorCode.UNKNOWN_MEMBER_ID);
        };
    }

    private Decision<GroupCommand, GroupRecord, Response> add(String memberId) {
        ClassicGroup group = group();
        if (group.phase() instanceof ClassicPhase.Preparing preparing && preparing.initial()) {
            group = group.with(new ClassicPhase.Preparing(true, true, preparing.delayLeftMs()));
        }
        ClassicMember member = new ClassicMember(
                memberId,
                request.groupInstanceId(),
                new ClassicMember.Client(caller.clientId(), caller.clientHost()),
                JoinChecks.rebalanceTimeoutMs(request),
                request.sessionTimeoutMs(),
                protocols,
                ClassicMember.NO_BYTES,
                draft.ticket(),
                ClassicMember.NONE,
                true,
                false);
        draft.now(group.added(member, request.protocolType()));
        rebalance.startSession(memberId, ClassicRebalance.NEW_MEMBER_TIMEOUT_MS);
        rebalance.prepareOrComplete();
        return draft.park();
    }

    private Decision<GroupCommand, GroupRecord, Response> rejoin(ClassicMember member) {
        // Of two attempts of one member only the later is answered with the group.
        draft.release(
                member.joinTicket(),
                ClassicReplies.joinError(member.id(), ErrorCode.UNKNOWN_MEMBER_ID));
        draft.now(group().with(updated(member).withJoin(draft.ticket(), member.isNew())));
        rebalance.prepareOrComplete();
        return draft.park();
    }

    private ClassicMember updated(ClassicMember member) {
        return member.updated(
                JoinChecks.rebalanceTimeoutMs(request), request.sessionTimeoutMs(), protocols);
    }

    /// A static member came back under its instance id: the new member id takes the old one's
    /// place, and whoever still uses the old one is fenced.
    private Decision<GroupCommand, GroupRecord, Response> replaceStatic(
            ClassicMember old, String memberId) {
        ClassicGroup before = group();
        String oldLeader = before.leader();
        draft.release(
                old.joinTicket(), ClassicReplies.joinError(old.id(), ErrorCode.FENCED_INSTANCE_ID));
        draft.release(old.syncTicket(), ClassicReplies.syncError(ErrorCode.FENCED_INSTANCE_ID));
        draft.cancel(TimerKeys.session(before.id(), old.id()));
        ClassicMember replaced = updated(old.withId(memberId))
                .withJoin(ClassicMember.NONE, old.isNew())
                .withSync(ClassicMember.NONE, old.synced());
        ClassicGroup after =
                before.withMembers(before.members().without(old.id()).with(memberId, replaced));
        draft.now(before.isLeader(old.id()) ? after.withLeader(memberId) : after);
        rebalance.startSession(memberId, request.sessionTimeoutMs());
        boolean sameProtocol = group().selectProtocol().equals(before.protocolName());
        if (group().phase() instanceof ClassicPhase.Stable && sameProtocol) {
            return takeOver(oldLeader, memberId);
        }
        draft.now(group().with(replaced.withJoin(draft.ticket(), old.isNew())));
        rebalance.prepareOrComplete();
        return draft.park();
    }

    /// The group goes on as it is, without a rebalance. A leader that came back hears that it need
    /// not assign; one too old to understand that is told that its former self leads.
    private Decision<GroupCommand, GroupRecord, Response> takeOver(
            @Nullable String oldLeader, String memberId) {
        ClassicRecords.store(draft, request.groupId());
        ClassicGroup group = group();
        if (caller.apiVersion() >= SKIP_ASSIGNMENT_VERSION) {
            boolean leads = group.isLeader(memberId);
            return draft.reply(
                    ClassicReplies.joined(group, memberId, leads).withSkipAssignment(leads));
        }
        return draft.reply(ClassicReplies.joined(group, memberId, false)
                .withLeader(oldLeader == null ? ClassicReplies.NO_MEMBER : oldLeader));
    }
}
