package io.millrace.group;

import io.millrace.cluster.SortedTree;
import io.millrace.cluster.Topics;
import io.millrace.group.assign.Assignment;
import io.millrace.protocol.ConsumerGroupRegularExpressionValue;
import io.millrace.protocol.Uuid;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A group whose partitions the coordinator assigns (KIP-848). The group's epoch rises with every
/// change of members, subscriptions or topics; a target is computed for it; each member is brought
/// to the target on its own, at its heartbeats.
///
/// @param metadataHash of the subscribed topics, to notice when they change @param targets the
/// assignment that each member shall have, of `targetEpoch` @param owners by topic and partition:
/// the member that holds it. A partition goes to another member only once nobody holds it @param
/// regexes the topics behind each subscribed regular expression @param topicsSeen the topics that
/// the group has taken into account; soft
public record ConsumerGroup(
        String id,
        int epoch,
        long metadataHash,
        SortedTree<String, ConsumerMember> members,
        Target target,
        SortedTree<String, Assignment> targets,
        SortedTree<Uuid, SortedTree<Integer, String>> owners,
        SortedTree<String, ConsumerGroupRegularExpressionValue> regexes,
        @Nullable Topics topicsSeen)
        implements Group {
    static final String PROTOCOL_TYPE = "consumer";

    private static final int FIRST_EPOCH = 1;

    /// Which epoch the targets are of, and when they were computed.
    record Target(int epoch, long computedMs) {}

    /// As Kafka's, a new group begins in epoch 1 with the target of epoch 0.
    static ConsumerGroup empty(String id) {
        return new ConsumerGroup(
                id,
                FIRST_EPOCH,
                0,
                SortedTree.empty(),
                new Target(0, 0),
                SortedTree.empty(),
                SortedTree.empty(),
                SortedTree.empty(),
                null);
    }

    @Override
    public boolean isEmpty() {
        return members.isEmpty();
    }

    @Override
    public String stateName() {
        if (members.isEmpty()) {
            return "Empty";
        }
        if (epoch > target.epoch()) {
            return "Assigning";
        }
        for (SortedTree.Entry<String, ConsumerMember> entry : members) {
            if (!entry.value().isReconciledTo(target.epoch())) {
                return "Reconciling";
            }
        }
        return "Stable";
    }

    List<ConsumerMember> all() {
        List<ConsumerMember> all = new ArrayList<>(members.size());
        members.forEach(entry -> all.add(entry.value()));
        return all;
    }

    /// Null when no static member has this instance id.
    @Nullable
    ConsumerMember staticMember(String instanceId) {
        for (SortedTree.Entry<String, ConsumerMember> entry : members) {
            if (instanceId.equals(entry.value().instanceId())) {
                return entry.value();
            }
        }
        return null;
    }

    Assignment targetOf(String memberId) {
        return targets.getOrDefault(memberId, Assignment.NONE);
    }

    /// Whether somebody other than the member holds the partition.
    boolean isHeldByOther(Uuid topic, int partition, String memberId) {
        SortedTree<Integer, String> holders = owners.get(topic);
        String holder = holders == null ? null : holders.get(partition);
        return holder != null && !holder.equals(memberId);
    }

    /// The topics that the member is subscribed to, by name or by expression.
    List<String> topicsOf(ConsumerMember member) {
        List<String> topics = new ArrayList<>(member.profile().subscribedTopicNames());
        ConsumerGroupRegularExpressionValue resolved = regexes.get(member.regex());
        if (resolved != null) {
            topics.addAll(resolved.topics());
        }
        return topics;
    }

    /// With the number of members that are subscribed to each.
    SortedMap<String, Integer> subscribedTopics() {
        SortedMap<String, Integer> topics = new TreeMap<>();
        for (ConsumerMember member : all()) {
            for (String topic : topicsOf(member)) {
                topics.merge(topic, 1, Integer::sum);
            }
        }
        return topics;
    }

    boolean usesRegex(String regex) {
        for (SortedTree.Entry<String, ConsumerMember> entry : members) {
            if (entry.value().regex().equals(regex)) {
                return true;
            }
        }
        return false;
    }

    ConsumerGroup withEpoch(int newEpoch, long newHash) {
        return new ConsumerGroup(
                id, newEpoch, newHash, members, target, targets, owners, regexes, topicsSeen);
    }

    ConsumerGroup with(Target newTarget) {
        return new ConsumerGroup(
                id, epoch, metadataHash, members, newTarget, targets, owners, regexes, topicsSeen);
    }

    ConsumerGroup withTargets(SortedTree<String, Assignment> newTargets) {
        return new ConsumerGroup(
                id, epoch, metadataHash, members, target, newTargets, owners, regexes, topicsSeen);
    }

    ConsumerGroup withRegexes(SortedTree<String, ConsumerGroupRegularExpressionValue> newRegexes) {
        return new ConsumerGroup(
                id, epoch, metadataHash, members, target, targets, owners, newRegexes, topicsSeen);
    }

    ConsumerGroup withTopicsSeen(Topics topics) {
        return new ConsumerGroup(
                id, epoch, metadataHash, members, target, targets, owners, regexes, topics);
    }

    /// The member as it is now; what it holds follows.
    ConsumerGroup with(ConsumerMember member) {
        ConsumerMember old = members.get(member.id());
        Owners changed = new Owners(owners);
        if (old != null) {
            changed.released(old);
        }
        changed.held(member);
        return withMembers(members.with(member.id(), member), changed.tree());
    }

    ConsumerGroup without(String memberId) {
        ConsumerMember old = members.get(memberId);
        if (old == null) {
            return this;
        }
        Owners changed = new Owners(owners);
        changed.released(old);
        return withMembers(members.without(memberId), changed.tree());
    }

    private ConsumerGroup withMembers(
            SortedTree<String, ConsumerMember> newMembers,
            SortedTree<Uuid, SortedTree<Integer, String>> newOwners) {
        return new ConsumerGroup(
                id,
                epoch,
                metadataHash,
                newMembers,
                target,
                targets,
                newOwners,
                regexes,
                topicsSeen);
    }
}
