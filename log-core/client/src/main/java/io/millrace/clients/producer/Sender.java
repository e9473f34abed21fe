package io.millrace.clients.producer;

import io.millrace.clients.network.Backoff;
import io.millrace.clients.network.ClusterClient;
import io.millrace.clients.network.ClusterView;
import io.millrace.common.errors.TimeoutException;
import io.millrace.host.Loop;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Takes batches out of the accumulator when they are due and sends them to the leaders of their
/// partitions, at most `max.in.flight.requests.per.connection` requests a node. What the answers
/// mean is {@link ProduceAnswers}' business.
///
/// Owner thread: the loop, except `wake`, `flushing` and `flushed`.
final class Sender {
    private static final long MS = 1_000_000;
    private static final long LONGEST_SLEEP_MS = 1000;

    private final ClusterClient client;
    private final Loop loop;
    private final ProducerSettings settings;
    private final Accumulator accumulator;
    private final Identity identity;
    private final ProduceAnswers answers;
    private final Backoff backoff;
    private final Spread spread;
    private final Set<PartitionQueue> active = new LinkedHashSet<>();
    private final AtomicBoolean isWoken = new AtomicBoolean();
    private final AtomicInteger flushes = new AtomicInteger();
    private Loop.@Nullable Scheduled timer;
    private long timerNanos;
    private boolean isClosing;
    private boolean isRefreshing;

    Sender(
            ClusterClient client,
            ProducerSettings settings,
            Accumulator accumulator,
            Spread spread) {
        this.spread = spread;
        this.client = client;
        this.loop = client.loop();
        this.settings = settings;
        this.accumulator = accumulator;
        this.backoff = client.backoff();
        this.identity = new Identity(client, this::wake);
        this.answers = new ProduceAnswers(client, settings, accumulator, this);
    }

    /// Makes the sender look at the queues soon. Any thread.
    void wake() {
        if (isWoken.compareAndSet(false, true)) {
            loop.execute(this::run);
        }
    }

    /// From now until `flushed`, batches do not wait to get full. Any thread.
    void flushing() {
        flushes.incrementAndGet();
        wake();
    }

    void flushed() {
        flushes.decrementAndGet();
    }

    void closing() {
        isClosing = true;
        wake();
    }

    private void run() {
        isWoken.set(false);
        for (PartitionQueue queue = accumulator.pollTouched();
                queue != null;
                queue = accumulator.pollTouched()) {
            active.add(queue);
        }
        if (settings.isIdempotent() && !active.isEmpty() && !identity.isKnown()) {
            failWaiting();
            identity.obtain();
            sleep(loop.nanoTime() + LONGEST_SLEEP_MS * MS);
            return;
        }
        Map<Integer, List<ProducerBatch>> byNode = collect(loop.nanoTime());
        while (!byNode.isEmpty()) {
            byNode.forEach(answers::send);
            byNode = collect(loop.nanoTime());
        }
        spread.update(active, loop.nanoTime());
        active.removeIf(queue -> queue.size() == 0 && queue.inFlight.isEmpty());
    }

    private void failWaiting() {
        Exception fatal = identity.failure();
        long tooOld = loop.nanoTime() - settings.deliveryTimeoutMs() * MS;
        for (PartitionQueue queue : active) {
            List<ProducerBatch> failed =
                    fatal != null ? queue.takeAll() : queue.takeOlderThan(tooOld);
            failed.forEach(batch -> answers.fail(batch, fatal != null ? fatal : expired(batch)));
        }
    }

    /// What is due for each node that can take it; sets the timer for what is not due yet.
    private Map<Integer, List<ProducerBatch>> collect(long now) {
        Map<Integer, List<ProducerBatch>> byNode = new TreeMap<>();
        Map<Integer, Integer> bytes = new TreeMap<>();
        boolean hurry = isClosing || flushes.get() > 0 || accumulator.memory().isExhausted();
        long next = now + LONGEST_SLEEP_MS * MS;
        boolean mustRefresh = false;
        for (PartitionQueue queue : active) {
            expire(queue, now);
            ProducerBatch first = queue.first();
            if (first == null || isHeld(queue, first)) {
                continue;
            }
            long due = due(queue, first, hurry);
            if (due - now > 0) {
                next = due - next < 0 ? due : next;
                continue;
            }
            ClusterView view = client.view();
            int leader = view.leaderOf(queue.partition());
            if (leader < 0 || view.node(leader) == null) {
                mustRefresh = true;
            } else if (mayTake(leader, bytes, first)) {
                bytes.merge(leader, first.plainBytes(), Integer::sum);
                take(queue, byNode.computeIfAbsent(leader, id -> new ArrayList<>()));
            }
        }
        if (mustRefresh && !isRefreshing) {
            isRefreshing = true;
            client.metadata().refresh().thenRun(this::wakeLater);
        }
        sleep(next);
        return byNode;
    }

