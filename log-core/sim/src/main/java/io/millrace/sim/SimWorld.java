package io.millrace.sim;

import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Time, chance and the order of everything that happens. Each task of each actor (a loop, a
/// worker) has a moment; the earliest runs next, and while it runs nothing else does. Delays are
/// drawn from the seed, so each seed is another interleaving and the same seed is always the same
/// run ([#traceHash]).
public final class SimWorld {
    /// Where the wall clock starts: some day in 2023.
    private static final long START_MS = 1_700_000_000_000L;

    private static final long NANOS_A_MS = 1_000_000;
    private static final long LARGEST_HAND_OVER_NANOS = 50_000;

    private final SplittableRandom random;
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private long nowNanos;
    private long wallOffsetMs = START_MS;
    private long sequence;
    private long traceHash = 1;
    private int actors;
    private @Nullable SimActor current;

    public SimWorld(long seed) {
        random = new SplittableRandom(seed);
    }

    private record Event(long atNanos, long sequence, SimActor actor, Task task)
            implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int order = Long.compare(atNanos, other.atNanos);
            return order != 0 ? order : Long.compare(sequence, other.sequence);
        }
    }

    /// A task that may be cancelled while it waits.
    static final class Task {
        private @Nullable Runnable body;

        Task(Runnable body) {
            this.body = body;
        }

        void cancel() {
            body = null;
        }
    }

    /// The one source of chance.
    public SplittableRandom random() {
        return random;
    }

    public boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /// Nanoseconds since the world began; also rises while a task runs, by what it has spent.
    public long nowNanos() {
        return nowNanos;
    }

    public long nowMs() {
        return wallOffsetMs + nowNanos / NANOS_A_MS;
    }

    /// Moves the wall clock, backwards if negative. The other clock never notices.
    public void jumpWallClock(long byMs) {
        wallOffsetMs += byMs;
    }

    /// The running task takes so long: what it hands over from now on comes that much later.
    public void spend(long nanos) {
        nowNanos += nanos;
    }

    /// A number that depends on everything that has happened so far, and in which order.
    public long traceHash() {
        return traceHash;
    }

    /// Mixes something that happened into the trace.
    public void trace(long what) {
        traceHash = (traceHash ^ what) * 0x100000001b3L + (traceHash >>> 29);
    }

    int nextActor() {
        return actors++;
    }

    @Nullable
    SimActor current() {
        return current;
    }

    long handOverNanos() {
        return random.nextLong(LARGEST_HAND_OVER_NANOS);
    }

    void enqueue(long atNanos, SimActor actor, Task task) {
        events.add(new Event(Math.max(atNanos, nowNanos), sequence++, actor, task));
    }

    /// Runs the next task; false when there is none.
    public boolean step() {
        Event event = events.poll();
        if (event == null) {
            return false;
        }
        Runnable body = event.task.body;
        if (body == null || !event.actor.isAlive()) {
            return true;
        }
        nowNanos = Math.max(nowNanos, event.atNanos);
        trace(event.actor.number() * 31L + nowNanos);
        current = event.actor;
        try {
            body.run();
        } finally {
            current = null;
        }
        return true;
    }

    /// Runs until nothing waits but timers that lie further ahead than `maxMs`.
    public void runFor(long maxMs) {
        long end = nowNanos + maxMs * NANOS_A_MS;
        while (!events.isEmpty() && events.peek().atNanos <= end) {
            step();
        }
        nowNanos = Math.max(nowNanos, end);
    }

    /// Runs until the condition holds; false when it still does not after `maxMs`.
    public boolean runUntil(BooleanSupplier condition, long maxMs) {
        long end = nowNanos + maxMs * NANOS_A_MS;
        while (!condition.getAsBoolean()) {
            if (events.isEmpty() || events.peek().atNanos > end) {
                return false;
            }
            step();
        }
        return true;
    }
}
