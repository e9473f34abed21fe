package io.millrace.clients.consumer;

import io.millrace.clients.network.ClusterClient;
import io.millrace.clients.network.ClusterClient.CoordinatorType;
import io.millrace.clients.network.ClusterView;
import io.millrace.clients.network.Retry;
import io.millrace.common.TopicPartition;
import io.millrace.common.Uuid;
import io.millrace.common.errors.ApiException;
import io.millrace.common.errors.Failures;
import io.millrace.common.errors.RetriableException;
import io.millrace.host.Loop;
import io.millrace.protocol.ConsumerGroupHeartbeatRequest;
import io.millrace.protocol.ConsumerGroupHeartbeatResponse;
import io.millrace.protocol.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// A consumer in a group of the `consumer` protocol (KIP-848): the server distributes the
/// partitions, and heartbeats carry everything. A heartbeat that gets the member on says all it
/// has; others say only what has changed since the last one that was answered.
///
/// The assignment that the server wants is the *target*; the member gives up what is not in it,
/// says so, and takes what is in it. One change at a time: while the program is at it, heartbeats
/// go on.
///
/// Owner thread: the loop.
final class ServerAssignedMembership implements Membership {
    private static final int JOINING = 0;
    private static final int LEAVING = -1;
    private static final int LEAVING_STATIC = -2;
    private static final int FIRST_INTERVAL_MS = 1000;

    private final ClusterClient client;
    private final Loop loop;
    private final ConsumerSettings settings;
    private final String groupId;
    private final Rebalance rebalance;
    private final String memberId = Uuid.randomUuid().toString();
    private volatile int epoch = JOINING;
    private @Nullable Subscribed subscribed;
    private Set<TopicPartition> owned = Set.of();
    private @Nullable Map<io.millrace.protocol.Uuid, List<Integer>> target;
    private @Nullable Object said; // the subscription and the partitions that were last answered
    private boolean isReconciling;
    private boolean isSending;
    private boolean isIn;
    private int round;
    private int failures;
    private int intervalMs = FIRST_INTERVAL_MS;
    private Loop.@Nullable Scheduled timer;
    private Loop.@Nullable Scheduled pollTimer;

    ServerAssignedMembership(
            ClusterClient client, ConsumerSettings settings, String groupId, Rebalance rebalance) {
        this.client = client;
        this.loop = client.loop();
        this.settings = settings;
        this.groupId = groupId;
        this.rebalance = rebalance;
        client.metadata().listen(this::clusterChanged);
    }

    @Override
    public ConsumerGroupMetadata metadata() {
        int now = epoch;
        return new ConsumerGroupMetadata(
                groupId,
                now <= 0 ? -1 : now,
                now <= 0 ? "" : memberId,
                Optional.ofNullable(settings.groupInstanceId()));
    }

    @Override
    public void subscribe(Subscribed what) {
        subscribed = what;
        if (what instanceof Subscribed.ByPattern) {
            client.metadata().wantAll();
        } else {
            what.topics(client.view(), false).forEach(client.metadata()::want);
        }
        client.metadata().refresh().thenRun(() -> {
            if (subscribed == what) {
                isIn = true;
                polled();
                beat();
            }
        });
    }

    @Override
    public void polled() {
        if (pollTimer != null) {
            pollTimer.cancel();
        }
        pollTimer = null;
        if (subscribed != null) {
            pollTimer = loop.schedule(settings.maxPollIntervalMs(), this::pollTooLate);
            if (!isIn && target == null && epoch == JOINING && failures >= 0) {
                isIn = true;
                beat();
            }
        }
    }

    private void pollTooLate() {
        pollTimer = null;
        Set<TopicPartition> gone = owned;
        sendLeave();
        reset();
        rebalance.lose(gone);
    }

    @Override
    public void rejoin(String reason) {
        beat(); // the server decides
    }

    @Override
    public CompletionStage<Void> leave(boolean tell) {
        subscribed = null;
        polled();
        CompletionStage<Void> left =
                tell && epoch > 0 ? sendLeave() : CompletableFuture.completedFuture(null);
        reset();
        return left;
    }

