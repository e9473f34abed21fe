package io.millrace.clients.consumer;

import io.millrace.clients.network.ClusterClient;
import io.millrace.clients.network.ClusterClient.CoordinatorType;
import io.millrace.clients.network.Retry;
import io.millrace.common.TopicPartition;
import io.millrace.common.errors.Failures;
import io.millrace.common.errors.UnknownTopicOrPartitionException;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.OffsetCommitRequest;
import io.millrace.protocol.OffsetCommitRequest.OffsetCommitRequestPartition;
import io.millrace.protocol.OffsetCommitRequest.OffsetCommitRequestTopic;
import io.millrace.protocol.OffsetCommitResponse;
import io.millrace.protocol.OffsetFetchRequest;
import io.millrace.protocol.OffsetFetchResponse;
import io.millrace.protocol.Response;
import io.millrace.protocol.Uuid;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Commits offsets of a group, and reads them back.
///
/// Owner thread: the loop.
final class Commits {
    /// The newest version of OffsetCommit and OffsetFetch that names topics by name.
    private static final int BY_NAME = 9;

    /// The newest version of OffsetFetch for one group.
    private static final int ONE_GROUP = 7;

    private final ClusterClient client;
    private final String groupId;
    private final Supplier<ConsumerGroupMetadata> member;

    Commits(ClusterClient client, String groupId, Supplier<ConsumerGroupMetadata> member) {
        this.client = client;
        this.groupId = groupId;
        this.member = member;
    }

    /// Tries again while that may help, until the time is up.
    CompletionStage<Void> commit(Map<TopicPartition, OffsetAndMetadata> offsets, long timeoutMs) {
        return client.retry(timeoutMs, () -> commitOnce(offsets));
    }

    /// Like `commit`, for partitions that the consumer gives up: those of a deleted topic are no
    /// reason to go on trying.
    CompletionStage<Void> commitLast(
            Map<TopicPartition, OffsetAndMetadata> offsets, long timeoutMs) {
        return client.retry(
                timeoutMs,
                () -> commitOnce(offsets).exceptionally(failure -> {
                    if (Retry.bare(failure) instanceof UnknownTopicOrPartitionException) {
                        return null;
                    }
                    throw new CompletionException(Retry.bare(failure));
                }));
    }

