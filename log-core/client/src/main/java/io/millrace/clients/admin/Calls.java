package io.millrace.clients.admin;

import io.millrace.clients.network.ClusterClient;
import io.millrace.clients.network.ClusterClient.CoordinatorType;
import io.millrace.clients.network.ClusterView;
import io.millrace.clients.network.Retry;
import io.millrace.common.KafkaFuture;
import io.millrace.common.TopicPartition;
import io.millrace.common.errors.Failures;
import io.millrace.common.errors.LeaderNotAvailableException;
import io.millrace.common.errors.RetriableException;
import io.millrace.common.errors.UnknownServerException;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.Request;
import io.millrace.protocol.Response;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// How requests of the administration client are sent, and sent again: until
/// `default.api.timeout.ms` is over, what failed with a retriable error is repeated, and only that.
final class Calls {
    private final ClusterClient client;
    private final int timeoutMs;

    Calls(ClusterClient client, int timeoutMs) {
        this.client = client;
        this.timeoutMs = timeoutMs;
    }

    ClusterClient client() {
        return client;
    }

    int timeoutMs() {
        return timeoutMs;
    }

    /// One question, one answer. `read` throws when the response holds an error.
    <T> KafkaFuture<T> any(Request request, Function<Response, T> read) {
        return one(() -> client.sendToAny(request), read);
    }

    <T> KafkaFuture<T> controller(Request request, Function<Response, T> read) {
        return one(() -> client.sendToController(request), read);
    }

    <T> KafkaFuture<T> coordinator(String group, Request request, Function<Response, T> read) {
        return one(() -> toCoordinator(group, request), read);
    }

    CompletionStage<Response> toCoordinator(String group, Request request) {
        return client.sendToCoordinator(CoordinatorType.GROUP, group, request, timeoutMs);
    }

    <T> KafkaFuture<T> one(Supplier<CompletionStage<Response>> send, Function<Response, T> read) {
        return KafkaFuture.of(client.call(() ->
                client.retry(timeoutMs, () -> withMetadata(() -> send.get().thenApply(read)))));
    }

    /// What is asked of one group's coordinator; when that moved, the next attempt looks for it
    /// again.
    <T> KafkaFuture<T> ofGroup(String group, Supplier<CompletionStage<T>> attempt) {
        return KafkaFuture.of(client.call(() -> client.retry(
                timeoutMs,
                () -> withMetadata(attempt).whenComplete((value, failure) -> {
                    if (failure != null && Retry.bare(failure) instanceof RetriableException) {
                        client.coordinators().forget(CoordinatorType.GROUP, group);
                    }
                }))));
    }

    /// The first request of a client waits until it knows the cluster.
    private <T> CompletionStage<T> withMetadata(Supplier<CompletionStage<T>> attempt) {
        return client.view().nodes().isEmpty()
                ? client.metadata().refresh().thenCompose(view -> attempt.get())
                : attempt.get();
    }

    /// One request about many things, each with an answer of its own.
    <K, V> Map<K, KafkaFuture<V>> batch(
            Collection<K> keys, Function<Set<K>, CompletionStage<Map<K, Answer<V>>>> attempt) {
        var open = new LinkedHashMap<K, CompletableFuture<V>>();
        keys.forEach(key -> open.put(key, new CompletableFuture<>()));
        var futures = new LinkedHashMap<K, KafkaFuture<V>>();
        open.forEach((key, future) -> futures.put(key, KafkaFuture.of(future)));
        if (!open.isEmpty()) {
            client.call(() -> client.retry(
                            timeoutMs,
                            () -> withMetadata(
                                    () -> attempt.apply(new LinkedHashSet<>(open.keySet()))
                                            .thenApply(answers -> take(open, answers)))))
                    .whenComplete((done, failure) -> {
                        if (failure != null) {
                            open.values()
                                    .forEach(future ->
                                            future.completeExceptionally(Retry.bare(failure)));
                        }
                    });
        }
        return futures;
    }