    private void wakeLater() {
        loop.schedule(backoff.firstMs(), () -> {
            isRefreshing = false;
            wake();
        });
    }

    private void expire(PartitionQueue queue, long now) {
        List<ProducerBatch> old = queue.takeOlderThan(now - settings.deliveryTimeoutMs() * MS);
        for (ProducerBatch batch : old) {
            if (batch.hasSequence()) {
                queue.sequences.gaveUp();
            }
            answers.fail(batch, expired(batch));
        }
    }

    private TimeoutException expired(ProducerBatch batch) {
        return new TimeoutException(batch.count() + " records for " + batch.partition()
                + " were not stored within delivery.timeout.ms=" + settings.deliveryTimeoutMs());
    }

    /// Whether the order of the partition forbids to send its first batch now.
    private boolean isHeld(PartitionQueue queue, ProducerBatch first) {
        if (queue.inFlight.isEmpty()) {
            renew(queue);
            return false;
        }
        if (!settings.isIdempotent()) {
            return settings.maxInFlight() == 1;
        }
        // A batch that comes again waits until what was sent before and after it is answered: then
        // those
        // that overtook it stand behind it once more.
        PartitionSequences sequences = queue.sequences;
        return sequences.mustRenew() || sequences.isUnproven() || first.hasSequence();
    }

    private void renew(PartitionQueue queue) {
        PartitionSequences sequences = queue.sequences;
        if (!settings.isIdempotent()) {
            return;
        }
        if (!sequences.hasProducer()) {
            sequences.begin(identity.producerId(), identity.epoch());
        } else if (sequences.mustRenew()) {
            sequences.begin(identity.producerId(), identity.raise(sequences.epoch()));
            queue.renumber();
        }
    }

    private long due(PartitionQueue queue, ProducerBatch first, boolean hurry) {
        if (first.attempts() > 0) {
            return first.notBeforeNanos();
        }
        if (hurry || queue.isFirstFull()) {
            return first.createdNanos();
        }
        return first.createdNanos() + settings.lingerMs() * MS;
    }

    private boolean mayTake(int leader, Map<Integer, Integer> bytes, ProducerBatch first) {
        int taken = bytes.getOrDefault(leader, 0);
        return !client.isBackingOff(leader)
                && client.pending(leader) < settings.maxInFlight()
                && (taken == 0 || taken + first.plainBytes() <= settings.maxRequestBytes());
    }

    private void take(PartitionQueue queue, List<ProducerBatch> into) {
        ProducerBatch batch = queue.take();
        if (batch == null) {
            return;
        }
        if (settings.isIdempotent() && !batch.hasSequence()) {
            PartitionSequences sequences = queue.sequences;
            batch.sequence(
                    sequences.producerId(), sequences.epoch(), sequences.assign(batch.count()));
        }
        batch.sent();
        queue.inFlight.addLast(batch);
        into.add(batch);
    }

    /// Called when a batch was put back.
    void again(PartitionQueue queue, ProducerBatch batch, boolean atOnce) {
        long delayMs = atOnce ? 0 : backoff.delayMs(batch.attempts(), loop.random());
        batch.retryAt(loop.nanoTime() + delayMs * MS);
        active.add(queue);
        wake();
    }

    private void sleep(long untilNanos) {
        if (active.isEmpty()) {
            return;
        }
        if (timer != null && timerNanos - untilNanos <= 0 && timerNanos - loop.nanoTime() > 0) {
            return;
        }
        if (timer != null) {
            timer.cancel();
        }
        timerNanos = untilNanos;
        long delayMs = Math.max(0, (untilNanos - loop.nanoTime() + MS - 1) / MS);
        timer = loop.schedule(delayMs, this::wake);
    }

    /// Fails all that is left.
    void abort(Exception reason) {
        if (timer != null) {
            timer.cancel();
        }
        for (PartitionQueue queue : accumulator.queues()) {
            queue.takeAll().forEach(batch -> answers.fail(batch, reason));
            List<ProducerBatch> sent = new ArrayList<>(queue.inFlight);
            queue.inFlight.clear();
            sent.forEach(batch -> answers.fail(batch, reason));
        }
    }
}
