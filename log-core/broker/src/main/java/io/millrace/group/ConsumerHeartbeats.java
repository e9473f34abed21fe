package io.millrace.group;

import io.millrace.cluster.SortedTree;
import io.millrace.machine.Decision;
import io.millrace.protocol.ConsumerGroupHeartbeatRequest;
import io.millrace.protocol.ConsumerGroupHeartbeatRequest.TopicPartitions;
import io.millrace.protocol.ConsumerGroupHeartbeatResponse;
import io.millrace.protocol.ConsumerGroupHeartbeatResponse.Assignment;
import io.millrace.protocol.ConsumerGroupMemberMetadataValue;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.Response;
import io.millrace.protocol.Uuid;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// ConsumerGroupHeartbeat of a member that joins or stays.
final class ConsumerHeartbeats {
    private final Draft draft;
    private final Caller caller;
    private final ConsumerGroupHeartbeatRequest request;
    private final ConsumerRebalance rebalance;

    ConsumerHeartbeats(Draft draft, Caller caller, ConsumerGroupHeartbeatRequest request) {
        this.draft = draft;
        this.caller = caller;
        this.request = request;
        this.rebalance = new ConsumerRebalance(draft, request.groupId());
    }

    /// The request was checked before.
    Decision<GroupCommand, GroupRecord, Response> decide() {
        Refusal refusal = openGroup();
        if (!refusal.isNone()) {
            return refused(refusal);
        }
        String memberId = request.memberId();
        if (memberId.isEmpty()) {
            var fresh = draft.freshId();
            memberId = new Uuid(fresh.getMostSignificantBits(), fresh.getLeastSignificantBits())
                    .toString();
        }
        ConsumerGroup group = group();
        if (group.members().size() >= draft.config().consumerMaxSize()
                && !group.members().contains(memberId)) {
            return refused(new Refusal(
                    ErrorCode.GROUP_MAX_SIZE_REACHED,
                    "The consumer group has"
                            + " reached its maximum capacity of "
                            + draft.config().consumerMaxSize()
                            + " members."));
        }
        ConsumerMembers.Found found = new ConsumerMembers(draft, request.groupId())
                .find(memberId, request.memberEpoch(), request.instanceId(), owned());
        return switch (found) {
            case ConsumerMembers.Found.Member(ConsumerMember member) -> proceed(member);
            case ConsumerMembers.Found.Refused(Refusal why) -> refused(why);
        };
    }

    static Decision<GroupCommand, GroupRecord, Response> refused(Refusal refusal) {
        return Decision.of(ConsumerGroupHeartbeatResponse.DEFAULT
                .withErrorCode(refusal.error())
                .withErrorMessage(refusal.message()));
    }

    private ConsumerGroup group() {
        return draft.state().group(request.groupId()) instanceof ConsumerGroup group
                ? group
                : ConsumerGroup.empty(request.groupId());
    }

    /// Who joins may make the group, or turn a classic one into a consumer group.
    private Refusal openGroup() {
        Group group = draft.state().group(request.groupId());
        if (group instanceof ConsumerGroup) {
            return Refusal.NONE;
        }
        if (request.memberEpoch() != 0) {
            return new Refusal(
                    ErrorCode.GROUP_ID_NOT_FOUND,
                    "Consumer group " + request.groupId() + " not found.");
        }
        if (group instanceof ClassicGroup classic) {
            if (classic.isEmpty()) {
                GroupRemoval.erase(draft, classic);
                return Refusal.NONE;
            }
            return new Upgrade(draft, classic).convert();
        }
        return Refusal.NONE;
    }

