package io.millrace.group;

import io.millrace.cluster.SortedTree;
import io.millrace.group.assign.Assignment;
import io.millrace.protocol.Uuid;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Brings one member a step nearer to its target: first it gives up what it shall not keep, then
/// its epoch moves on, then it gets what nobody else holds any more.
/// ```
///                     has given up                    all are free
/// UNREVOKED_PARTITIONS ----------> UNRELEASED_PARTITIONS --------> STABLE
///          ^                                |                        |
///          +--------------------------------+------------------------+  a new target
/// ```
/// @param subscribed ids of the topics that the member is subscribed to now
/// @param owned what the member says it holds; null when it does not say
record Reconciler(
        ConsumerGroup group,
        ConsumerMember member,
        SortedSet<Uuid> subscribed,
        @Nullable SortedMap<Uuid, SortedSet<Integer>> owned) {

    /// The member after the step; itself when there is none to take.
    ConsumerMember step(boolean subscriptionChanged) {
        int targetEpoch = group.target().epoch();
        return switch (member.state()) {
            case STABLE -> {
                if (member.epoch() != targetEpoch) {
                    yield next();
                }
                yield subscriptionChanged ? withoutUnsubscribed() : member;
            }
            case UNREVOKED_PARTITIONS -> {
                if (owns(member.revoking())) {
                    yield subscriptionChanged ? withoutUnsubscribed() : member;
                }
                yield next();
            }
            case UNRELEASED_PARTITIONS, UNKNOWN -> next();
        };
    }

    private boolean owns(SortedTree<Uuid, SortedTree<Integer, Integer>> partitions) {
        if (owned == null) {
            return true;
        }
        for (SortedTree.Entry<Uuid, SortedTree<Integer, Integer>> topic : partitions) {
            SortedSet<Integer> held = owned.get(topic.key());
            if (held != null && held.stream().anyMatch(topic.value()::contains)) {
                return true;
            }
        }
        return false;
    }

    private ConsumerMember next() {
        Assignment target = group.targetOf(member.id());
        SortedTree<Uuid, SortedTree<Integer, Integer>> kept = SortedTree.empty();
        SortedTree<Uuid, SortedTree<Integer, Integer>> gone = SortedTree.empty();
        SortedTree<Uuid, SortedTree<Integer, Integer>> all = SortedTree.empty();
        boolean unreleased = false;
        for (Uuid topic : topics(target)) {
            SortedTree<Integer, Integer> keep = held(target, topic, true);
            SortedTree<Integer, Integer> more = keep;
            for (int partition : wanted(target, topic)) {
                if (!keep.contains(partition)) {
                    boolean free = !group.isHeldByOther(topic, partition, member.id());
                    more = free ? more.with(partition, group.target().epoch()) : more;
                    unreleased |= !free;
                }
            }
            kept = put(kept, topic, keep);
            gone = put(gone, topic, held(target, topic, false));
            all = put(all, topic, more);
        }
        if (!gone.isEmpty() && owns(gone)) {
            return moved(member.epoch(), MemberState.UNREVOKED_PARTITIONS, kept, gone);
        }
        return moved(
                group.target().epoch(),
                unreleased ? MemberState.UNRELEASED_PARTITIONS : MemberState.STABLE,
                all,
                SortedTree.empty());
    }

    /// Of what the member has, what the target leaves it, or what it takes away.
    private SortedTree<Integer, Integer> held(Assignment target, Uuid topic, boolean wanted) {
        SortedTree<Integer, Integer> held = SortedTree.empty();
        for (SortedTree.Entry<Integer, Integer> one :
                member.assigned().getOrDefault(topic, SortedTree.empty())) {
            if (wanted(target, topic).contains(one.key()) == wanted) {
                held = held.with(one.key(), one.value());
            }
        }
        return held;
    }

    /// The target may be older than the subscription.
    private SortedSet<Integer> wanted(Assignment target, Uuid topic) {
        return subscribed.contains(topic) ? target.of(topic) : Collections.emptySortedSet();
    }

    private SortedSet<Uuid> topics(Assignment target) {
        SortedSet<Uuid> topics = new TreeSet<>(target.partitions().keySet());
        member.assigned().forEach(entry -> topics.add(entry.key()));
        return topics;
    }

    /// Takes away at once what the member is not subscribed to any more: the next target may take a
    /// while.
    private ConsumerMember withoutUnsubscribed() {
        SortedTree<Uuid, SortedTree<Integer, Integer>> kept = SortedTree.empty();
        SortedTree<Uuid, SortedTree<Integer, Integer>> gone = member.revoking();
        for (SortedTree.Entry<Uuid, SortedTree<Integer, Integer>> topic : member.assigned()) {
            if (subscribed.contains(topic.key())) {
                kept = kept.with(topic.key(), topic.value());
            } else {
                SortedTree<Integer, Integer> both =
                        gone.getOrDefault(topic.key(), SortedTree.empty());
                for (SortedTree.Entry<Integer, Integer> partition : topic.value()) {
                    both = both.with(partition.key(), partition.value());
                }
                gone = gone.with(topic.key(), both);
            }
        }
        if (kept.size() == member.assigned().size()) {
            return member;
        }
        return !gone.isEmpty() && owns(gone)
                ? moved(member.epoch(), MemberState.UNREVOKED_PARTITIONS, kept, gone)
                : moved(member.epoch(), member.state(), kept, member.revoking());
    }

    private static SortedTree<Uuid, SortedTree<Integer, Integer>> put(
            SortedTree<Uuid, SortedTree<Integer, Integer>> map,
            Uuid topic,
            SortedTree<Integer, Integer> partitions) {
        return partitions.isEmpty() ? map : map.with(topic, partitions);
    }

    private ConsumerMember moved(
            int epoch,
            MemberState state,
            SortedTree<Uuid, SortedTree<Integer, Integer>> assigned,
            SortedTree<Uuid, SortedTree<Integer, Integer>> revoking) {
        return new ConsumerMember(
                member.id(), epoch, member.epoch(), state, assigned, revoking, member.profile());
    }
}
