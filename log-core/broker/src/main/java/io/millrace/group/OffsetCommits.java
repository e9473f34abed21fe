package io.millrace.group;

import io.millrace.cluster.SortedTree;
import io.millrace.machine.Decision;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.OffsetCommitKey;
import io.millrace.protocol.OffsetCommitRequest;
import io.millrace.protocol.OffsetCommitRequest.OffsetCommitRequestPartition;
import io.millrace.protocol.OffsetCommitRequest.OffsetCommitRequestTopic;
import io.millrace.protocol.OffsetCommitResponse;
import io.millrace.protocol.OffsetCommitResponse.OffsetCommitResponsePartition;
import io.millrace.protocol.OffsetCommitResponse.OffsetCommitResponseTopic;
import io.millrace.protocol.Response;
import io.millrace.protocol.Uuid;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// OffsetCommit: who may commit, and for which partitions.
final class OffsetCommits {
    private static final int CONSUMER_PROTOCOL_VERSION = 9;

    private final Draft draft;
    private final Caller caller;
    private final OffsetCommitRequest request;

    OffsetCommits(Draft draft, Caller caller, OffsetCommitRequest request) {
        this.draft = draft;
        this.caller = caller;
        this.request = request;
    }

    /// The answer with one error for every partition.
    static OffsetCommitResponse failed(OffsetCommitRequest request, ErrorCode error) {
        List<OffsetCommitResponseTopic> topics =
                new ArrayList<>(request.topics().size());
        for (OffsetCommitRequestTopic topic : request.topics()) {
            topics.add(new OffsetCommitResponseTopic(
                    topic.name(),
                    topic.topicId(),
                    topic.partitions().stream()
                            .map(one ->
                                    new OffsetCommitResponsePartition(one.partitionIndex(), error))
                            .toList()));
        }
        return OffsetCommitResponse.DEFAULT.withTopics(topics);
    }

    Decision<GroupCommand, GroupRecord, Response> decide() {
        ErrorCode error = refusal(draft.state().group(request.groupId()));
        if (error != ErrorCode.NONE) {
            return draft.reply(failed(request, error));
        }
        keepAlive();
        List<OffsetCommitResponseTopic> topics =
                new ArrayList<>(request.topics().size());
        for (OffsetCommitRequestTopic topic : request.topics()) {
            List<OffsetCommitResponsePartition> partitions =
                    new ArrayList<>(topic.partitions().size());
            for (OffsetCommitRequestPartition partition : topic.partitions()) {
                partitions.add(new OffsetCommitResponsePartition(
                        partition.partitionIndex(), commit(topic, partition)));
            }
            topics.add(new OffsetCommitResponseTopic(topic.name(), topic.topicId(), partitions));
        }
        return draft.reply(OffsetCommitResponse.DEFAULT.withTopics(topics));
    }

    private ErrorCode refusal(@Nullable Group group) {
        if (group instanceof ClassicGroup classic) {
            return classicRefusal(classic);
        }
        if (group instanceof ConsumerGroup consumer) {
            return consumerRefusal(consumer);
        }
        // Without a group and a generation it comes from a program that assigns its partitions
        // itself.
        if (request.generationIdOrMemberEpoch() < 0) {
            return ErrorCode.NONE;
        }
        return caller.apiVersion() >= CONSUMER_PROTOCOL_VERSION
                ? ErrorCode.GROUP_ID_NOT_FOUND
                : ErrorCode.ILLEGAL_GENERATION;
    }

    private ErrorCode classicRefusal(ClassicGroup group) {
        int generation = request.generationIdOrMemberEpoch();
        if (generation < 0 && group.isEmpty()) {
            return ErrorCode.NONE;
        }
        if (generation >= 0 || !request.memberId().isEmpty() || request.groupInstanceId() != null) {
            ErrorCode error = group.validate(request.memberId(), request.groupInstanceId());
            if (error != ErrorCode.NONE) {
                return error;
            }
            if (generation != group.generation()) {
                return ErrorCode.ILLEGAL_GENERATION;
            }
        } else if (!group.isEmpty()) {
            return ErrorCode.UNKNOWN_MEMBER_ID;
        }
        return group.phase() instanceof ClassicPhase.Completing
                ? ErrorCode.REBALANCE_IN_PROGRESS
                : ErrorCode.NONE;
    }

