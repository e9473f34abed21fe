package io.millrace.clients.consumer;

import io.millrace.clients.network.ClusterClient;
import io.millrace.common.KafkaException;
import io.millrace.common.TopicPartition;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Carries out on the thread that polls what the membership decides on the loop: commits before
/// partitions go, tells the listener, changes the assignment.
final class Rebalancing implements Membership.Rebalance {
    private final ClusterClient client;
    private final Reading<?, ?> reading;
    private final Inbox inbox;
    private final Consumer<Set<TopicPartition>> beforeRevoke;
    /// How often the membership was lost: what was decided before is not carried out after it.
    private final AtomicInteger losses = new AtomicInteger();

    private @Nullable ConsumerRebalanceListener listener;
    private boolean isOver;

    /// @param beforeRevoke commits, where that is wanted
    Rebalancing(
            ClusterClient client,
            Reading<?, ?> reading,
            Inbox inbox,
            Consumer<Set<TopicPartition>> beforeRevoke) {
        this.client = client;
        this.reading = reading;
        this.inbox = inbox;
        this.beforeRevoke = beforeRevoke;
    }

    void listener(@Nullable ConsumerRebalanceListener fresh) {
        listener = fresh;
    }

    /// After `unsubscribe`: what a membership that ends still says is of no interest.
    void over(boolean over) {
        isOver = over;
    }

    @Override
    public CompletableFuture<Void> revoke(Set<TopicPartition> partitions) {
        int seen = losses.get();
        return onThread(() -> {
            if (seen == losses.get()) {
                revokeNow(partitions);
            } else {
                loseNow(partitions);
            }
        });
    }

    /// On the thread that polls.
    void revokeNow(Set<TopicPartition> partitions) {
        Set<TopicPartition> mine = held(partitions);
        if (mine.isEmpty()) {
            return;
        }
        beforeRevoke.accept(mine);
        ConsumerRebalanceListener told = listener;
        try {
            if (told != null) {
                told.onPartitionsRevoked(mine);
            }
        } finally {
            drop(mine);
        }
    }

    private Set<TopicPartition> held(Set<TopicPartition> partitions) {
        Set<TopicPartition> mine = new LinkedHashSet<>(partitions);
        mine.retainAll(reading.assignment());
        return mine;
    }

    private void drop(Set<TopicPartition> partitions) {
        List<TopicPartition> left = new ArrayList<>(reading.assignment());
        left.removeAll(partitions);
        reading.assign(left);
        changed();
    }

    /// The assignment is another: the topics must be known.
    void changed() {
        Set<String> topics = new LinkedHashSet<>();
        reading.assignment().forEach(each -> topics.add(each.topic()));
        client.loop().execute(() -> {
            boolean isNew = false;
            for (String topic : topics) {
                isNew |= client.metadata().want(topic) || client.view().topic(topic) == null;
            }
            if (isNew) {
                client.metadata().refresh();
            }
        });
    }

    @Override
    public CompletableFuture<Void> assign(Set<TopicPartition> added, Set<TopicPartition> all) {
        int seen = losses.get();
        return onThread(() -> {
            if (seen != losses.get()) {
                return;
            }
            reading.assign(all);
            changed();
            ConsumerRebalanceListener told = listener;
            if (told != null) {
                told.onPartitionsAssigned(added);
            }
        });
    }

    @Override
    public CompletableFuture<Void> lose(Set<TopicPartition> partitions) {
        losses.incrementAndGet();
        return onThread(() -> loseNow(partitions));
    }

    private void loseNow(Set<TopicPartition> partitions) {
        Set<TopicPartition> mine = held(partitions);
        if (mine.isEmpty()) {
            return;
        }
        ConsumerRebalanceListener told = listener;
        try {
            if (told != null) {
                told.onPartitionsLost(mine);
            }
        } finally {
            drop(mine);
        }
    }

    @Override
    public void failed(RuntimeException reason) {
        inbox.put(() -> {
            if (!isOver) {
                reading.fail(reason);
            }
        });
    }

    private CompletableFuture<Void> onThread(Runnable work) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        inbox.put(() -> {
            try {
                if (!isOver) {
                    work.run();
                }
            } catch (RuntimeException e) {
                reading.fail(new KafkaException("The rebalance listener failed", e));
            }
            done.complete(null);
        });
        return done;
    }
}
