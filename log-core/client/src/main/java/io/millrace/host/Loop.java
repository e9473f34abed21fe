package io.millrace.host;

import java.util.concurrent.Executor;

/// One thread that runs short tasks one after the other, and the only source of time and chance for
/// the drivers on it. What a loop owns needs no lock; other threads reach it through `execute`.
///
/// Tasks never block. Tasks handed in by one thread run in the order in which it handed them in.
public interface Loop extends Executor {
    /// Runs the task on this loop, later: never inside this call, also when called on the loop.
    @Override
    void execute(Runnable task);

    /// Runs the task on this loop after at least `delayMs` (0 or more) milliseconds.
    Scheduled schedule(long delayMs, Runnable task);

    /// The same in nanoseconds, where the loop's timers are that fine; else in whole milliseconds.
    default Scheduled scheduleNanos(long delayNanos, Runnable task) {
        return schedule((delayNanos + 999_999) / 1_000_000, task);
    }

    /// Wall clock in milliseconds since 1970. It may jump, also backwards: for what is stored or
    /// shown.
    long nowMs();

    /// A clock in nanoseconds that never goes back: for deadlines and durations.
    long nanoTime();

    /// 64 random bits.
    long random();

    /// Whether the caller runs on this loop.
    boolean isCurrent();

    /// A task that waits for its time.
    interface Scheduled {
        /// Called on the owning loop, the task will not run afterwards. Harmless after it ran.
        void cancel();
    }
}