    private ErrorCode consumerRefusal(ConsumerGroup group) {
        int epoch = request.generationIdOrMemberEpoch();
        if (epoch < 0 && group.isEmpty()) {
            return ErrorCode.NONE;
        }
        ConsumerMember member = group.members().get(request.memberId());
        if (member == null) {
            return ErrorCode.UNKNOWN_MEMBER_ID;
        }
        if (!member.isClassic() && caller.apiVersion() < CONSUMER_PROTOCOL_VERSION) {
            return ErrorCode.UNSUPPORTED_VERSION;
        }
        return epoch > member.epoch() ? staleError(member) : ErrorCode.NONE;
    }

    private static ErrorCode staleError(ConsumerMember member) {
        return member.isClassic() ? ErrorCode.ILLEGAL_GENERATION : ErrorCode.STALE_MEMBER_EPOCH;
    }

    private ErrorCode commit(
            OffsetCommitRequestTopic topic, OffsetCommitRequestPartition partition) {
        ErrorCode error = partitionRefusal(topic, partition);
        if (error != ErrorCode.NONE) {
            return error;
        }
        String metadata = partition.committedMetadata();
        CommittedOffset offset = new CommittedOffset(
                partition.committedOffset(),
                partition.committedLeaderEpoch(),
                metadata == null ? "" : metadata,
                draft.nowMs(),
                CommittedOffset.NO_EXPIRY,
                topic.topicId());
        long retentionMs = request.retentionTimeMs();
        if (retentionMs >= 0) {
            offset = offset.expiringAt(draft.nowMs() + retentionMs);
        }
        draft.write(
                new OffsetCommitKey(request.groupId(), topic.name(), partition.partitionIndex()),
                offset.toValue());
        return ErrorCode.NONE;
    }

    private ErrorCode partitionRefusal(
            OffsetCommitRequestTopic topic, OffsetCommitRequestPartition partition) {
        String metadata = partition.committedMetadata();
        if (metadata != null
                && metadata.getBytes(StandardCharsets.UTF_8).length
                        > draft.config().offsetMetadataMaxBytes()) {
            return ErrorCode.OFFSET_METADATA_TOO_LARGE;
        }
        if (draft.state().group(request.groupId()) instanceof ConsumerGroup group) {
            ConsumerMember member = group.members().get(request.memberId());
            if (member != null
                    && request.generationIdOrMemberEpoch() < member.epoch()
                    && !assignedSince(member, topic.topicId(), partition.partitionIndex())) {
                return staleError(member);
            }
        }
        return ErrorCode.NONE;
    }

    /// A member may still commit with an older epoch what it owned at that epoch and owns now.
    private boolean assignedSince(ConsumerMember member, Uuid topicId, int partition) {
        SortedTree<Integer, Integer> epochs = member.assigned().get(topicId);
        if (epochs == null) {
            epochs = member.revoking().get(topicId);
        }
        Integer epoch = epochs == null ? null : epochs.get(partition);
        return epoch != null && epoch <= request.generationIdOrMemberEpoch();
    }

    /// A commit of a classic member counts as a heartbeat.
    private void keepAlive() {
        if (draft.state().group(request.groupId()) instanceof ClassicGroup group) {
            ClassicMember member = group.members().get(request.memberId());
            if (member != null && !(group.phase() instanceof ClassicPhase.Completing)) {
                new ClassicRebalance(draft, group.id())
                        .startSession(member.id(), member.sessionTimeoutMs());
            }
        }
    }
}
