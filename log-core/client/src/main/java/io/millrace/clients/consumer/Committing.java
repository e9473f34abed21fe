package io.millrace.clients.consumer;

import io.millrace.clients.network.ClusterClient;
import io.millrace.common.KafkaException;
import io.millrace.common.TopicPartition;
import io.millrace.common.errors.InvalidGroupIdException;
import io.millrace.common.errors.RetriableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// When positions are committed: when the program says so, from time to time, and before partitions
/// go. Callbacks run on the program's thread, in the order of the commits.
///
/// Owner thread: the one that polls.
final class Committing {
    private static final Logger LOG = LoggerFactory.getLogger(Committing.class);
    private static final long MS = 1_000_000;

    private final ClusterClient client;
    private final Inbox inbox;
    private final Waiting waiting;
    private final Reading<?, ?> reading;
    private final Interception<?, ?> interception;
    private final @Nullable Commits commits;
    private final boolean isAutomatic;
    private final long intervalNanos;
    private final List<CompletableFuture<Void>> pending = new ArrayList<>();
    private long nextNanos;

    /// @param commits null where there is no group
    Committing(
            ConsumerSettings settings,
            ConsumerParts.Threads threads,
            Reading<?, ?> reading,
            Interception<?, ?> interception,
            @Nullable Commits commits) {
        this.client = threads.client();
        this.inbox = threads.inbox();
        this.waiting = threads.waiting();
        this.reading = reading;
        this.interception = interception;
        this.commits = commits;
        this.isAutomatic = settings.autoCommit() && commits != null;
        this.intervalNanos = settings.autoCommitIntervalMs() * MS;
        this.nextNanos = System.nanoTime() + intervalNanos;
    }

    private Commits commits() {
        Commits mine = commits;
        if (mine == null) {
            throw new InvalidGroupIdException("To commit, group.id must be set");
        }
        return mine;
    }

    /// How long the thread that polls may wait before it must look at the time again.
    long longestWait(long nanos) {
        return isAutomatic ? Math.min(nanos, intervalNanos + MS) : nanos;
    }

    /// Commits if the interval is over.
    void automatically() {
        if (nextNanos - System.nanoTime() <= 0) {
            automaticallyNow();
        }
    }

    void automaticallyNow() {
        if (isAutomatic && !reading.isEmpty()) {
            nextNanos = System.nanoTime() + intervalNanos;
            async(positions(), null);
        }
    }

    /// Commits what partitions stand at that are about to go, where that is wanted.
    void beforeRevoke(Set<TopicPartition> partitions) {
        if (!isAutomatic) {
            return;
        }
        Duration timeout = waiting.apiTimeout();
        Map<TopicPartition, OffsetAndMetadata> offsets = reading.toCommit(partitions);
        CompletableFuture<Void> done =
                client.call(() -> commits().commitLast(offsets, timeout.toMillis()));
        waiting.forEnd(done, timeout);
        if (done.isCompletedExceptionally()) {
            LOG.atWarn()
                    .addKeyValue("partitions", partitions)
                    .log("Positions could not be committed before the partitions went");
        } else {
            interception.committed(offsets);
        }
    }

    /// Where the program stands in all partitions.
    Map<TopicPartition, OffsetAndMetadata> positions() {
        return reading.toCommit(reading.assignment());
    }

    void sync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
        Map<TopicPartition, OffsetAndMetadata> copy = Map.copyOf(offsets);
        CompletableFuture<Void> earlier = pending();
        long deadline = Waiting.deadline(timeout);
        waiting.onLoop(timeout, ms -> commits().commit(copy, ms));
        inbox.awaitDone(earlier, deadline, false);
        inbox.run();
        interception.committed(copy);
    }

    private CompletableFuture<Void> pending() {
        pending.removeIf(CompletableFuture::isDone);
        return CompletableFuture.allOf(pending.toArray(CompletableFuture<?>[]::new));
    }

    void async(
            Map<TopicPartition, OffsetAndMetadata> offsets,
            @Nullable OffsetCommitCallback callback) {
        Commits mine = commits();
        Map<TopicPartition, OffsetAndMetadata> copy = Map.copyOf(offsets);
        CompletableFuture<Void> done = client.call(() -> mine.commitOnce(copy));
        pending.removeIf(CompletableFuture::isDone);
        pending.add(done.exceptionally(failure -> null));
        done.whenComplete((nothing, failure) -> inbox.put(() -> ended(copy, failure, callback)));
    }

    private void ended(
            Map<TopicPartition, OffsetAndMetadata> offsets,
            @Nullable Throwable failure,
            @Nullable OffsetCommitCallback callback) {
        if (failure == null) {
            interception.committed(offsets);
        }
        if (callback == null) {
            return;
        }
        Exception told = failure instanceof RetriableException
                ? new RetriableCommitFailedException(failure)
                : failure == null || failure instanceof Exception
                        ? (Exception) failure
                        : new KafkaException(failure);
        callback.onComplete(offsets, told);
    }

    /// Null for what is not committed, as programs expect.
    @SuppressWarnings("NullAway")
    Map<TopicPartition, OffsetAndMetadata> committed(
            Set<TopicPartition> partitions, Duration timeout) {
        Map<TopicPartition, OffsetAndMetadata> found =
                new HashMap<>(waiting.onLoop(timeout, ms -> commits().fetch(partitions, ms)));
        partitions.forEach(each -> found.putIfAbsent(each, null));
        return found;
    }

    /// Waits for the commits that are under way and runs their callbacks.
    void close(Duration timeout) {
        waiting.forEnd(pending(), timeout);
        inbox.run();
    }
}
