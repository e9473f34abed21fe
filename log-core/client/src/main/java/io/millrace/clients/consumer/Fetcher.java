package io.millrace.clients.consumer;

import io.millrace.clients.network.ClusterClient;
import io.millrace.clients.network.ClusterView;
import io.millrace.common.TopicPartition;
import io.millrace.host.Loop;
import io.millrace.protocol.FetchRequest;
import io.millrace.protocol.FetchResponse;
import io.millrace.protocol.Uuid;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Fetches ahead of the program: at most one request a node at a time, for the partitions whose
/// last chunks are being read, of which two wait at most. Chunks and errors go to the inbox.
///
/// Owner thread: the loop.
final class Fetcher {
    private static final int MOST_CHUNKS = 2;
    private static final int BY_NAME = 12;
    private static final long FOLLOW_NANOS = 300_000_000_000L;

    private final ClusterClient client;
    private final Loop loop;
    private final ConsumerSettings settings;
    private final FetchAnswers answers;
    private final Map<TopicPartition, Fetching> partitions = new LinkedHashMap<>();
    private final Map<Integer, FetchSession> sessions = new HashMap<>();
    private final Map<Integer, Boolean> busy = new HashMap<>();
    private boolean isScheduled;
    private boolean isRefreshing;

    Fetcher(ClusterClient client, ConsumerSettings settings, Inbox inbox, FetchEvents events) {
        this.client = client;
        this.loop = client.loop();
        this.settings = settings;
        this.answers = new FetchAnswers(client, inbox, events, this);
        client.metadata().listen(this::run);
    }

    /// A partition that is fetched.
    static final class Fetching {
        final TopicPartition partition;
        final int generation;
        long offset;
        int chunks;
        boolean isPaused;
        boolean isStopped; // until the program has dealt with an error
        long notBeforeNanos;
        int follower = -1;
        long followUntilNanos;

        Fetching(TopicPartition partition, int generation, long offset, long nowNanos) {
            this.partition = partition;
            this.generation = generation;
            this.offset = offset;
            this.notBeforeNanos = nowNanos;
        }
    }

    void start(TopicPartition partition, int generation, long offset, boolean isPaused) {
        Fetching fresh = new Fetching(partition, generation, offset, loop.nanoTime());
        fresh.isPaused = isPaused;
        partitions.put(partition, fresh);
        run();
    }

    void stop(TopicPartition partition) {
        partitions.remove(partition);
    }

    void pause(TopicPartition partition, boolean isPaused) {
        Fetching found = partitions.get(partition);
        if (found != null) {
            found.isPaused = isPaused;
            run();
        }
    }

    /// A chunk was read to its end.
    void consumed(TopicPartition partition, int generation) {
        Fetching found = find(partition, generation);
        if (found != null) {
            found.chunks--;
            run();
        }
    }

    @Nullable
    Fetching find(TopicPartition partition, int generation) {
        Fetching found = partitions.get(partition);
        return found != null && found.generation == generation ? found : null;
    }

    /// The present state of a partition, whatever its generation.
    @Nullable
    Fetching find(TopicPartition partition) {
        return partitions.get(partition);
    }

    void follow(Fetching fetching, int replica) {
        fetching.follower = replica;
        fetching.followUntilNanos = loop.nanoTime() + FOLLOW_NANOS;
    }

    void runLater(long delayMs) {
        if (!isScheduled) {
            isScheduled = true;
            loop.schedule(delayMs, () -> {
                isScheduled = false;
                run();
            });
        }
    }

    private void run() {
        if (client.isClosed()) {
            return;
        }
        long now = loop.nanoTime();
        Map<Integer, Map<TopicPartition, Fetching>> byNode = new TreeMap<>();
        boolean isLost = false;
        for (Fetching each : partitions.values()) {
            if (each.isPaused || each.isStopped || each.chunks >= MOST_CHUNKS) {
                continue;
            }
            if (each.notBeforeNanos - now > 0) {
                runLater(1 + (each.notBeforeNanos - now) / 1_000_000);
                continue;
            }
            int node = node(each, now);
            if (node < 0 || client.view().node(node) == null) {
                isLost = true;
            } else if (!busy.getOrDefault(node, false)) {
                if (client.isBackingOff(node)) {
                    runLater(client.settings().reconnectBackoffMs());
                } else {
                    byNode.computeIfAbsent(node, id -> new LinkedHashMap<>())
                            .put(each.partition, each);
                }
            }
        }
        byNode.forEach(this::fetch);
        if (isLost) {
            refreshLater();
        }
    }

