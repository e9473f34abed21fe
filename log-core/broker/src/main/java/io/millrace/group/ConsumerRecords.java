package io.millrace.group;

import io.millrace.cluster.SortedTree;
import io.millrace.group.assign.Assignment;
import io.millrace.protocol.ConsumerGroupCurrentMemberAssignmentKey;
import io.millrace.protocol.ConsumerGroupCurrentMemberAssignmentValue;
import io.millrace.protocol.ConsumerGroupCurrentMemberAssignmentValue.TopicPartitions;
import io.millrace.protocol.ConsumerGroupMemberMetadataKey;
import io.millrace.protocol.ConsumerGroupMemberMetadataValue;
import io.millrace.protocol.ConsumerGroupMetadataKey;
import io.millrace.protocol.ConsumerGroupMetadataValue;
import io.millrace.protocol.ConsumerGroupRegularExpressionKey;
import io.millrace.protocol.ConsumerGroupRegularExpressionValue;
import io.millrace.protocol.ConsumerGroupTargetAssignmentMemberKey;
import io.millrace.protocol.ConsumerGroupTargetAssignmentMemberValue;
import io.millrace.protocol.ConsumerGroupTargetAssignmentMemberValue.TopicPartition;
import io.millrace.protocol.ConsumerGroupTargetAssignmentMetadataKey;
import io.millrace.protocol.ConsumerGroupTargetAssignmentMetadataValue;
import io.millrace.protocol.OffsetsKey;
import io.millrace.protocol.OffsetsValue;
import io.millrace.protocol.Uuid;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// A consumer group as it stands in the log, and back. Compaction may bring a member's records in
/// any order, so each makes the member if it is not there yet.
final class ConsumerRecords {
    private ConsumerRecords() {}

    static ConsumerGroup written(ConsumerGroup group, OffsetsKey key, OffsetsValue value) {
        if (value instanceof ConsumerGroupMetadataValue epoch) {
            return group.withEpoch(epoch.epoch(), epoch.metadataHash());
        }
        if (value instanceof ConsumerGroupTargetAssignmentMetadataValue target) {
            return group.with(new ConsumerGroup.Target(
                    target.assignmentEpoch(), target.assignmentTimestamp()));
        }
        if (key instanceof ConsumerGroupMemberMetadataKey of
                && value instanceof ConsumerGroupMemberMetadataValue profile) {
            return group.with(member(group, of.memberId()).with(profile));
        }
        if (key instanceof ConsumerGroupTargetAssignmentMemberKey of
                && value instanceof ConsumerGroupTargetAssignmentMemberValue target) {
            return group.withTargets(group.targets().with(of.memberId(), read(target)));
        }
        if (key instanceof ConsumerGroupCurrentMemberAssignmentKey of
                && value instanceof ConsumerGroupCurrentMemberAssignmentValue current) {
            return group.with(new ConsumerMember(
                    of.memberId(),
                    current.memberEpoch(),
                    current.previousMemberEpoch(),
                    MemberState.of(current.state()),
                    read(current.assignedPartitions(), current.memberEpoch()),
                    read(current.partitionsPendingRevocation(), current.memberEpoch()),
                    member(group, of.memberId()).profile()));
        }
        if (key instanceof ConsumerGroupRegularExpressionKey of
                && value instanceof ConsumerGroupRegularExpressionValue resolved) {
            return group.withRegexes(group.regexes().with(of.regularExpression(), resolved));
        }
        // What is left is metadata of partitions, which only releases before 4.1 wrote.
        return group;
    }

    private static ConsumerMember member(ConsumerGroup group, String memberId) {
        ConsumerMember member = group.members().get(memberId);
        return member == null ? ConsumerMember.unknown(memberId) : member;
    }

    static ConsumerGroup erased(ConsumerGroup group, OffsetsKey key) {
        if (key instanceof ConsumerGroupMemberMetadataKey of) {
            return group.without(of.memberId());
        }
        if (key instanceof ConsumerGroupTargetAssignmentMetadataKey) {
            return group.with(new ConsumerGroup.Target(0, 0));
        }
        if (key instanceof ConsumerGroupTargetAssignmentMemberKey of) {
            return group.withTargets(group.targets().without(of.memberId()));
        }
        if (key instanceof ConsumerGroupCurrentMemberAssignmentKey of) {
            ConsumerMember member = group.members().get(of.memberId());
            return member == null
                    ? group
                    : group.with(ConsumerMember.unknown(of.memberId())
                            .with(member.profile())
                            .withEpochs(ConsumerMember.LEFT, ConsumerMember.LEFT));
        }
        if (key instanceof ConsumerGroupRegularExpressionKey of) {
            return group.withRegexes(group.regexes().without(of.regularExpression()));
        }
        return group;
    }

    static void writeProfile(Draft draft, String groupId, ConsumerMember member) {
        draft.write(new ConsumerGroupMemberMetadataKey(groupId, member.id()), member.profile());
    }

