package io.millrace.group;

import io.millrace.cluster.SortedTree;

/// What timers and the driver tell the coordinator.
final class GroupEvents {
    private final Draft draft;

    GroupEvents(Draft draft) {
        this.draft = draft;
    }

    void happened(GroupCommand.Event event) {
        switch (event) {
            case GroupCommand.Loaded() -> loaded();
            case GroupCommand.WorldChanged(var image) -> draft.add(new GroupRecord.WorldNow(image));
            case GroupCommand.TopicsDeleted deleted ->
                new OffsetRemoval(draft).topicsDeleted(deleted);
            case GroupCommand.ExpireOffsets() -> {
                new OffsetRemoval(draft).expire();
                startExpiry();
            }
            case GroupCommand.SessionExpired(String groupId, String memberId) ->
                sessionExpired(groupId, memberId);
            case GroupCommand.JoinTimeout(String groupId, int generation) -> {
                if (isClassicOf(groupId, generation)) {
                    new ClassicRebalance(draft, groupId).joinTimeout();
                }
            }
            case GroupCommand.SyncTimeout(String groupId, int generation) -> {
                if (isClassicOf(groupId, generation)) {
                    new ClassicRebalance(draft, groupId).syncTimeout();
                }
            }
            case GroupCommand.RevocationTimeout timeout ->
                new ConsumerDepartures(draft).revocationTimeout(timeout);
            case GroupCommand.ClassicMemberTimeout(String groupId, String memberId) ->
                new ConsumerDepartures(draft).sessionExpired(groupId, memberId);
            case GroupCommand.AssignmentDue(String groupId) -> {
                if (draft.state().group(groupId) instanceof ConsumerGroup group
                        && !group.isEmpty()) {
                    new ConsumerRebalance(draft, groupId).assign();
                }
            }
        }
    }

    private boolean isClassicOf(String groupId, int generation) {
        return draft.state().group(groupId) instanceof ClassicGroup group
                && group.generation() == generation;
    }

    private void sessionExpired(String groupId, String memberId) {
        switch (draft.state().group(groupId)) {
            case null -> {
                // The group was deleted since the timer was started.
            }
            case ClassicGroup _ -> new ClassicMembership(draft, groupId).sessionExpired(memberId);
            case ConsumerGroup _ -> new ConsumerDepartures(draft).sessionExpired(groupId, memberId);
        }
    }

    private void startExpiry() {
        draft.start(
                TimerKeys.EXPIRY,
                draft.config().offsetsRetentionCheckIntervalMs(),
                new GroupCommand.ExpireOffsets());
    }

    /// Every member that the log knows has its whole session from now on.
    private void loaded() {
        startExpiry();
        for (SortedTree.Entry<String, Group> entry : draft.state().groups()) {
            switch (entry.value()) {
                case ClassicGroup group -> loaded(group);
                case ConsumerGroup group -> loaded(group);
            }
        }
    }

    private void loaded(ClassicGroup group) {
        ClassicRebalance rebalance = new ClassicRebalance(draft, group.id());
        for (ClassicMember member : group.all()) {
            rebalance.startSession(member.id(), member.sessionTimeoutMs());
        }
        if (group.members().size() > draft.config().maxSize()) {
            rebalance.prepare();
        }
    }

    private void loaded(ConsumerGroup group) {
        ConsumerRebalance rebalance = new ConsumerRebalance(draft, group.id());
        for (ConsumerMember member : group.all()) {
            rebalance.startSession(member);
            if (member.state() == MemberState.UNREVOKED_PARTITIONS) {
                draft.start(
                        TimerKeys.revocation(group.id(), member.id()),
                        member.profile().rebalanceTimeoutMs(),
                        new GroupCommand.RevocationTimeout(
                                group.id(), member.id(), member.epoch()));
            }
        }
    }
}