    private void refreshLater() {
        if (!isRefreshing) {
            isRefreshing = true;
            loop.schedule(client.backoff().delayMs(1, loop.random()), () -> {
                isRefreshing = false;
                client.metadata().refresh();
            });
        }
    }

    private int node(Fetching each, long now) {
        if (each.follower >= 0
                && each.followUntilNanos - now > 0
                && client.view().node(each.follower) != null) {
            return each.follower;
        }
        each.follower = -1;
        return client.view().leaderOf(each.partition);
    }

    private void fetch(int node, Map<TopicPartition, Fetching> wanted) {
        busy.put(node, true);
        FetchSession session = sessions.computeIfAbsent(node, id -> new FetchSession());
        Map<TopicPartition, FetchSession.Wanted> asks = new LinkedHashMap<>();
        wanted.forEach((partition, each) -> {
            ClusterView.PartitionView view = client.view().partition(partition);
            asks.put(
                    partition,
                    new FetchSession.Wanted(each.offset, view == null ? -1 : view.leaderEpoch()));
        });
        FetchSession.Ask ask = session.next(asks);
        boolean haveIds = ask.partitions().keySet().stream().allMatch(this::hasId)
                && ask.forgotten().stream().allMatch(this::hasId)
                && asks.keySet().stream().allMatch(this::hasId);
        client.send(
                        node,
                        request(ask),
                        haveIds ? ClusterClient.ANY_VERSION : BY_NAME,
                        client.settings().requestTimeoutMs())
                .whenComplete((answer, failure) -> {
                    busy.put(node, false);
                    if (failure == null && answer instanceof FetchResponse response) {
                        session.answered(response.errorCode(), response.sessionId());
                        answers.take(response, wanted);
                    } else {
                        session.reset();
                        answers.lost(wanted);
                    }
                    run();
                });
    }

    private boolean hasId(TopicPartition partition) {
        return !id(partition.topic()).isZero();
    }

    private Uuid id(String topic) {
        ClusterView.TopicView view = client.view().topic(topic);
        return view == null ? Uuid.ZERO : view.id();
    }

    private FetchRequest request(FetchSession.Ask ask) {
        Map<String, List<FetchRequest.FetchPartition>> byTopic = new LinkedHashMap<>();
        ask.partitions()
                .forEach((partition, want) -> byTopic.computeIfAbsent(
                                partition.topic(), name -> new ArrayList<>())
                        .add(FetchRequest.FetchPartition.DEFAULT
                                .withPartition(partition.partition())
                                .withCurrentLeaderEpoch(want.leaderEpoch())
                                .withFetchOffset(want.offset())
                                .withPartitionMaxBytes(settings.partitionFetchBytes())));
        List<FetchRequest.FetchTopic> topics = new ArrayList<>();
        byTopic.forEach(
                (name, each) -> topics.add(new FetchRequest.FetchTopic(name, id(name), each)));
        Map<String, List<Integer>> gone = new LinkedHashMap<>();
        ask.forgotten()
                .forEach(partition -> gone.computeIfAbsent(
                                partition.topic(), name -> new ArrayList<>())
                        .add(partition.partition()));
        List<FetchRequest.ForgottenTopic> forgotten = new ArrayList<>();
        gone.forEach((name, each) ->
                forgotten.add(new FetchRequest.ForgottenTopic(name, id(name), each)));
        return FetchRequest.DEFAULT
                .withMaxWaitMs(settings.fetchMaxWaitMs())
                .withMinBytes(settings.fetchMinBytes())
                .withMaxBytes(settings.fetchMaxBytes())
                .withIsolationLevel(settings.isolationLevel().id())
                .withSessionId(ask.sessionId())
                .withSessionEpoch(ask.sessionEpoch())
                .withTopics(topics)
                .withForgottenTopicsData(forgotten)
                .withRackId(settings.rack());
    }
}
