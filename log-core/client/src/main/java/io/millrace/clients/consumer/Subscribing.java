package io.millrace.clients.consumer;

import io.millrace.clients.network.ClusterClient;
import io.millrace.common.TopicPartition;
import io.millrace.common.errors.InvalidGroupIdException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Which partitions the consumer has, and why: it is subscribed as a member of a group, or the
/// program assigned them. Never both.
///
/// Owner thread: the one that polls.
final class Subscribing {
    private final ClusterClient client;
    private final ConsumerSettings settings;
    private final Waiting waiting;
    private final Reading<?, ?> reading;
    private final Rebalancing rebalancing;
    private final @Nullable Membership membership;
    private @Nullable Subscribed subscribed;

    /// @param membership null where there is no group
    Subscribing(
            ConsumerSettings settings,
            ConsumerParts.Threads threads,
            Reading<?, ?> reading,
            Rebalancing rebalancing,
            @Nullable Membership membership) {
        this.client = threads.client();
        this.waiting = threads.waiting();
        this.settings = settings;
        this.reading = reading;
        this.rebalancing = rebalancing;
        this.membership = membership;
    }

    /// The topics, as far as the client knows which they are.
    Set<String> topics() {
        Subscribed what = subscribed;
        return what == null
                ? Set.of()
                : what.topics(client.view(), settings.excludeInternalTopics());
    }

    void subscribe(Subscribed what, @Nullable ConsumerRebalanceListener listener) {
        Membership mine = membership;
        if (mine == null) {
            throw new InvalidGroupIdException("To subscribe, group.id must be set");
        }
        if (what instanceof Subscribed.ByServer && !settings.isConsumerProtocol()) {
            throw new UnsupportedOperationException(
                    "A SubscriptionPattern needs group.protocol=consumer");
        }
        if (subscribed == null && !reading.isEmpty()) {
            throw new IllegalStateException("Partitions were assigned by hand: unsubscribe first");
        }
        subscribed = what;
        rebalancing.listener(listener);
        rebalancing.over(false);
        client.loop().execute(() -> mine.subscribe(what));
    }

    void assign(Collection<TopicPartition> partitions, Runnable before) {
        if (subscribed != null) {
            throw new IllegalStateException("The consumer is subscribed: unsubscribe first");
        }
        before.run();
        reading.assign(partitions);
        rebalancing.changed();
    }

    void unsubscribe() {
        if (subscribed != null) {
            leave(true, waiting.apiTimeout());
        }
        subscribed = null;
        reading.assign(List.of());
    }

    private void leave(boolean tell, Duration timeout) {
        Membership mine = membership;
        if (mine == null) {
            return;
        }
        rebalancing.revokeNow(reading.assignment());
        rebalancing.over(true);
        CompletableFuture<Void> left = client.call(() -> mine.leave(tell));
        waiting.forEnd(left, timeout);
    }

    /// The program polls: the member lives.
    void polled() {
        Membership mine = membership;
        if (subscribed != null) {
            if (mine != null) {
                client.loop().execute(mine::polled);
            }
        } else if (reading.isEmpty()) {
            throw new IllegalStateException("Subscribe to topics or assign partitions first");
        }
    }

    /// Who the consumer is; a stranger to the group when it has not joined.
    ConsumerGroupMetadata member() {
        Membership mine = membership;
        String groupId = settings.groupId();
        return mine == null
                ? new ConsumerGroupMetadata(groupId == null ? "" : groupId)
                : mine.metadata();
    }

    ConsumerGroupMetadata groupMetadata() {
        if (settings.groupId() == null) {
            throw new InvalidGroupIdException("group.id is not set");
        }
        return member();
    }

    void rejoin(String reason) {
        Membership mine = membership;
        if (mine == null) {
            throw new IllegalStateException("The consumer is not in a group");
        }
        client.loop().execute(() -> mine.rejoin(reason));
    }

    /// Gives everything up, for good.
    ///
    /// @param commit commits positions where the program had assigned the partitions
    void close(CloseOptions options, Duration timeout, Runnable commit) {
        boolean tell = switch (options.groupMembershipOperation()) {
            case LEAVE_GROUP -> true;
            case REMAIN_IN_GROUP -> false;
            case DEFAULT -> settings.groupInstanceId() == null || settings.isConsumerProtocol();
        };
        if (subscribed != null) {
            leave(tell, timeout);
        } else if (!reading.isEmpty()) {
            commit.run();
        }
    }
}