    CompletionStage<Void> commitOnce(Map<TopicPartition, OffsetAndMetadata> offsets) {
        if (offsets.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        ConsumerGroupMetadata who = member.get();
        Map<String, List<OffsetCommitRequestPartition>> byTopic = new TreeMap<>();
        offsets.forEach((partition, offset) -> byTopic.computeIfAbsent(
                        partition.topic(), name -> new ArrayList<>())
                .add(new OffsetCommitRequestPartition(
                        partition.partition(), offset.offset(),
                        offset.leaderEpoch().orElse(-1), offset.metadata())));
        List<OffsetCommitRequestTopic> topics = new ArrayList<>();
        byTopic.forEach(
                (name, each) -> topics.add(new OffsetCommitRequestTopic(name, Uuid.ZERO, each)));
        OffsetCommitRequest request = OffsetCommitRequest.DEFAULT
                .withGroupId(groupId)
                .withGenerationIdOrMemberEpoch(who.generationId())
                .withMemberId(who.memberId())
                .withGroupInstanceId(who.groupInstanceId().orElse(null))
                .withTopics(topics);
        return send(request, BY_NAME).thenAccept(this::checkCommit);
    }

    private CompletionStage<Response> send(io.millrace.protocol.Request request, int maxVersion) {
        return client.coordinators()
                .find(CoordinatorType.GROUP, groupId)
                .thenCompose(node -> client.sendTo(
                        node, request, maxVersion, client.settings().requestTimeoutMs()))
                .whenComplete((answer, failure) -> {
                    if (failure != null && Retry.isDisconnect(failure)) {
                        client.coordinators().forget(CoordinatorType.GROUP, groupId);
                    }
                });
    }

    private void checkCommit(Response answer) {
        for (var topic : ((OffsetCommitResponse) answer).topics()) {
            for (var part : topic.partitions()) {
                check(part.errorCode());
            }
        }
    }

    private void check(ErrorCode code) {
        switch (code) {
            case NONE -> {}
            case NOT_COORDINATOR, COORDINATOR_NOT_AVAILABLE, REQUEST_TIMED_OUT -> {
                client.coordinators().forget(CoordinatorType.GROUP, groupId);
                throw Failures.of(code);
            }
            case UNKNOWN_MEMBER_ID, ILLEGAL_GENERATION, FENCED_MEMBER_EPOCH ->
                throw new CommitFailedException();
            case REBALANCE_IN_PROGRESS, STALE_MEMBER_EPOCH ->
                throw Failures.of(
                        code, "The group is rebalancing: poll to take part, then commit again");
            default -> throw Failures.of(code);
        }
    }

    /// What is committed; partitions without an offset are left out.
    CompletionStage<Map<TopicPartition, OffsetAndMetadata>> fetch(
            Collection<TopicPartition> partitions, long timeoutMs) {
        return client.retry(timeoutMs, () -> fetchOnce(partitions));
    }

    private CompletionStage<Map<TopicPartition, OffsetAndMetadata>> fetchOnce(
            Collection<TopicPartition> partitions) {
        Map<String, List<Integer>> byTopic = new TreeMap<>();
        partitions.forEach(
                partition -> byTopic.computeIfAbsent(partition.topic(), name -> new ArrayList<>())
                        .add(partition.partition()));
        return send(batched(byTopic), BY_NAME)
                .handle((answer, failure) -> {
                    if (failure != null && Retry.isUnsupported(failure)) {
                        return send(single(byTopic), ONE_GROUP);
                    }
                    return failure == null
                            ? CompletableFuture.completedStage(answer)
                            : CompletableFuture.<Response>failedStage(Retry.bare(failure));
                })
                .thenCompose(stage -> stage)
                .thenApply(this::read);
    }

    private OffsetFetchRequest batched(Map<String, List<Integer>> byTopic) {
        List<OffsetFetchRequest.OffsetFetchRequestTopics> topics = new ArrayList<>();
        byTopic.forEach((name, each) ->
                topics.add(new OffsetFetchRequest.OffsetFetchRequestTopics(name, Uuid.ZERO, each)));
        return OffsetFetchRequest.DEFAULT
                .withGroups(List.of(
                        new OffsetFetchRequest.OffsetFetchRequestGroup(groupId, null, -1, topics)))
                .withRequireStable(true);
    }

    private OffsetFetchRequest single(Map<String, List<Integer>> byTopic) {
        List<OffsetFetchRequest.OffsetFetchRequestTopic> topics = new ArrayList<>();
        byTopic.forEach((name, each) ->
                topics.add(new OffsetFetchRequest.OffsetFetchRequestTopic(name, each)));
        return OffsetFetchRequest.DEFAULT.withGroupId(groupId).withTopics(topics);
    }

    private Map<TopicPartition, OffsetAndMetadata> read(Response answer) {
        OffsetFetchResponse response = (OffsetFetchResponse) answer;
        Map<TopicPartition, OffsetAndMetadata> found = new HashMap<>();
        check(response.errorCode());
        for (var topic : response.topics()) {
            for (var part : topic.partitions()) {
                put(
                        found,
                        new TopicPartition(topic.name(), part.partitionIndex()),
                        part.errorCode(),
                        part.committedOffset(),
                        part.committedLeaderEpoch(),
                        part.metadata());
            }
        }
        for (var group : response.groups()) {
            check(group.errorCode());
            for (var topic : group.topics()) {
                for (var part : topic.partitions()) {
                    put(
                            found,
                            new TopicPartition(topic.name(), part.partitionIndex()),
                            part.errorCode(),
                            part.committedOffset(),
                            part.committedLeaderEpoch(),
                            part.metadata());
                }
            }
        }
        return found;
    }

    private void put(
            Map<TopicPartition, OffsetAndMetadata> found,
            TopicPartition partition,
            ErrorCode error,
            long offset,
            int epoch,
            @Nullable String metadata) {
        check(error);
        if (offset >= 0) {
            found.put(
                    partition,
                    new OffsetAndMetadata(
                            offset,
                            epoch < 0 ? Optional.empty() : Optional.of(epoch),
                            metadata == null ? "" : metadata));
        }
    }
}
