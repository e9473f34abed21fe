package io.millrace.group;

import io.millrace.cluster.SortedTree;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.Uuid;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/// Finds the member that a heartbeat of the consumer protocol speaks for, and fences those that
/// speak for a member they are not any more.
final class ConsumerMembers {
    /// The member, as it was before the heartbeat; or why there is none.
    sealed interface Found {
        record Member(ConsumerMember member) implements Found {}

        record Refused(Refusal why) implements Found {}
    }

    private final Draft draft;
    private final String groupId;

    ConsumerMembers(Draft draft, String groupId) {
        this.draft = draft;
        this.groupId = groupId;
    }

    private ConsumerGroup group() {
        return draft.state().group(groupId) instanceof ConsumerGroup group
                ? group
                : ConsumerGroup.empty(groupId);
    }

    Found find(
            String memberId,
            int epoch,
            @Nullable String instanceId,
            @Nullable SortedMap<Uuid, SortedSet<Integer>> owned) {
        return instanceId == null
                ? findDynamic(memberId, epoch, owned)
                : findStatic(memberId, epoch, instanceId, owned);
    }

    private Found findDynamic(
            String memberId, int epoch, @Nullable SortedMap<Uuid, SortedSet<Integer>> owned) {
        ConsumerMember known = group().members().get(memberId);
        if (known != null) {
            return checked(known, epoch, owned);
        }
        return epoch == 0
                ? new Found.Member(ConsumerMember.unknown(memberId))
                : unknown("Member " + memberId + " is not a member of group " + groupId + ".");
    }

    private Found findStatic(
            String memberId,
            int epoch,
            String instanceId,
            @Nullable SortedMap<Uuid, SortedSet<Integer>> owned) {
        ConsumerMember holder = group().staticMember(instanceId);
        if (holder == null) {
            return epoch == 0
                    ? findDynamic(memberId, epoch, owned)
                    : unknown("Instance id " + instanceId + " is unknown.");
        }
        if (holder.id().equals(memberId)) {
            return checked(holder, epoch, owned);
        }
        if (epoch != 0) {
            return refused(
                    ErrorCode.FENCED_INSTANCE_ID,
                    "Static member " + memberId
                            + " with instance id " + instanceId + " was fenced by member "
                            + holder.id()
                            + ".");
        }
        if (holder.epoch() != ConsumerMember.AWAY) {
            return refused(
                    ErrorCode.UNRELEASED_INSTANCE_ID,
                    "Static member " + memberId
                            + " with instance id " + instanceId
                            + " cannot join the group because the instance id is owned by "
                            + holder.id()
                            + " member.");
        }
        return new Found.Member(replace(holder, holder.withId(memberId).withEpochs(0, 0)));
    }

    private static Found checked(
            ConsumerMember member, int epoch, @Nullable SortedMap<Uuid, SortedSet<Integer>> owned) {
        if (epoch == 0 || epoch == member.epoch()) {
            return new Found.Member(member);
        }
        if (epoch > member.epoch()) {
            return refused(
                    ErrorCode.FENCED_MEMBER_EPOCH,
                    "The consumer group member has a greater"
                            + " member epoch (" + epoch
                            + ") than the one known by the group coordinator ("
                            + member.epoch()
                            + "). The member must abandon all its partitions and rejoin.");
        }
        // The answer that told the present epoch may be lost.
        boolean missedAnswer = epoch == member.previousEpoch() && isSubset(owned, member);
        return missedAnswer
                ? new Found.Member(member)
                : refused(
                        ErrorCode.FENCED_MEMBER_EPOCH,
                        "The consumer group member has a smaller"
                                + " member epoch (" + epoch + ") than the one known by the group"
                                + " coordinator (" + member.epoch()
                                + "). The member must abandon all its partitions and rejoin.");
    }

    private static boolean isSubset(
            @Nullable SortedMap<Uuid, SortedSet<Integer>> owned, ConsumerMember member) {
        if (owned == null) {
            return false;
        }
        for (var topic : owned.entrySet()) {
            SortedTree<Integer, Integer> assigned =
                    member.assigned().getOrDefault(topic.getKey(), SortedTree.empty());
            for (int partition : topic.getValue()) {
                if (!assigned.contains(partition)) {
                    return false;
                }
            }
        }
        return true;
    }

    /// A static member comes back under another member id: it takes over all that the old one had.
    ConsumerMember replace(ConsumerMember old, ConsumerMember fresh) {
        var target = group().targetOf(old.id());
        new ConsumerRebalance(draft, groupId).cancelTimers(old.id());
        ConsumerRecords.eraseMember(draft, groupId, old.id());
        ConsumerRecords.writeProfile(draft, groupId, fresh);
        ConsumerRecords.writeTarget(draft, groupId, fresh.id(), target);
        ConsumerRecords.writeCurrent(draft, groupId, fresh);
        return fresh;
    }

    private static Found unknown(String message) {
        return refused(ErrorCode.UNKNOWN_MEMBER_ID, message);
    }

    private static Found refused(ErrorCode error, String message) {
        return new Found.Refused(new Refusal(error, message));
    }
}
