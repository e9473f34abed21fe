package io.millrace.clients.network;

import io.millrace.clients.network.ClusterClient.CoordinatorType;
import io.millrace.common.Node;
import io.millrace.common.errors.Failures;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.FindCoordinatorRequest;
import io.millrace.protocol.FindCoordinatorResponse;
import io.millrace.protocol.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Who coordinates which group or transactional id, as far as it was asked for.
public final class Coordinators {
    /// From this version on, the request has a list of keys.
    private static final int BATCHED = 4;

    private final ClusterClient client;
    private final Map<Key, CompletableFuture<Node>> found = new HashMap<>();

    Coordinators(ClusterClient client) {
        this.client = client;
    }

    private record Key(CoordinatorType type, String key) {}

    /// Asks once for those who ask at the same time; a failure is not remembered.
    public CompletionStage<Node> find(CoordinatorType type, String key) {
        Key id = new Key(type, key);
        CompletableFuture<Node> known = found.get(id);
        if (known != null) {
            return known;
        }
        CompletableFuture<Node> asked = new CompletableFuture<>();
        found.put(id, asked);
        ask(type, key).whenComplete((node, failure) -> {
            if (failure == null) {
                asked.complete(node);
            } else {
                found.remove(id, asked);
                asked.completeExceptionally(Retry.bare(failure));
            }
        });
        return asked;
    }

    public void forget(CoordinatorType type, String key) {
        found.remove(new Key(type, key));
    }

    private CompletionStage<Node> ask(CoordinatorType type, String key) {
        FindCoordinatorRequest one = FindCoordinatorRequest.DEFAULT
                .withKeyType(type.id())
                .withCoordinatorKeys(List.of(key));
        return client.sendToAny(one)
                .handle((answer, failure) -> {
                    if (failure != null && Retry.isUnsupported(failure)) {
                        return client.sendToAny(
                                        FindCoordinatorRequest.DEFAULT
                                                .withKeyType(type.id())
                                                .withKey(key),
                                        BATCHED - 1)
                                .thenApply(Coordinators::read);
                    }
                    return failure != null
                            ? CompletableFuture.<Node>failedFuture(Retry.bare(failure))
                            : CompletableFuture.completedFuture(read(answer));
                })
                .thenCompose(stage -> stage);
    }

    private static Node read(Response answer) {
        FindCoordinatorResponse response = (FindCoordinatorResponse) answer;
        if (response.coordinators().isEmpty()) {
            check(response.errorCode(), response.errorMessage());
            return new Node(response.nodeId(), response.host(), response.port());
        }
        var one = response.coordinators().getFirst();
        check(one.errorCode(), one.errorMessage());
        return new Node(one.nodeId(), one.host(), one.port());
    }

    private static void check(ErrorCode code, @org.jspecify.annotations.Nullable String message) {
        if (code != ErrorCode.NONE) {
            throw Failures.of(code, message);
        }
    }
}
