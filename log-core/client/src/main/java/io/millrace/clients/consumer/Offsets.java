package io.millrace.clients.consumer;

import io.millrace.clients.network.ClusterClient;
import io.millrace.clients.network.ClusterView;
import io.millrace.common.IsolationLevel;
import io.millrace.common.TopicPartition;
import io.millrace.common.errors.Failures;
import io.millrace.common.errors.LeaderNotAvailableException;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.ListOffsetsRequest;
import io.millrace.protocol.ListOffsetsRequest.ListOffsetsPartition;
import io.millrace.protocol.ListOffsetsRequest.ListOffsetsTopic;
import io.millrace.protocol.ListOffsetsResponse;
import io.millrace.protocol.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Asks the leaders which offset belongs to a timestamp, or to the start or the end.
///
/// Owner thread: the loop.
final class Offsets {
    private final ClusterClient client;
    private final IsolationLevel isolation;

    Offsets(ClusterClient client, IsolationLevel isolation) {
        this.client = client;
        this.isolation = isolation;
    }

    /// An answer; offset -1 where there is none (no record is as young as the timestamp).
    record Found(long offset, long timestamp, int leaderEpoch) {}

    /// Tries until all are known or the time is up.
    CompletionStage<Map<TopicPartition, Found>> find(
            Map<TopicPartition, Long> timestamps, long timeoutMs) {
        Map<TopicPartition, Found> found = new HashMap<>();
        return client.retry(timeoutMs, () -> attempt(timestamps, found));
    }

    private CompletionStage<Map<TopicPartition, Found>> attempt(
            Map<TopicPartition, Long> timestamps, Map<TopicPartition, Found> found) {
        Map<Integer, Map<TopicPartition, Long>> byLeader = new TreeMap<>();
        boolean unknown = false;
        boolean wantsTopics = false;
        ClusterView view = client.view();
        for (var entry : timestamps.entrySet()) {
            if (found.containsKey(entry.getKey())) {
                continue;
            }
            wantsTopics |= client.metadata().want(entry.getKey().topic());
            int leader = view.leaderOf(entry.getKey());
            if (leader < 0 || view.node(leader) == null) {
                unknown = true;
            } else {
                byLeader.computeIfAbsent(leader, id -> new HashMap<>())
                        .put(entry.getKey(), entry.getValue());
            }
        }
        if (unknown) {
            boolean first = wantsTopics;
            return client.metadata()
                    .refresh()
                    .thenCompose(fresh -> first
                            ? attempt(timestamps, found)
                            : failed(new LeaderNotAvailableException(
                                    "Some partition has no leader")));
        }
        List<CompletableFuture<?>> asked = new ArrayList<>();
        byLeader.forEach((leader, wanted) -> asked.add(client.send(leader, request(wanted))
                .thenAccept(answer -> take(answer, found))
                .toCompletableFuture()));
        return CompletableFuture.allOf(asked.toArray(CompletableFuture<?>[]::new))
                .whenComplete((done, failure) -> {
                    if (failure != null) {
                        client.metadata().refresh();
                    }
                })
                .thenApply(done -> found);
    }

    private static <T> CompletionStage<T> failed(Throwable failure) {
        return CompletableFuture.failedFuture(failure);
    }

    private ListOffsetsRequest request(Map<TopicPartition, Long> wanted) {
        Map<String, List<ListOffsetsPartition>> byTopic = new TreeMap<>();
        wanted.forEach((partition, timestamp) -> {
            ClusterView.PartitionView view = client.view().partition(partition);
            byTopic.computeIfAbsent(partition.topic(), name -> new ArrayList<>())
                    .add(new ListOffsetsPartition(
                            partition.partition(),
                            view == null ? -1 : view.leaderEpoch(),
                            timestamp));
        });
        List<ListOffsetsTopic> topics = new ArrayList<>();
        byTopic.forEach((name, each) -> topics.add(new ListOffsetsTopic(name, each)));
        return ListOffsetsRequest.DEFAULT
                .withReplicaId(-1)
                .withIsolationLevel(isolation.id())
                .withTopics(topics)
                .withTimeoutMs(client.settings().requestTimeoutMs());
    }

    private static void take(Response answer, Map<TopicPartition, Found> found) {
        ErrorCode error = ErrorCode.NONE;
        for (var topic : ((ListOffsetsResponse) answer).topics()) {
            for (var part : topic.partitions()) {
                if (part.errorCode() == ErrorCode.NONE) {
                    found.put(
                            new TopicPartition(topic.name(), part.partitionIndex()),
                            new Found(part.offset(), part.timestamp(), part.leaderEpoch()));
                } else {
                    error = part.errorCode();
                }
            }
        }
        if (error != ErrorCode.NONE) {
            throw Failures.of(error);
        }
    }
}
