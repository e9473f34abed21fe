package io.millrace.clients.consumer;

import io.millrace.clients.consumer.ConsumerPartitionAssignor.Assignment;
import io.millrace.clients.consumer.ConsumerPartitionAssignor.GroupSubscription;
import io.millrace.clients.consumer.ConsumerPartitionAssignor.RebalanceProtocol;
import io.millrace.clients.consumer.ConsumerPartitionAssignor.Subscription;
import io.millrace.clients.group.GroupMember;
import io.millrace.clients.network.ClusterClient;
import io.millrace.common.TopicPartition;
import io.millrace.common.errors.ApiException;
import io.millrace.host.Loop;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// A consumer in a group of the classic protocol: its members distribute the partitions.
///
/// Owner thread: the loop.
final class ClassicMembership implements Membership, GroupMember.Participant {
    private static final int NO_GENERATION = -1;

    private final ClusterClient client;
    private final Loop loop;
    private final ConsumerSettings settings;
    private final List<ConsumerPartitionAssignor> assignors;
    private final RebalanceProtocol protocol;
    private final Rebalance rebalance;
    private final GroupMember member;
    private final String groupId;
    private Set<TopicPartition> owned = Set.of();
    private @Nullable Subscribed subscribed;
    private Set<String> topics = Set.of();
    private int lastGeneration = NO_GENERATION;
    private Map<String, Integer> assignedFrom = Map.of(); // what the leader counted
    private Loop.@Nullable Scheduled pollTimer;

    ClassicMembership(
            ClusterClient client,
            ConsumerSettings settings,
            List<ConsumerPartitionAssignor> assignors,
            String groupId,
            Rebalance rebalance) {
        this.client = client;
        this.loop = client.loop();
        this.settings = settings;
        this.assignors = assignors;
        this.rebalance = rebalance;
        this.groupId = groupId;
        boolean cooperative = assignors.stream()
                .allMatch(
                        each -> each.supportedProtocols().contains(RebalanceProtocol.COOPERATIVE));
        this.protocol = cooperative ? RebalanceProtocol.COOPERATIVE : RebalanceProtocol.EAGER;
        this.member = new GroupMember(
                client,
                new GroupMember.Config(
                        groupId,
                        Optional.ofNullable(settings.groupInstanceId()),
                        ConsumerProtocol.TYPE,
                        settings.sessionTimeoutMs(),
                        settings.maxPollIntervalMs(),
                        settings.heartbeatIntervalMs()),
                this);
        client.metadata().listen(this::clusterChanged);
    }

    @Override
    public ConsumerGroupMetadata metadata() {
        GroupMember.Generation now = member.generation();
        return new ConsumerGroupMetadata(
                groupId, now.id(), now.memberId(), Optional.ofNullable(settings.groupInstanceId()));
    }

    @Override
    public void subscribe(Subscribed what) {
        boolean wasIn = subscribed != null;
        subscribed = what;
        if (what instanceof Subscribed.ByPattern) {
            client.metadata().wantAll();
        }
        boolean isOther = refreshTopics();
        topics.forEach(client.metadata()::want);
        client.metadata().refresh().thenRun(() -> {
            if (subscribed == what) {
                refreshTopics();
                polled();
                if (wasIn && isOther) {
                    member.rejoin("the subscription has changed");
                }
                member.join();
            }
        });
    }

    /// True when the subscription stands for other topics than before.
    private boolean refreshTopics() {
        Subscribed what = subscribed;
        Set<String> now = what == null
                ? Set.of()
                : what.topics(client.view(), settings.excludeInternalTopics());
        boolean isOther = !now.equals(topics);
        topics = now;
        return isOther;
    }

    @Override
    public void polled() {
        if (pollTimer != null) {
            pollTimer.cancel();
        }
        pollTimer = null;
        if (subscribed != null) {
            pollTimer = loop.schedule(settings.maxPollIntervalMs(), this::pollTooLate);
            member.join();
        }
    }

    /// The program does not poll: others shall have its partitions until it does.
    private void pollTooLate() {
        pollTimer = null;
        Set<TopicPartition> lost = owned;
        owned = Set.of();
        member.leave(settings.groupInstanceId() == null, "max.poll.interval.ms is over");
        rebalance.lose(lost);
    }

    @Override
    public void rejoin(String reason) {
        member.rejoin(reason);
    }

    @Override
    public CompletionStage<Void> leave(boolean tell) {
        subscribed = null;
        topics = Set.of();
        owned = Set.of();
        polled();
        return member.leave(tell, "the consumer unsubscribed or was closed");
    }