    /// Completes what was answered; throws if something has to be asked again.
    private static <K, V> boolean take(
            Map<K, CompletableFuture<V>> open, Map<K, Answer<V>> answers) {
        RetriableException again = null;
        for (K key : List.copyOf(open.keySet())) {
            Answer<V> answer = answers.get(key);
            CompletableFuture<V> future = open.get(key);
            if (future == null) {
                continue;
            }
            if (answer == null) {
                future.completeExceptionally(
                        new UnknownServerException("The server said nothing about " + key));
                open.remove(key);
            } else if (answer.error() == ErrorCode.NONE) {
                future.complete(answer.value());
                open.remove(key);
            } else if (Failures.of(answer.error(), answer.message()) instanceof RetriableException e
                    && isWorthRetrying(answer.error())) {
                again = e;
            } else {
                future.completeExceptionally(Failures.of(answer.error(), answer.message()));
                open.remove(key);
            }
        }
        if (again != null) {
            throw again;
        }
        return true;
    }

    /// A topic that is not there is an answer, although producers and consumers retry it.
    private static boolean isWorthRetrying(ErrorCode error) {
        return error != ErrorCode.UNKNOWN_TOPIC_OR_PARTITION && error != ErrorCode.UNKNOWN_TOPIC_ID;
    }

    /// One request a leader, about the partitions that it leads.
    <V> Map<TopicPartition, KafkaFuture<V>> byLeader(
            Collection<TopicPartition> partitions,
            Function<List<TopicPartition>, Request> ask,
            Function<Response, Map<TopicPartition, Answer<V>>> read) {
        return batch(
                partitions,
                open -> leaders(open).thenCompose(byLeader -> {
                    var merged = new HashMap<TopicPartition, Answer<V>>();
                    var waits = new ArrayList<CompletableFuture<?>>();
                    byLeader.missing()
                            .forEach((partition, error) ->
                                    merged.put(partition, Calls.failed(error)));
                    byLeader.led()
                            .forEach((leader, led) -> waits.add(client.send(leader, ask.apply(led))
                                    .thenAccept(response -> merged.putAll(read.apply(response)))
                                    .toCompletableFuture()));
                    return CompletableFuture.allOf(waits.toArray(new CompletableFuture<?>[0]))
                            .thenApply(all -> merged);
                }));
    }

    private record Leaders(
            Map<Integer, List<TopicPartition>> led, Map<TopicPartition, ErrorCode> missing) {}

    private CompletionStage<Leaders> leaders(Set<TopicPartition> partitions) {
        partitions.forEach(partition -> client.metadata().want(partition.topic()));
        return client.metadata().refresh().thenApply(view -> {
            var found = new Leaders(new LinkedHashMap<>(), new HashMap<>());
            for (TopicPartition partition : partitions) {
                ClusterView.PartitionView known = view.partition(partition);
                if (known == null) {
                    found.missing().put(partition, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
                } else if (!known.hasLeader()) {
                    throw new LeaderNotAvailableException("No leader for " + partition);
                } else {
                    found.led()
                            .computeIfAbsent(view.leaderOf(partition), leader -> new ArrayList<>())
                            .add(partition);
                }
            }
            return found;
        });
    }

    @SuppressWarnings("NullAway") // a failed answer has no value
    static <V> Answer<V> failed(ErrorCode error) {
        return new Answer<>(error, null, null);
    }

    @SuppressWarnings("NullAway") // the value of a Void
    static Answer<Void> done(ErrorCode error, @Nullable String message) {
        return new Answer<>(error, message, null);
    }

    static void check(ErrorCode error, @Nullable String message) {
        if (error != ErrorCode.NONE) {
            throw Failures.of(error, message);
        }
    }

    /// The partitions by topic, in order.
    static Map<String, List<Integer>> byTopic(Collection<TopicPartition> partitions) {
        var topics = new LinkedHashMap<String, List<Integer>>();
        partitions.forEach(p ->
                topics.computeIfAbsent(p.topic(), topic -> new ArrayList<>()).add(p.partition()));
        return topics;
    }
}
