package io.millrace.clients.network;

import io.millrace.common.Node;
import io.millrace.common.TopicPartition;
import io.millrace.common.errors.DisconnectException;
import io.millrace.common.errors.Failures;
import io.millrace.host.Loop;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.MetadataRequest;
import io.millrace.protocol.MetadataResponse;
import io.millrace.protocol.Uuid;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Keeps the view of the cluster fresh: asks when somebody wants to know, when something turned out
/// to be wrong, and after a while. One request at a time; who asks meanwhile shares the next one.
///
/// Owner thread: the loop; `view` may be read anywhere.
public final class Metadata {
    private final ClusterClient client;
    private final Loop loop;
    private final Backoff backoff;
    private final Set<String> wanted = new TreeSet<>();
    private final List<Runnable> listeners = new ArrayList<>();
    private volatile ClusterView view = ClusterView.EMPTY;
    private boolean wantsAll;
    private boolean mayCreate;
    private @Nullable CompletableFuture<ClusterView> running;
    private @Nullable CompletableFuture<ClusterView> next;
    private Loop.@Nullable Scheduled timer;
    private boolean isRebootstrapping;
    private int failures;
    private long lastSuccessNanos;
    private boolean isClosed;

    Metadata(ClusterClient client) {
        this.client = client;
        this.loop = client.loop();
        this.backoff = client.backoff();
        this.lastSuccessNanos = loop.nanoTime();
    }

    public ClusterView view() {
        return view;
    }

    boolean isRebootstrapping() {
        return isRebootstrapping;
    }

    /// Called on the loop after each change of the view.
    public void listen(Runnable listener) {
        listeners.add(listener);
    }

    /// Whether asking for a topic may create it.
    public void allowCreation(boolean allowed) {
        mayCreate = allowed;
    }

    /// Makes the topic one of those that are kept fresh; true when it was not yet.
    public boolean want(String topic) {
        return wanted.add(topic);
    }

    /// Makes these the topics that are kept fresh.
    public void wantOnly(Set<String> topics) {
        wanted.clear();
        wanted.addAll(topics);
        wantsAll = false;
    }

    public void wantAll() {
        wantsAll = true;
    }

    /// Asks; completes with the view that the answer made. A failure to reach anybody is not one of
    /// the result: it goes on trying until the client is closed.
    public CompletableFuture<ClusterView> refresh() {
        if (isClosed) {
            return CompletableFuture.failedFuture(new DisconnectException("The client is closed"));
        }
        if (running == null) {
            running = new CompletableFuture<>();
            CompletableFuture<ClusterView> result = running;
            ask();
            return result;
        }
        if (next == null) {
            next = new CompletableFuture<>();
        }
        return next;
    }

    /// Asks for all topics once, without keeping them.
    public CompletionStage<ClusterView> everything() {
        MetadataRequest request =
                MetadataRequest.DEFAULT.withTopics(null).withAllowAutoTopicCreation(false);
        return client.sendToAny(request)
                .thenApply(answer -> ClusterView.EMPTY.merge((MetadataResponse) answer, true));
    }

    private void ask() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
        boolean all = wantsAll;
        List<MetadataRequest.MetadataRequestTopic> topics = all
                ? null
                : wanted.stream()
                        .map(name -> new MetadataRequest.MetadataRequestTopic(Uuid.ZERO, name))
                        .toList();
        MetadataRequest request =
                MetadataRequest.DEFAULT.withTopics(topics).withAllowAutoTopicCreation(mayCreate);
        client.sendToAny(request).whenComplete((answer, failure) -> {
            if (isClosed) {
                return;
            }
            if (answer instanceof MetadataResponse response
                    && response.errorCode() == ErrorCode.NONE
                    && !response.brokers().isEmpty()) {
                came(response, all);
            } else {
                boolean told = answer instanceof MetadataResponse response
                        && response.errorCode() == ErrorCode.REBOOTSTRAP_REQUIRED;
                failed(told);
            }
        });
    }

    private void came(MetadataResponse response, boolean all) {
        failures = 0;
        isRebootstrapping = false;
        lastSuccessNanos = loop.nanoTime();
        view = view.merge(response, all);
        client.retain(view);
        CompletableFuture<ClusterView> done = running;
        running = next;
        next = null;
        listeners.forEach(Runnable::run);
        if (done != null) {
            done.complete(view);
        }
        if (running != null) {
            ask();
        } else if (!isClosed) {
            timer = loop.schedule(client.settings().metadataMaxAgeMs(), this::refresh);
        }
    }

    private void failed(boolean told) {
        failures++;
        long silentMs = (loop.nanoTime() - lastSuccessNanos) / 1_000_000;
        boolean nobody = !view.nodes().isEmpty()
                && view.nodes().stream().allMatch(node -> client.isBackingOff(node.id()));
        if (client.settings().mayRebootstrap()
                && (told || nobody || silentMs >= client.settings().rebootstrapTriggerMs())) {
            isRebootstrapping = !isRebootstrapping || told;
        }
        timer = loop.schedule(backoff.delayMs(failures, loop.random()), this::ask);
    }

    void leaderMoved(TopicPartition partition, int leader, int epoch, @Nullable Node address) {
        ClusterView moved = view.withLeader(partition, leader, epoch, address);
        if (moved != view) {
            view = moved;
            listeners.forEach(Runnable::run);
        }
    }

    /// Completes with the topic once it is known, fails when the server says that this will not be.
    public CompletableFuture<ClusterView.TopicView> topic(String name, long timeoutMs) {
        ClusterView.TopicView known = view.topic(name);
        if (known != null && known.error() == ErrorCode.NONE) {
            return CompletableFuture.completedFuture(known);
        }
        want(name);
        return client.retry(
                        timeoutMs,
                        () -> refresh().thenApply(fresh -> {
                            ClusterView.TopicView topic = fresh.topic(name);
                            ErrorCode error = topic == null
                                    ? ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
                                    : topic.error();
                            if (topic == null || error != ErrorCode.NONE) {
                                throw Failures.of(error, "Topic " + name + ": " + error.message());
                            }
                            return topic;
                        }))
                .toCompletableFuture();
    }

    void close() {
        isClosed = true;
        if (timer != null) {
            timer.cancel();
        }
        RuntimeException reason = new DisconnectException("The client is closed");
        CompletableFuture<ClusterView> first = running;
        CompletableFuture<ClusterView> second = next;
        running = null;
        next = null;
        if (first != null) {
            first.completeExceptionally(reason);
        }
        if (second != null) {
            second.completeExceptionally(reason);
        }
    }
}
