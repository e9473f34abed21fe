package io.millrace.group;

import io.millrace.protocol.ErrorCode;

/// The rebalance of a classic group: gathers the members, forms the next generation, waits for its
/// assignment. Works on the group of one id within one decision.
final class ClassicRebalance {
    /// A member that joins the first time cannot send heartbeats until it is answered.
    static final int NEW_MEMBER_TIMEOUT_MS = 300_000;

    private final Draft draft;
    private final String groupId;

    ClassicRebalance(Draft draft, String groupId) {
        this.draft = draft;
        this.groupId = groupId;
    }

    private ClassicGroup group() {
        return draft.classic(groupId);
    }

    /// After a member came, went or changed.
    void prepareOrComplete() {
        switch (group().phase()) {
            case ClassicPhase.Empty(), ClassicPhase.Completing(), ClassicPhase.Stable() ->
                prepare();
            case ClassicPhase.Preparing _ -> completeIfAllJoined();
        }
    }

    /// Begins a rebalance.
    void prepare() {
        ClassicGroup group = group();
        if (group.phase() instanceof ClassicPhase.Completing) {
            failSyncs(ErrorCode.REBALANCE_IN_PROGRESS);
        }
        draft.cancel(TimerKeys.sync(groupId));
        if (group.isEmpty()) {
            int delayMs = draft.config().initialRebalanceDelayMs();
            long left = Math.max(group.rebalanceTimeoutMs() - delayMs, 0);
            draft.now(group().with(new ClassicPhase.Preparing(true, false, left)));
            startJoinTimer(delayMs);
            return;
        }
        draft.now(group().with(new ClassicPhase.Preparing(false, false, 0)));
        if (group().allJoined()) {
            complete();
        } else {
            startJoinTimer(group().rebalanceTimeoutMs());
        }
    }

    /// After a member left or joined while others are awaited. The first rebalance of a group waits
    /// for its delay.
    void completeIfAllJoined() {
        if (group().phase() instanceof ClassicPhase.Preparing preparing
                && !preparing.initial()
                && group().allJoined()) {
            complete();
        }
    }

    /// The time to join is over.
    void joinTimeout() {
        if (!(group().phase() instanceof ClassicPhase.Preparing preparing)) {
            return;
        }
        if (preparing.initial() && preparing.grew() && preparing.delayLeftMs() > 0) {
            long delayMs =
                    Math.min(draft.config().initialRebalanceDelayMs(), preparing.delayLeftMs());
            draft.now(group().with(new ClassicPhase.Preparing(
                    true, false, preparing.delayLeftMs() - delayMs)));
            startJoinTimer(delayMs);
        } else {
            complete();
        }
    }

    private void startJoinTimer(long delayMs) {
        draft.start(
                TimerKeys.join(groupId),
                delayMs,
                new GroupCommand.JoinTimeout(groupId, group().generation()));
    }

    private void complete() {
        draft.cancel(TimerKeys.join(groupId));
        removeAbsent();
        ClassicGroup group = group();
        if (!group.members().isEmpty() && !electLeader()) {
            // Only static members are left, and none has joined: they have until their sessions
            // end.
            startJoinTimer(group.rebalanceTimeoutMs());
            return;
        }
        draft.now(group().nextGeneration());
        if (group().isEmpty()) {
            ClassicRecords.store(draft, groupId);
        } else {
            answerJoins();
        }
    }

    /// Dynamic members that have not joined are out; static ones keep their place.
    private void removeAbsent() {
        for (ClassicMember member : group().all()) {
            if (!member.awaitsJoin() && !member.isStatic()) {
                draft.now(group().removed(member.id()));
                draft.cancel(TimerKeys.session(groupId, member.id()));
            }
        }
    }

    /// The leader must be somebody who has joined.
    private boolean electLeader() {
        ClassicGroup group = group();
        String leader = group.leader();
        ClassicMember present = leader == null ? null : group.members().get(leader);
        if (present != null && present.awaitsJoin()) {
            return true;
        }
        for (ClassicMember member : group.all()) {
            if (member.awaitsJoin()) {
                draft.now(group.withLeader(member.id()));
                return true;
            }
        }
        return false;
    }

    private void answerJoins() {
        ClassicGroup group = group();
        for (ClassicMember member : group.all()) {
            boolean leads = group.isLeader(member.id());
            draft.release(member.joinTicket(), ClassicReplies.joined(group, member.id(), leads));
            startSession(member.id(), member.sessionTimeoutMs());
        }
        draft.now(group.withEach(member ->
                member.withJoin(ClassicMember.NONE, false).withSync(ClassicMember.NONE, false)));
        draft.start(
                TimerKeys.sync(groupId),
                group.rebalanceTimeoutMs(),
                new GroupCommand.SyncTimeout(groupId, group.generation()));
    }

    /// Members that have not asked for their assignment in time are out.
    void syncTimeout() {
        boolean removed = false;
        for (ClassicMember member : group().all()) {
            if (!member.synced()) {
                draft.now(group().removed(member.id()));
                draft.cancel(TimerKeys.session(groupId, member.id()));
                removed = true;
            }
        }
        if (removed) {
            prepareOrComplete();
        }
    }

    private void failSyncs(ErrorCode error) {
        ClassicGroup group = group();
        for (ClassicMember member : group.all()) {
            if (member.awaitsSync()) {
                draft.release(member.syncTicket(), ClassicReplies.syncError(error));
                startSession(member.id(), member.sessionTimeoutMs());
            }
        }
        draft.now(group.withEach(member -> member.withSync(ClassicMember.NONE, member.synced())
                .withAssignment(ClassicMember.NO_BYTES)));
    }

    /// Takes a member out and goes on without it.
    void remove(ClassicMember member) {
        draft.release(
                member.joinTicket(),
                ClassicReplies.joinError(ClassicReplies.NO_MEMBER, ErrorCode.UNKNOWN_MEMBER_ID));
        draft.release(member.syncTicket(), ClassicReplies.syncError(ErrorCode.UNKNOWN_MEMBER_ID));
        draft.now(group().removed(member.id()));
        draft.cancel(TimerKeys.session(groupId, member.id()));
    }

    void startSession(String memberId, long timeoutMs) {
        draft.start(
                TimerKeys.session(groupId, memberId),
                timeoutMs,
                new GroupCommand.SessionExpired(groupId, memberId));
    }
}
