package io.millrace.clients.consumer;

import io.millrace.clients.network.ClusterClient;
import io.millrace.clients.network.Retry;
import io.millrace.common.KafkaException;
import io.millrace.common.TopicPartition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Finds out where to start in partitions that have no position: at what is committed, or where the
/// reset policy or a `seekTo…` says. Runs in the background; the positions are set on the thread
/// that polls.
///
/// Owner thread: the one that polls.
final class Resolver {
    private final ClusterClient client;
    private final ConsumerSettings settings;
    private final Reading<?, ?> reading;
    private final Offsets offsets;
    private final @Nullable Commits commits;
    private final Inbox inbox;

    Resolver(
            ClusterClient client,
            ConsumerSettings settings,
            Reading<?, ?> reading,
            Inbox inbox,
            @Nullable Commits commits) {
        this.client = client;
        this.settings = settings;
        this.reading = reading;
        this.inbox = inbox;
        this.commits = commits;
        this.offsets = new Offsets(client, settings.isolationLevel());
    }

    Offsets offsets() {
        return offsets;
    }

    /// Starts what is needed for partitions without a position. Harmless when there are none.
    void resolve() {
        List<Position> uncommitted = new ArrayList<>();
        List<Position> resets = new ArrayList<>();
        for (Position position : reading.positions()) {
            if (!position.isKnown() && !position.isResolving) {
                position.isResolving = true;
                (position.wantedReset() == null && commits != null ? uncommitted : resets)
                        .add(position);
            }
        }
        if (!uncommitted.isEmpty()) {
            fromCommits(uncommitted);
        }
        if (!resets.isEmpty()) {
            reset(resets);
        }
    }

    /// A position together with the generation that was looked up.
    private record Asked(Position position, int generation) {
        boolean isFresh(Reading<?, ?> reading) {
            return reading.find(position.partition()) == position
                    && position.generation() == generation;
        }
    }

    private void fromCommits(List<Position> wanted) {
        Commits from = commits;
        if (from == null) {
            return;
        }
        Map<TopicPartition, Asked> asked = asked(wanted);
        ask(() -> from.fetch(asked.keySet(), settings.defaultApiTimeoutMs()), asked, found -> {
            List<Position> left = new ArrayList<>();
            asked.forEach((partition, each) -> {
                OffsetAndMetadata committed = found.get(partition);
                if (committed != null) {
                    each.position().seek(committed.offset(), committed.leaderEpoch());
                    reading.start(each.position());
                } else {
                    left.add(each.position());
                }
            });
            reset(left);
        });
    }

    private void reset(List<Position> wanted) {
        if (wanted.isEmpty()) {
            return;
        }
        Map<TopicPartition, Long> timestamps = new HashMap<>();
        List<TopicPartition> hopeless = new ArrayList<>();
        long nowMs = client.loop().nowMs();
        for (Position position : wanted) {
            OffsetReset asked = position.wantedReset();
            OffsetReset reset = asked == null ? settings.offsetReset() : asked;
            if (reset instanceof OffsetReset.None) {
                hopeless.add(position.partition());
                position.isResolving = false;
            } else {
                timestamps.put(position.partition(), reset.timestamp(nowMs));
            }
        }
        if (!hopeless.isEmpty()) {
            reading.fail(new NoOffsetForPartitionException(hopeless));
        }
        lookUp(wanted, timestamps);
    }

    private void lookUp(List<Position> wanted, Map<TopicPartition, Long> timestamps) {
        Map<TopicPartition, Asked> asked = asked(wanted);
        asked.keySet().retainAll(timestamps.keySet());
        if (asked.isEmpty()) {
            return;
        }
        ask(() -> offsets.find(timestamps, settings.defaultApiTimeoutMs()), asked, found -> {
            List<Position> atEnd = new ArrayList<>();
            asked.forEach((partition, each) -> {
                Offsets.Found place = found.get(partition);
                if (place != null && place.offset() >= 0) {
                    each.position().seek(place.offset(), Optional.empty());
                    reading.start(each.position());
                } else {
                    each.position().seek(new OffsetReset.Latest()); // nothing is as young
                    each.position().isResolving = true;
                    atEnd.add(each.position());
                }
            });
            reset(atEnd);
        });
    }

    private static Map<TopicPartition, Asked> asked(List<Position> wanted) {
        Map<TopicPartition, Asked> asked = new HashMap<>();
        wanted.forEach(position ->
                asked.put(position.partition(), new Asked(position, position.generation())));
        return asked;
    }

    private interface Question<T> {
        CompletionStage<T> ask();
    }

    private interface Taker<T> {
        void take(T answer);
    }

    /// Asks on the loop and takes the answer on this thread, for the positions that are still what
    /// they were.
    private <T> void ask(Question<T> question, Map<TopicPartition, Asked> asked, Taker<T> taker) {
        CompletableFuture<T> answer = client.call(question::ask);
        answer.whenComplete((value, failure) -> inbox.put(() -> {
            asked.values().removeIf(each -> !each.isFresh(reading));
            if (failure == null) {
                taker.take(value);
                return;
            }
            asked.values().forEach(each -> each.position().isResolving = false);
            if (!asked.isEmpty()) {
                Throwable bare = Retry.bare(failure);
                reading.fail(
                        bare instanceof RuntimeException known ? known : new KafkaException(bare));
            }
        }));
    }
}