    static void writeEpoch(Draft draft, String groupId, int epoch, long hash) {
        draft.write(
                new ConsumerGroupMetadataKey(groupId), new ConsumerGroupMetadataValue(epoch, hash));
    }

    static void writeTarget(Draft draft, String groupId, String memberId, Assignment target) {
        draft.write(new ConsumerGroupTargetAssignmentMemberKey(groupId, memberId), value(target));
    }

    static ConsumerGroupTargetAssignmentMemberValue value(Assignment target) {
        List<TopicPartition> topics = new ArrayList<>(target.partitions().size());
        target.partitions()
                .forEach((topic, partitions) ->
                        topics.add(new TopicPartition(topic, List.copyOf(partitions))));
        return new ConsumerGroupTargetAssignmentMemberValue(topics);
    }

    static void writeTargetEpoch(Draft draft, String groupId, ConsumerGroup.Target target) {
        draft.write(new ConsumerGroupTargetAssignmentMetadataKey(groupId), value(target));
    }

    static ConsumerGroupTargetAssignmentMetadataValue value(ConsumerGroup.Target target) {
        return new ConsumerGroupTargetAssignmentMetadataValue(target.epoch(), target.computedMs());
    }

    static void writeCurrent(Draft draft, String groupId, ConsumerMember member) {
        draft.write(
                new ConsumerGroupCurrentMemberAssignmentKey(groupId, member.id()), value(member));
    }

    static ConsumerGroupCurrentMemberAssignmentValue value(ConsumerMember member) {
        return new ConsumerGroupCurrentMemberAssignmentValue(
                member.epoch(),
                member.previousEpoch(),
                member.state().number(),
                listed(member.assigned()),
                listed(member.revoking()));
    }

    static void eraseMember(Draft draft, String groupId, String memberId) {
        draft.erase(new ConsumerGroupCurrentMemberAssignmentKey(groupId, memberId));
        draft.erase(new ConsumerGroupTargetAssignmentMemberKey(groupId, memberId));
        draft.erase(new ConsumerGroupMemberMetadataKey(groupId, memberId));
    }

    /// In Kafka's order: what stands on something goes before it.
    static void eraseGroup(Draft draft, ConsumerGroup group) {
        for (ConsumerMember member : group.all()) {
            draft.erase(new ConsumerGroupCurrentMemberAssignmentKey(group.id(), member.id()));
        }
        for (ConsumerMember member : group.all()) {
            draft.erase(new ConsumerGroupTargetAssignmentMemberKey(group.id(), member.id()));
        }
        draft.erase(new ConsumerGroupTargetAssignmentMetadataKey(group.id()));
        for (ConsumerMember member : group.all()) {
            draft.erase(new ConsumerGroupMemberMetadataKey(group.id(), member.id()));
        }
        for (var regex : group.regexes()) {
            draft.erase(new ConsumerGroupRegularExpressionKey(group.id(), regex.key()));
        }
        draft.erase(new ConsumerGroupMetadataKey(group.id()));
    }

    private static List<TopicPartitions> listed(
            SortedTree<Uuid, SortedTree<Integer, Integer>> partitions) {
        List<TopicPartitions> topics = new ArrayList<>(partitions.size());
        for (var topic : partitions) {
            List<Integer> numbers = new ArrayList<>(topic.value().size());
            List<Integer> epochs = new ArrayList<>(topic.value().size());
            topic.value().forEach(entry -> {
                numbers.add(entry.key());
                epochs.add(entry.value());
            });
            topics.add(new TopicPartitions(topic.key(), numbers, epochs));
        }
        return topics;
    }

    /// Records before 4.3 have no epochs of assignment; the member's own is the youngest possible.
    private static SortedTree<Uuid, SortedTree<Integer, Integer>> read(
            List<TopicPartitions> topics, int memberEpoch) {
        SortedTree<Uuid, SortedTree<Integer, Integer>> partitions = SortedTree.empty();
        for (TopicPartitions topic : topics) {
            List<Integer> epochs = topic.assignmentEpochs();
            SortedTree<Integer, Integer> numbers = SortedTree.empty();
            for (int i = 0; i < topic.partitions().size(); i++) {
                int epoch = epochs != null && i < epochs.size() ? epochs.get(i) : memberEpoch;
                numbers = numbers.with(topic.partitions().get(i), epoch);
            }
            partitions = partitions.with(topic.topicId(), numbers);
        }
        return partitions;
    }

    private static Assignment read(ConsumerGroupTargetAssignmentMemberValue value) {
        SortedMap<Uuid, SortedSet<Integer>> partitions = new TreeMap<>();
        for (TopicPartition topic : value.topicPartitions()) {
            partitions.put(topic.topicId(), new TreeSet<>(topic.partitions()));
        }
        return new Assignment(partitions);
    }
}