    @Override
    public void clusterChanged() {
        if (subscribed == null) {
            return;
        }
        boolean isOther = refreshTopics();
        boolean hasGrown =
                !assignedFrom.isEmpty() && !counts(assignedFrom.keySet()).equals(assignedFrom);
        if (isOther || hasGrown) {
            assignedFrom = Map.of();
            member.rejoin(isOther ? "other topics match" : "topics have other partitions");
        }
    }

    private Map<String, Integer> counts(Set<String> names) {
        Map<String, Integer> counts = new TreeMap<>();
        names.forEach(name -> {
            Integer count = client.view().cluster().partitionCountForTopic(name);
            counts.put(name, count == null ? 0 : count);
        });
        return counts;
    }

    // ---- as a participant

    @Override
    public List<GroupMember.Protocol> protocols() {
        List<GroupMember.Protocol> offered = new ArrayList<>();
        for (ConsumerPartitionAssignor each : assignors) {
            Subscription subscription = new Subscription(
                    List.copyOf(topics),
                    each.subscriptionUserData(topics),
                    List.copyOf(owned),
                    owned.isEmpty() ? NO_GENERATION : lastGeneration,
                    settings.rack().isEmpty() ? Optional.empty() : Optional.of(settings.rack()));
            offered.add(
                    new GroupMember.Protocol(each.name(), ConsumerProtocol.write(subscription)));
        }
        return offered;
    }

    @Override
    public CompletionStage<Void> prepare(GroupMember.Generation current) {
        if (protocol == RebalanceProtocol.COOPERATIVE) {
            Set<TopicPartition> unwanted = new LinkedHashSet<>(owned);
            unwanted.removeIf(each -> topics.contains(each.topic()));
            if (unwanted.isEmpty()) {
                return CompletableFuture.completedFuture(null);
            }
            Set<TopicPartition> left = new LinkedHashSet<>(owned);
            left.removeAll(unwanted);
            return giveUp(unwanted, left);
        }
        return giveUp(owned, Set.of());
    }

    /// What is left is only true if the partitions were not lost meanwhile.
    private CompletionStage<Void> giveUp(Set<TopicPartition> unwanted, Set<TopicPartition> left) {
        Set<TopicPartition> before = owned;
        return rebalance
                .revoke(unwanted)
                .thenRunAsync(
                        () -> {
                            if (owned == before) {
                                owned = left;
                            }
                        },
                        loop);
    }

    @Override
    public CompletionStage<Map<String, ByteBuffer>> assign(
            String name, List<GroupMember.Member> members) {
        Map<String, Subscription> subscriptions = new HashMap<>();
        Set<String> all = new TreeSet<>();
        for (GroupMember.Member each : members) {
            Subscription subscription = ConsumerProtocol.readSubscription(each.metadata());
            subscription.setGroupInstanceId(each.instanceId());
            subscriptions.put(each.id(), subscription);
            all.addAll(subscription.topics());
        }
        boolean isNew = false;
        for (String topic : all) {
            isNew |= client.metadata().want(topic) || client.view().topic(topic) == null;
        }
        CompletionStage<?> known =
                isNew ? client.metadata().refresh() : CompletableFuture.completedFuture(null);
        return known.thenApply(done -> {
            assignedFrom = counts(all);
            Map<String, ByteBuffer> shares = new HashMap<>();
            assignor(name)
                    .assign(client.view().cluster(), new GroupSubscription(subscriptions))
                    .groupAssignment()
                    .forEach((id, share) -> shares.put(id, ConsumerProtocol.write(share)));
            return shares;
        });
    }

    private ConsumerPartitionAssignor assignor(String name) {
        return assignors.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "The group chose " + name + ", which this consumer did not offer"));
    }

    @Override
    public void assigned(GroupMember.Generation current, ByteBuffer bytes) {
        Assignment assignment = ConsumerProtocol.readAssignment(bytes);
        Set<TopicPartition> fresh = new LinkedHashSet<>(assignment.partitions());
        Set<TopicPartition> added = new LinkedHashSet<>(fresh);
        added.removeAll(owned);
        Set<TopicPartition> gone = new LinkedHashSet<>(owned);
        gone.removeAll(fresh);
        owned = fresh;
        lastGeneration = current.id();
        assignor(current.protocol()).onAssignment(assignment, metadata());
        CompletionStage<Void> ready =
                gone.isEmpty() ? CompletableFuture.completedFuture(null) : rebalance.revoke(gone);
        rebalance.assign(added, fresh);
        if (!gone.isEmpty()) {
            // What was given up is free now: another round gives it to somebody.
            ready.thenRunAsync(() -> member.rejoin("partitions were given up"), loop);
        }
    }

    @Override
    public void lost(String why) {
        Set<TopicPartition> gone = owned;
        owned = Set.of();
        rebalance.lose(gone);
    }

    @Override
    public void failed(ApiException why) {
        rebalance.failed(why);
    }
}
