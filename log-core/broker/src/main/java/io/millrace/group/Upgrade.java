package io.millrace.group;

import io.millrace.cluster.SortedTree;
import io.millrace.cluster.TopicImage;
import io.millrace.group.assign.Assignment;
import io.millrace.protocol.ConsumerGroupMemberMetadataValue;
import io.millrace.protocol.ConsumerGroupMemberMetadataValue.ClassicMemberMetadata;
import io.millrace.protocol.ConsumerGroupMemberMetadataValue.ClassicProtocol;
import io.millrace.protocol.ConsumerProtocolAssignment;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.GroupMetadataKey;
import io.millrace.protocol.Uuid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// A classic group becomes a consumer group because a member of that protocol joins it. Its members
/// stay classic and keep what they have: generation becomes epoch, assignment becomes target.
final class Upgrade {
    private final Draft draft;
    private final ClassicGroup classic;

    Upgrade(Draft draft, ClassicGroup classic) {
        this.draft = draft;
        this.classic = classic;
    }

    Refusal convert() {
        String obstacle = obstacle();
        if (!obstacle.isEmpty()) {
            return new Refusal(
                    ErrorCode.GROUP_ID_NOT_FOUND,
                    "Cannot upgrade classic group " + classic.id() + " to consumer group because "
                            + obstacle + ".");
        }
        List<ConsumerMember> members = new ArrayList<>(classic.members().size());
        for (ClassicMember member : classic.all()) {
            Optional<ConsumerMember> converted = converted(member);
            if (converted.isEmpty()) {
                return new Refusal(
                        ErrorCode.GROUP_ID_NOT_FOUND,
                        "Cannot upgrade classic group "
                                + classic.id()
                                + " to consumer group because the subscription of member "
                                + member.id() + " cannot be read.");
            }
            members.add(converted.get());
        }
        dismiss();
        write(members);
        return Refusal.NONE;
    }

    private String obstacle() {
        if (!draft.config().allowsUpgrade()) {
            return "online upgrade is disabled";
        }
        if (!classic.usesConsumerProtocol()) {
            return "the group does not use the consumer embedded protocol";
        }
        return classic.members().size() > draft.config().consumerMaxSize()
                ? "the group size exceeds the consumer group maximum size"
                : "";
    }

    /// Whoever waits shall join again, and the classic group's timers end.
    private void dismiss() {
        for (ClassicMember member : classic.all()) {
            draft.release(
                    member.joinTicket(),
                    ClassicReplies.joinError(member.id(), ErrorCode.REBALANCE_IN_PROGRESS));
            draft.release(
                    member.syncTicket(), ClassicReplies.syncError(ErrorCode.REBALANCE_IN_PROGRESS));
        }
        classic.pending()
                .forEach(entry -> draft.cancel(TimerKeys.session(classic.id(), entry.key())));
        draft.cancel(TimerKeys.join(classic.id()));
        draft.cancel(TimerKeys.sync(classic.id()));
    }

    private void write(List<ConsumerMember> members) {
        draft.erase(new GroupMetadataKey(classic.id()));
        members.forEach(member -> ConsumerRecords.writeProfile(draft, classic.id(), member));
        ConsumerRecords.writeEpoch(draft, classic.id(), classic.generation(), 0);
        members.forEach(member ->
                ConsumerRecords.writeTarget(draft, classic.id(), member.id(), target(member)));
        ConsumerRecords.writeTargetEpoch(
                draft, classic.id(), new ConsumerGroup.Target(classic.generation(), 0));
        members.forEach(member -> ConsumerRecords.writeCurrent(draft, classic.id(), member));
        ConsumerRebalance rebalance = new ConsumerRebalance(draft, classic.id());
        members.forEach(rebalance::startSession);
    }

    private static Assignment target(ConsumerMember member) {
        SortedMap<Uuid, SortedSet<Integer>> partitions = new TreeMap<>();
        for (var topic : member.assigned()) {
            SortedSet<Integer> numbers = new TreeSet<>();
            topic.value().forEach(entry -> numbers.add(entry.key()));
            partitions.put(topic.key(), numbers);
        }
        return new Assignment(partitions);
    }

    private Optional<ConsumerMember> converted(ClassicMember member) {
        String protocol = classic.protocolName() != null
                ? classic.protocolName()
                : member.protocols().getFirst().name();
        return ConsumerSubscriptions.parse(member.metadata(protocol)).map(parsed -> {
            List<ClassicProtocol> protocols = new ArrayList<>(member.protocols().size());
            member.protocols()
                    .forEach(one -> protocols.add(new ClassicProtocol(one.name(), one.metadata())));
            var profile = new ConsumerGroupMemberMetadataValue(
                    member.instanceId(),
                    parsed.subscription().rackId(),
                    member.client().id(),
                    member.client().host(),
                    List.copyOf(new TreeSet<>(parsed.subscription().topics())),
                    null,
                    member.rebalanceTimeoutMs(),
                    null,
                    new ClassicMemberMetadata(member.sessionTimeoutMs(), protocols));
            return new ConsumerMember(
                    member.id(),
                    classic.generation(),
                    classic.generation(),
                    MemberState.STABLE,
                    assigned(member),
                    SortedTree.empty(),
                    profile);
        });
    }

    /// Nothing for a member that has not synced yet.
    private SortedTree<Uuid, SortedTree<Integer, Integer>> assigned(ClassicMember member) {
        SortedTree<Uuid, SortedTree<Integer, Integer>> assigned = SortedTree.empty();
        Optional<ConsumerProtocolAssignment> stored =
                ConsumerSubscriptions.parseAssignment(member.assignment());
        if (stored.isEmpty()) {
            return assigned;
        }
        for (var topic : stored.get().assignedPartitions()) {
            TopicImage known = draft.state().world().topic(topic.topic());
            SortedTree<Integer, Integer> numbers = SortedTree.empty();
            for (int partition : topic.partitions()) {
                numbers = numbers.with(partition, classic.generation());
            }
            if (known != null && !numbers.isEmpty()) {
                assigned = assigned.with(known.id(), numbers);
            }
        }
        return assigned;
    }
}
