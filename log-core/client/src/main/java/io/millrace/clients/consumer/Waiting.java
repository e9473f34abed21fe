package io.millrace.clients.consumer;

import io.millrace.clients.network.Blocking;
import io.millrace.clients.network.ClusterClient;
import io.millrace.common.errors.TimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Waits for what the loop does. What the loop has to say meanwhile is carried out: rebalances and
/// commits go on.
///
/// Owner thread: the one that polls.
final class Waiting {
    private static final long MS = 1_000_000;
    private static final Duration LONGEST = Duration.ofDays(365);

    private final ClusterClient client;
    private final Inbox inbox;
    private final Duration apiTimeout;

    Waiting(ClusterClient client, Inbox inbox, int apiTimeoutMs) {
        this.client = client;
        this.inbox = inbox;
        this.apiTimeout = Duration.ofMillis(apiTimeoutMs);
    }

    /// For calls that name no timeout.
    Duration apiTimeout() {
        return apiTimeout;
    }

    /// Work on the loop that knows how long it may take.
    interface Timed<T> {
        CompletionStage<T> within(long timeoutMs);
    }

    <T> T onLoop(Duration timeout, Timed<T> work) {
        CompletableFuture<T> future = client.call(() -> work.within(nanos(timeout) / MS));
        if (!inbox.awaitDone(future, deadline(timeout), true)) {
            throw new TimeoutException("Not done within " + timeout.toMillis() + " ms");
        }
        return Blocking.await(future, 1);
    }

    /// Waits even when the consumer is woken up, and does not mind if it is in vain.
    void forEnd(CompletableFuture<?> future, Duration timeout) {
        inbox.awaitDone(future, deadline(timeout), false);
    }

    static long deadline(Duration timeout) {
        return System.nanoTime() + nanos(timeout);
    }

    private static long nanos(Duration timeout) {
        return timeout.compareTo(LONGEST) > 0 ? LONGEST.toNanos() : timeout.toNanos();
    }
}
