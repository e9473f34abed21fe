package io.millrace.clients.consumer;

import io.millrace.common.TopicPartition;
import io.millrace.common.errors.TimeoutException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/// Where the program stands in its partitions, and where it wants to stand.
///
/// Owner thread: the one that polls.
final class Seeking {
    private final Inbox inbox;
    private final Reading<?, ?> reading;
    private final Resolver resolver;

    Seeking(Inbox inbox, Reading<?, ?> reading, Resolver resolver) {
        this.inbox = inbox;
        this.reading = reading;
        this.resolver = resolver;
    }

    /// No partitions stand for all.
    void seek(Collection<TopicPartition> partitions, OffsetReset reset) {
        Collection<TopicPartition> which = partitions.isEmpty() ? reading.assignment() : partitions;
        which.forEach(each -> reading.seek(each, reset));
    }

    /// Finds it out where it is not known yet.
    long position(TopicPartition partition, Duration timeout) {
        long deadline = Waiting.deadline(timeout);
        Position position = reading.position(partition);
        while (!position.isKnown()) {
            resolver.resolve();
            inbox.throwIfWoken();
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new TimeoutException("The position in " + partition + " is not known within "
                        + timeout.toMillis() + " ms");
            }
            inbox.await(left);
            reading.throwFailure();
        }
        return position.offset();
    }

    Set<TopicPartition> paused() {
        Set<TopicPartition> paused = new LinkedHashSet<>();
        for (Position position : reading.positions()) {
            if (position.isPaused) {
                paused.add(position.partition());
            }
        }
        return paused;
    }

    void pause(Collection<TopicPartition> partitions, boolean isPaused) {
        partitions.forEach(each -> reading.pause(each, isPaused));
    }
}