    private void reset() {
        round++;
        isIn = false;
        isSending = false;
        isReconciling = false;
        epoch = JOINING;
        owned = Set.of();
        target = null;
        said = null;
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private CompletionStage<Void> sendLeave() {
        int how = settings.groupInstanceId() == null ? LEAVING : LEAVING_STATIC;
        return send(ConsumerGroupHeartbeatRequest.DEFAULT
                        .withGroupId(groupId)
                        .withMemberId(memberId)
                        .withMemberEpoch(how)
                        .withInstanceId(settings.groupInstanceId()))
                .handle((answer, failure) -> null);
    }

    private CompletionStage<io.millrace.protocol.Response> send(
            ConsumerGroupHeartbeatRequest request) {
        return client.sendToCoordinator(
                CoordinatorType.GROUP, groupId, request, client.settings().requestTimeoutMs());
    }

    /// What the next heartbeat would say beyond "I live".
    private record Said(Set<String> topics, @Nullable String regex, Set<TopicPartition> owned) {}

    private void beat() {
        Subscribed what = subscribed;
        if (!isIn || isSending || what == null) {
            return;
        }
        isSending = true;
        if (timer != null) {
            timer.cancel();
        }
        int mine = round;
        Said now = new Said(
                what.topics(client.view(), settings.excludeInternalTopics()),
                what instanceof Subscribed.ByServer(SubscriptionPattern pattern)
                        ? pattern.pattern()
                        : null,
                owned);
        send(request(now)).whenComplete((answer, failure) -> {
            if (mine != round) {
                return;
            }
            isSending = false;
            if (failure != null) {
                said = null;
                missed(Retry.bare(failure));
            } else {
                answered((ConsumerGroupHeartbeatResponse) answer, now);
            }
        });
    }

    private ConsumerGroupHeartbeatRequest request(Said now) {
        ConsumerGroupHeartbeatRequest request = ConsumerGroupHeartbeatRequest.DEFAULT
                .withGroupId(groupId)
                .withMemberId(memberId)
                .withMemberEpoch(epoch)
                .withInstanceId(settings.groupInstanceId());
        boolean all = epoch == JOINING || !(said instanceof Said);
        if (all) {
            request = request.withRackId(settings.rack().isEmpty() ? null : settings.rack())
                    .withRebalanceTimeoutMs(settings.maxPollIntervalMs())
                    .withServerAssignor(settings.remoteAssignor());
        }
        Said before = said instanceof Said last ? last : null;
        if (all
                || before == null
                || !before.topics().equals(now.topics())
                || !java.util.Objects.equals(before.regex(), now.regex())) {
            request = now.regex() == null
                    ? request.withSubscribedTopicNames(List.copyOf(now.topics()))
                    : request.withSubscribedTopicNames(List.of())
                            .withSubscribedTopicRegex(now.regex());
        }
        if (all || before == null || !before.owned().equals(now.owned())) {
            request = request.withTopicPartitions(onWire(now.owned()));
        }
        return request;
    }

    private List<ConsumerGroupHeartbeatRequest.TopicPartitions> onWire(
            Set<TopicPartition> partitions) {
        Map<String, List<Integer>> byTopic = new TreeMap<>();
        partitions.forEach(each -> byTopic.computeIfAbsent(each.topic(), name -> new ArrayList<>())
                .add(each.partition()));
        List<ConsumerGroupHeartbeatRequest.TopicPartitions> result = new ArrayList<>();
        byTopic.forEach((name, each) -> {
            ClusterView.TopicView topic = client.view().topic(name);
            if (topic != null) {
                result.add(new ConsumerGroupHeartbeatRequest.TopicPartitions(topic.id(), each));
            }
        });
        return result;
    }

    private void answered(ConsumerGroupHeartbeatResponse answer, Said now) {
        if (answer.errorCode() != ErrorCode.NONE) {
            refused(answer.errorCode(), answer.errorMessage());
            return;
        }
        failures = 0;
        said = now;
        epoch = answer.memberEpoch();
        intervalMs = answer.heartbeatIntervalMs();
        if (answer.assignment() != null) {
            Map<io.millrace.protocol.Uuid, List<Integer>> wanted = new TreeMap<>();
            answer.assignment()
                    .topicPartitions()
                    .forEach(each -> wanted.put(each.topicId(), each.partitions()));
            target = wanted;
        }
        beatLater(intervalMs);
        reconcile();
    }

    private void beatLater(long delayMs) {
        if (timer != null) {
            timer.cancel();
        }
        timer = loop.schedule(delayMs, this::beat);
    }

    private void missed(Throwable failure) {
        if (failure instanceof ApiException fatal && !(failure instanceof RetriableException)) {
            fail(fatal);
            return;
        }
        failures++;
        beatLater(client.backoff().delayMs(failures, loop.random()));
    }

    private void refused(ErrorCode code, @Nullable String message) {
        switch (code) {
            case FENCED_MEMBER_EPOCH, UNKNOWN_MEMBER_ID -> {
                Set<TopicPartition> gone = owned;
                reset();
                isIn = true;
                rebalance.lose(gone).thenRunAsync(this::beat, loop);
            }
            case NOT_COORDINATOR, COORDINATOR_NOT_AVAILABLE -> {
                client.coordinators().forget(CoordinatorType.GROUP, groupId);
                said = null;
                missed(Failures.of(code));
            }
            case UNRELEASED_INSTANCE_ID -> {
                failures++;
                beatLater(client.backoff().delayMs(failures, loop.random()));
            }
            default -> {
                said = null;
                missed(Failures.of(code, message));
            }
        }
    }

    private void fail(ApiException why) {
        Set<TopicPartition> gone = owned;
        reset();
        failures = -1; // a poll does not join again by itself
        rebalance.lose(gone);
        rebalance.failed(why);
    }

    @Override
    public void clusterChanged() {
        reconcile();
        if (subscribed instanceof Subscribed.ByPattern pattern
                && said instanceof Said last
                && !pattern.topics(client.view(), settings.excludeInternalTopics())
                        .equals(last.topics())) {
            beat();
        }
    }

    /// Goes towards the target, as far as the names of its topics are known.
    private void reconcile() {
        Map<io.millrace.protocol.Uuid, List<Integer>> wanted = target;
        if (wanted == null || isReconciling || !isIn) {
            return;
        }
        Set<TopicPartition> named = new LinkedHashSet<>();
        boolean isUnnamed = false;
        for (var entry : wanted.entrySet()) {
            String name = client.view().nameOf(entry.getKey());
            if (name == null) {
                isUnnamed = true;
            } else {
                entry.getValue().forEach(each -> named.add(new TopicPartition(name, each)));
            }
        }
        if (isUnnamed) {
            learnNames();
        }
        if (named.equals(owned)) {
            if (!isUnnamed) {
                target = null;
                acknowledge();
            }
            return;
        }
        change(named);
    }

    /// Topics that a pattern on the server chose are not among those we ask for by name.
    private void learnNames() {
        if (subscribed instanceof Subscribed.ByServer) {
            client.metadata().wantAll();
        }
        loop.schedule(client.settings().retryBackoffMs(), client.metadata()::refresh);
    }

    private void change(Set<TopicPartition> named) {
        isReconciling = true;
        int mine = round;
        Set<TopicPartition> gone = new LinkedHashSet<>(owned);
        gone.removeAll(named);
        Set<TopicPartition> added = new LinkedHashSet<>(named);
        added.removeAll(owned);
        CompletableFuture<Void> done =
                gone.isEmpty() ? CompletableFuture.completedFuture(null) : rebalance.revoke(gone);
        done.thenComposeAsync(
                        nothing -> mine == round ? rebalance.assign(added, named) : done, loop)
                .thenRunAsync(
                        () -> {
                            if (mine == round) {
                                isReconciling = false;
                                owned = named;
                                acknowledge();
                                reconcile();
                            }
                        },
                        loop);
    }

    private void acknowledge() {
        if (!(said instanceof Said last) || !last.owned().equals(owned)) {
            beat();
        }
    }
}
