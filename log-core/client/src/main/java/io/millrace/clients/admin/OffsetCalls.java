package io.millrace.clients.admin;

import io.millrace.clients.consumer.OffsetAndMetadata;
import io.millrace.common.KafkaFuture;
import io.millrace.common.TopicPartition;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.OffsetCommitRequest;
import io.millrace.protocol.OffsetCommitResponse;
import io.millrace.protocol.OffsetDeleteRequest;
import io.millrace.protocol.OffsetDeleteResponse;
import io.millrace.protocol.OffsetFetchRequest;
import io.millrace.protocol.OffsetFetchResponse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Committed offsets of groups: list, set, delete. By topic names, which every version of the
/// brokers knows.
final class OffsetCalls {
    /// The last versions that name topics; later ones know ids alone.
    private static final int FETCH_BY_NAME = 9;

    private static final int COMMIT_BY_NAME = 9;
    private static final int NO_GENERATION = -1;

    private final Calls calls;

    OffsetCalls(Calls calls) {
        this.calls = calls;
    }

    ListConsumerGroupOffsetsResult list(Collection<String> groups) {
        var futures = new LinkedHashMap<
                String, KafkaFuture<Map<TopicPartition, @Nullable OffsetAndMetadata>>>();
        groups.forEach(group -> futures.put(
                group,
                calls.ofGroup(
                        group,
                        () -> calls.client()
                                .coordinators()
                                .find(
                                        io.millrace.clients.network.ClusterClient.CoordinatorType
                                                .GROUP,
                                        group)
                                .thenCompose(node -> calls.client()
                                        .send(
                                                node.id(),
                                                OffsetFetchRequest.DEFAULT
                                                        .withGroups(List.of(
                                                                new OffsetFetchRequest
                                                                        .OffsetFetchRequestGroup(
                                                                        group, null, -1, null)))
                                                        .withRequireStable(false),
                                                FETCH_BY_NAME,
                                                calls.timeoutMs()))
                                .thenApply(answer -> fetched((OffsetFetchResponse) answer)))));
        return new ListConsumerGroupOffsetsResult(futures);
    }

    private static Map<TopicPartition, @Nullable OffsetAndMetadata> fetched(
            OffsetFetchResponse response) {
        var offsets = new LinkedHashMap<TopicPartition, @Nullable OffsetAndMetadata>();
        var group = response.groups().getFirst();
        Calls.check(group.errorCode(), null);
        for (var topic : group.topics()) {
            for (var partition : topic.partitions()) {
                Calls.check(partition.errorCode(), null);
                offsets.put(
                        new TopicPartition(topic.name(), partition.partitionIndex()),
                        partition.committedOffset() < 0
                                ? null
                                : new OffsetAndMetadata(
                                        partition.committedOffset(),
                                        partition.committedLeaderEpoch() < 0
                                                ? Optional.empty()
                                                : Optional.of(partition.committedLeaderEpoch()),
                                        partition.metadata() == null ? "" : partition.metadata()));
            }
        }
        return offsets;
    }

    AlterConsumerGroupOffsetsResult set(
            String group, Map<TopicPartition, OffsetAndMetadata> offsets) {
        var wanted = new LinkedHashMap<>(offsets);
        return new AlterConsumerGroupOffsetsResult(calls.batch(
                wanted.keySet(),
                open -> calls.client()
                        .coordinators()
                        .find(
                                io.millrace.clients.network.ClusterClient.CoordinatorType.GROUP,
                                group)
                        .thenCompose(node -> calls.client()
                                .send(
                                        node.id(),
                                        commit(group, wanted, open),
                                        COMMIT_BY_NAME,
                                        calls.timeoutMs()))
                        .thenApply(answer -> {
                            var answers = new HashMap<TopicPartition, Answer<Void>>();
                            for (var topic : ((OffsetCommitResponse) answer).topics()) {
                                topic.partitions()
                                        .forEach(p -> answers.put(
                                                new TopicPartition(
                                                        topic.name(), p.partitionIndex()),
                                                Calls.done(p.errorCode(), null)));
                            }
                            return answers;
                        })));
    }

    private static OffsetCommitRequest commit(
            String group, Map<TopicPartition, OffsetAndMetadata> wanted, Set<TopicPartition> open) {
        var topics = new ArrayList<OffsetCommitRequest.OffsetCommitRequestTopic>();
        Calls.byTopic(open).forEach((topic, partitions) -> {
            var entries = new ArrayList<OffsetCommitRequest.OffsetCommitRequestPartition>();
            for (int partition : partitions) {
                OffsetAndMetadata offset = wanted.get(new TopicPartition(topic, partition));
                if (offset != null) {
                    entries.add(new OffsetCommitRequest.OffsetCommitRequestPartition(
                            partition,
                            offset.offset(),
                            offset.leaderEpoch().orElse(-1),
                            offset.metadata()));
                }
            }
            topics.add(OffsetCommitRequest.OffsetCommitRequestTopic.DEFAULT
                    .withName(topic)
                    .withPartitions(entries));
        });
        return OffsetCommitRequest.DEFAULT
                .withGroupId(group)
                .withGenerationIdOrMemberEpoch(NO_GENERATION)
                .withTopics(topics);
    }

    DeleteConsumerGroupOffsetsResult delete(String group, Set<TopicPartition> partitions) {
        return new DeleteConsumerGroupOffsetsResult(calls.batch(partitions, open -> {
            var topics = new ArrayList<OffsetDeleteRequest.OffsetDeleteRequestTopic>();
            Calls.byTopic(open)
                    .forEach((topic, indexes) ->
                            topics.add(new OffsetDeleteRequest.OffsetDeleteRequestTopic(
                                    topic,
                                    indexes.stream()
                                            .map(
                                                    OffsetDeleteRequest.OffsetDeleteRequestPartition
                                                            ::new)
                                            .toList())));
            return calls.toCoordinator(group, new OffsetDeleteRequest(group, topics))
                    .thenApply(answer -> deleted((OffsetDeleteResponse) answer, open));
        }));
    }

    private static Map<TopicPartition, Answer<Void>> deleted(
            OffsetDeleteResponse response, Set<TopicPartition> open) {
        var answers = new HashMap<TopicPartition, Answer<Void>>();
        if (response.errorCode() != ErrorCode.NONE) {
            open.forEach(p -> answers.put(p, Calls.done(response.errorCode(), null)));
        }
        for (var topic : response.topics()) {
            topic.partitions()
                    .forEach(p -> answers.put(
                            new TopicPartition(topic.name(), p.partitionIndex()),
                            Calls.done(p.errorCode(), null)));
        }
        return answers;
    }
}
