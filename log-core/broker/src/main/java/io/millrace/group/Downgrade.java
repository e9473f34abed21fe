package io.millrace.group;

import io.millrace.cluster.SortedTree;
import io.millrace.cluster.TopicImage;
import io.millrace.protocol.ConsumerGroupMemberMetadataValue.ClassicMemberMetadata;
import io.millrace.protocol.ConsumerProtocolAssignment;
import io.millrace.protocol.ConsumerProtocolAssignment.TopicPartition;
import io.millrace.protocol.Uuid;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// A consumer group becomes a classic group when its last member of the consumer protocol goes and
/// classic members are left. They keep what they have and rebalance at once.
final class Downgrade {
    private final Draft draft;
    private final String groupId;

    Downgrade(Draft draft, String groupId) {
        this.draft = draft;
        this.groupId = groupId;
    }

    /// Whether the group shall become classic when these are gone.
    boolean isDue(List<ConsumerMember> leaving) {
        List<ConsumerMember> staying = staying(leaving);
        return draft.config().allowsDowngrade()
                && !staying.isEmpty()
                && staying.size() <= draft.config().maxSize()
                && staying.stream().allMatch(ConsumerMember::isClassic);
    }

    private List<ConsumerMember> staying(List<ConsumerMember> leaving) {
        return draft.consumer(groupId).all().stream()
                .filter(member -> leaving.stream().noneMatch(one -> one.id().equals(member.id())))
                .toList();
    }

    void convert(List<ConsumerMember> leaving) {
        ConsumerGroup group = draft.consumer(groupId);
        ClassicGroup classic = classic(group, staying(leaving));
        ConsumerRebalance before = new ConsumerRebalance(draft, groupId);
        group.all().forEach(member -> before.cancelTimers(member.id()));
        draft.cancel(TimerKeys.assignment(groupId));
        ConsumerRecords.eraseGroup(draft, group);
        draft.now(classic);
        ClassicRecords.store(draft, groupId);
        ClassicRebalance after = new ClassicRebalance(draft, groupId);
        classic.all().forEach(member -> after.startSession(member.id(), member.sessionTimeoutMs()));
        after.prepare();
    }

    private ClassicGroup classic(ConsumerGroup group, List<ConsumerMember> staying) {
        SortedTree<String, ClassicMember> members = SortedTree.empty();
        for (ConsumerMember member : staying) {
            members = members.with(member.id(), classic(member));
        }
        ClassicGroup classic = new ClassicGroup(
                groupId,
                group.epoch(),
                ClassicGroup.CONSUMER_PROTOCOL,
                null,
                staying.getFirst().id(),
                members,
                SortedTree.empty(),
                new ClassicPhase.Stable(),
                draft.nowMs());
        return new ClassicGroup(
                groupId,
                group.epoch(),
                ClassicGroup.CONSUMER_PROTOCOL,
                classic.selectProtocol(),
                classic.leader(),
                members,
                SortedTree.empty(),
                classic.phase(),
                draft.nowMs());
    }

    private ClassicMember classic(ConsumerMember member) {
        List<ClassicMember.Protocol> protocols = new ArrayList<>();
        ClassicMemberMetadata metadata = member.profile().classicMemberMetadata();
        if (metadata != null) {
            metadata.supportedProtocols()
                    .forEach(one ->
                            protocols.add(new ClassicMember.Protocol(one.name(), one.metadata())));
        }
        return new ClassicMember(
                member.id(),
                member.instanceId(),
                new ClassicMember.Client(
                        member.profile().clientId(), member.profile().clientHost()),
                member.profile().rebalanceTimeoutMs(),
                member.classicSessionTimeoutMs(),
                protocols,
                assignment(member),
                ClassicMember.NONE,
                ClassicMember.NONE,
                false,
                true);
    }

    /// What the member has, in the bytes that a leader would have given it. A topic that is gone is
    /// left out.
    ByteBuffer assignment(ConsumerMember member) {
        List<TopicPartition> topics = new ArrayList<>();
        for (SortedTree.Entry<Uuid, SortedTree<Integer, Integer>> topic : member.assigned()) {
            TopicImage known = draft.state().world().topics().get(topic.key());
            if (known != null) {
                List<Integer> partitions = new ArrayList<>(topic.value().size());
                topic.value().forEach(entry -> partitions.add(entry.key()));
                topics.add(new TopicPartition(known.name(), partitions));
            }
        }
        return ConsumerSubscriptions.serialize(
                new ConsumerProtocolAssignment(topics, null), version(member));
    }

    private static int version(ConsumerMember member) {
        ClassicMemberMetadata metadata = member.profile().classicMemberMetadata();
        return metadata == null || metadata.supportedProtocols().isEmpty()
                ? 0
                : ConsumerSubscriptions.parse(
                                metadata.supportedProtocols().getFirst().metadata())
                        .map(ConsumerSubscriptions.Parsed::version)
                        .orElse(0);
    }
}