    private Decision<GroupCommand, GroupRecord, Response> proceed(ConsumerMember before) {
        ConsumerGroupMemberMetadataValue profile = profile(before.profile());
        String regex = profile.subscribedTopicRegex();
        if (regex != null && !regex.isEmpty() && !regex.equals(before.regex())) {
            String problem = SubscribedTopics.problem(regex);
            if (!problem.isEmpty()) {
                return refused(new Refusal(
                        ErrorCode.INVALID_REGULAR_EXPRESSION,
                        "SubscribedTopicRegex `" + regex + "` is not a valid regular expression: "
                                + problem + "."));
            }
        }
        boolean isNew = !group().members().contains(before.id());
        ConsumerMember member = before.with(profile);
        boolean subscriptionChanged = isNew
                || !member.regex().equals(before.regex())
                || !profile.subscribedTopicNames().equals(before.profile().subscribedTopicNames());
        if (isNew || !member.equals(before)) {
            ConsumerRecords.writeProfile(draft, request.groupId(), member);
        }
        if (!member.regex().isEmpty() && !group().regexes().contains(member.regex())) {
            rebalance.resolve(List.of(member.regex()));
        }
        if (!before.regex().equals(member.regex())) {
            rebalance.forget(before.regex());
        }
        rebalance.refresh(subscriptionChanged);
        rebalance.assign();
        ConsumerMember after = rebalance.reconcile(member, subscriptionChanged, owned());
        rebalance.startSession(after);
        draft.cancel(TimerKeys.rejoin(request.groupId(), after.id()));
        return draft.reply(answer(before, after));
    }

    /// What the request leaves out stays as it was.
    private ConsumerGroupMemberMetadataValue profile(ConsumerGroupMemberMetadataValue old) {
        List<String> names = request.subscribedTopicNames();
        String instanceId = request.instanceId();
        String rackId = request.rackId();
        String regex = request.subscribedTopicRegex();
        String assignor = request.serverAssignor();
        return new ConsumerGroupMemberMetadataValue(
                instanceId == null ? old.instanceId() : instanceId,
                rackId == null ? old.rackId() : rackId,
                caller.clientId(),
                caller.clientHost(),
                names == null ? old.subscribedTopicNames() : List.copyOf(new TreeSet<>(names)),
                regex == null ? old.subscribedTopicRegex() : regex,
                request.rebalanceTimeoutMs() == -1
                        ? old.rebalanceTimeoutMs()
                        : request.rebalanceTimeoutMs(),
                assignor == null ? old.serverAssignor() : assignor,
                null);
    }

    private @Nullable SortedMap<Uuid, SortedSet<Integer>> owned() {
        List<TopicPartitions> listed = request.topicPartitions();
        if (listed == null) {
            return null;
        }
        SortedMap<Uuid, SortedSet<Integer>> owned = new TreeMap<>();
        for (TopicPartitions topic : listed) {
            owned.computeIfAbsent(topic.topicId(), _ -> new TreeSet<>()).addAll(topic.partitions());
        }
        return owned;
    }

    /// The assignment stands in the answer when it changed, and when the member tells everything of
    /// itself: it does so when it joins and when it missed an answer.
    private ConsumerGroupHeartbeatResponse answer(ConsumerMember before, ConsumerMember after) {
        boolean isFull = request.rebalanceTimeoutMs() != -1
                && request.topicPartitions() != null
                && (request.subscribedTopicNames() != null
                        || request.subscribedTopicRegex() != null);
        boolean tells =
                request.memberEpoch() == 0 || isFull || !before.assigned().equals(after.assigned());
        return new ConsumerGroupHeartbeatResponse(
                0,
                ErrorCode.NONE,
                null,
                after.id(),
                after.epoch(),
                rebalance.heartbeatIntervalMs(),
                tells ? assignment(after) : null);
    }

    private static Assignment assignment(ConsumerMember member) {
        List<ConsumerGroupHeartbeatResponse.TopicPartitions> topics = new ArrayList<>();
        for (SortedTree.Entry<Uuid, SortedTree<Integer, Integer>> topic : member.assigned()) {
            List<Integer> partitions = new ArrayList<>(topic.value().size());
            topic.value().forEach(entry -> partitions.add(entry.key()));
            topics.add(new ConsumerGroupHeartbeatResponse.TopicPartitions(topic.key(), partitions));
        }
        return new Assignment(topics);
    }
}
