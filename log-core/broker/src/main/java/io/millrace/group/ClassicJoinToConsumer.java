package io.millrace.group;

import io.millrace.cluster.TopicImage;
import io.millrace.group.ClassicMember.Protocol;
import io.millrace.group.ConsumerSubscriptions.Parsed;
import io.millrace.machine.Decision;
import io.millrace.protocol.ConsumerGroupMemberMetadataValue;
import io.millrace.protocol.ConsumerGroupMemberMetadataValue.ClassicMemberMetadata;
import io.millrace.protocol.ConsumerGroupMemberMetadataValue.ClassicProtocol;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.JoinGroupRequest;
import io.millrace.protocol.JoinGroupResponse;
import io.millrace.protocol.Response;
import io.millrace.protocol.Uuid;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// JoinGroup of a classic member in a consumer group. It is answered at once: nobody leads, and the
/// assignment is the coordinator's.
final class ClassicJoinToConsumer {
    private static final int TWO_STEP_VERSION = 4;

    private final Draft draft;
    private final Caller caller;
    private final JoinGroupRequest request;
    private final List<Protocol> protocols;
    private final ConsumerRebalance rebalance;

    ClassicJoinToConsumer(Draft draft, Caller caller, JoinGroupRequest request) {
        this.draft = draft;
        this.caller = caller;
        this.request = request;
        this.protocols = JoinChecks.protocols(request);
        this.rebalance = new ConsumerRebalance(draft, request.groupId());
    }

    private ConsumerGroup group() {
        return draft.consumer(request.groupId());
    }

    Decision<GroupCommand, GroupRecord, Response> decide() {
        boolean known = group().members().contains(request.memberId());
        if (group().members().size() >= draft.config().consumerMaxSize() && !known) {
            return Decision.of(ClassicReplies.joinError(
                    ClassicReplies.NO_MEMBER, ErrorCode.GROUP_MAX_SIZE_REACHED));
        }
        if (!request.protocolType().equals(ConsumerGroup.PROTOCOL_TYPE)
                || protocols.isEmpty()
                || !agreesWithOthers()) {
            return refuse(ErrorCode.INCONSISTENT_GROUP_PROTOCOL);
        }
        String instanceId = request.groupInstanceId();
        String memberId = request.memberId();
        if (memberId.isEmpty()) {
            String prefix = instanceId == null ? caller.clientId() : instanceId;
            memberId = prefix + "-" + draft.freshId();
            if (instanceId == null && caller.apiVersion() >= TWO_STEP_VERSION) {
                return Decision.of(
                        ClassicReplies.joinError(memberId, ErrorCode.MEMBER_ID_REQUIRED));
            }
        }
        Optional<Parsed> parsed =
                ConsumerSubscriptions.parse(protocols.getFirst().metadata());
        return parsed.isEmpty()
                ? refuse(ErrorCode.INCONSISTENT_GROUP_PROTOCOL)
                : admit(memberId, parsed.get());
    }

    private Decision<GroupCommand, GroupRecord, Response> refuse(ErrorCode error) {
        return Decision.of(ClassicReplies.joinError(request.memberId(), error));
    }

    /// All classic members must share a protocol, so that the group can become classic again.
    private boolean agreesWithOthers() {
        SortedSet<String> shared = new TreeSet<>();
        protocols.forEach(one -> shared.add(one.name()));
        for (ConsumerMember member : group().all()) {
            var classic = member.profile().classicMemberMetadata();
            if (classic != null && !member.id().equals(request.memberId())) {
                shared.retainAll(classic.supportedProtocols().stream()
                        .map(ClassicProtocol::name)
                        .toList());
            }
        }
        return !shared.isEmpty();
    }

    private Decision<GroupCommand, GroupRecord, Response> admit(String memberId, Parsed parsed) {
        String instanceId = request.groupInstanceId();
        ConsumerMember known = group().members().get(memberId);
        ConsumerMember holder = instanceId == null ? null : group().staticMember(instanceId);
        boolean asNew = request.memberId().isEmpty();
        ConsumerMember before = known == null ? ConsumerMember.unknown(memberId) : known;
        if (holder != null && !holder.id().equals(memberId)) {
            if (!asNew) {
                return refuse(ErrorCode.FENCED_INSTANCE_ID);
            }
            before = new ConsumerMembers(draft, request.groupId())
                    .replace(holder, holder.withId(memberId).withEpochs(0, 0));
        } else if (instanceId != null && holder == null && !asNew) {
            return refuse(ErrorCode.UNKNOWN_MEMBER_ID);
        }
        ConsumerMember after = reconciled(before, parsed);
        Downgrade downgrade = new Downgrade(draft, request.groupId());
        if (holder != null && !holder.isClassic() && downgrade.isDue(List.of())) {
            // The last member of the consumer protocol came back as a classic one.
            downgrade.convert(List.of());
            return new ClassicJoin(draft, caller, request.withMemberId(memberId)).decide();
        }
        rebalance.startSession(after);
        draft.start(
                TimerKeys.rejoin(request.groupId(), memberId),
                JoinChecks.rebalanceTimeoutMs(request),
                new GroupCommand.ClassicMemberTimeout(request.groupId(), memberId));
        return draft.reply(JoinGroupResponse.DEFAULT
                .withMemberId(memberId)
                .withGenerationId(after.epoch())
                .withProtocolType(ConsumerGroup.PROTOCOL_TYPE)
                .withProtocolName(protocols.getFirst().name()));
    }

    private ConsumerMember reconciled(ConsumerMember before, Parsed parsed) {
        ConsumerMember member = before.with(profile(parsed));
        boolean isNew = !group().members().contains(before.id());
        boolean changed = isNew
                || !before.profile()
                        .subscribedTopicNames()
                        .equals(member.profile().subscribedTopicNames());
        if (isNew || !member.equals(before)) {
            ConsumerRecords.writeProfile(draft, request.groupId(), member);
        }
        rebalance.forget(before.regex());
        rebalance.refresh(changed);
        rebalance.assign();
        return rebalance.reconcile(member, changed, owned(parsed));
    }

    private ConsumerGroupMemberMetadataValue profile(Parsed parsed) {
        List<ClassicProtocol> supported = new ArrayList<>(protocols.size());
        protocols.forEach(one -> supported.add(new ClassicProtocol(one.name(), one.metadata())));
        return new ConsumerGroupMemberMetadataValue(
                request.groupInstanceId(),
                parsed.subscription().rackId(),
                caller.clientId(),
                caller.clientHost(),
                List.copyOf(new TreeSet<>(parsed.subscription().topics())),
                null,
                JoinChecks.rebalanceTimeoutMs(request),
                null,
                new ClassicMemberMetadata(request.sessionTimeoutMs(), supported));
    }

    /// An eager member joins with nothing; a cooperative one says what it kept.
    private SortedMap<Uuid, SortedSet<Integer>> owned(Parsed parsed) {
        SortedMap<Uuid, SortedSet<Integer>> owned = new TreeMap<>();
        parsed.subscription().ownedPartitions().forEach(one -> {
            TopicImage topic = draft.state().world().topic(one.topic());
            if (topic != null) {
                owned.computeIfAbsent(topic.id(), _ -> new TreeSet<>()).addAll(one.partitions());
            }
        });
        return owned;
    }
}
