package io.millrace.clients.consumer;

import java.time.Duration;

/// What a poll does: carries out what the loop has to say, finds out where to start, and takes the
/// records that were fetched.
///
/// Owner thread: the one that polls.
final class Polling<K, V> {
    private final Inbox inbox;
    private final Reading<K, V> reading;
    private final Resolver resolver;
    private final Committing committing;
    private final Interception<K, V> interception;

    Polling(
            Inbox inbox,
            Reading<K, V> reading,
            Resolver resolver,
            Committing committing,
            Interception<K, V> interception) {
        this.inbox = inbox;
        this.reading = reading;
        this.resolver = resolver;
        this.committing = committing;
        this.interception = interception;
    }

    ConsumerRecords<K, V> poll(Duration timeout) {
        long deadline = Waiting.deadline(timeout);
        while (true) {
            inbox.throwIfWoken();
            inbox.run();
            committing.automatically();
            reading.throwFailure();
            resolver.resolve();
            ConsumerRecords<K, V> records = reading.take();
            if (!records.isEmpty()) {
                return interception.consumed(records);
            }
            reading.throwFailure();
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return ConsumerRecords.empty();
            }
            inbox.await(committing.longestWait(left));
        }
    }
}
