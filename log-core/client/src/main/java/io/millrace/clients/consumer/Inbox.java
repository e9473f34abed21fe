package io.millrace.clients.consumer;

import io.millrace.common.errors.InterruptException;
import io.millrace.common.errors.WakeupException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// What the loop, and other threads, have to say to the thread that polls: tasks, which run on that
/// thread in the order in which they were put. Bounded by what causes them: one task a chunk, a
/// rebalance, a commit.
final class Inbox {
    private static final Runnable NOTHING = () -> {};

    private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final AtomicBoolean isWoken = new AtomicBoolean();

    /// Any thread.
    void put(Runnable task) {
        tasks.add(task);
    }

    /// Any thread.
    void wakeUp() {
        isWoken.set(true);
        tasks.add(NOTHING);
    }

    void throwIfWoken() {
        if (isWoken.compareAndSet(true, false)) {
            throw new WakeupException();
        }
    }

    /// Runs what is there.
    void run() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    /// Waits for a task and runs it, and all behind it; false when the time was up first.
    boolean await(long nanos) {
        try {
            Runnable task = tasks.poll(Math.max(0, nanos), TimeUnit.NANOSECONDS);
            if (task == null) {
                return false;
            }
            task.run();
            run();
            return true;
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /// Runs tasks until the future is done; false when the time was up first.
    boolean awaitDone(CompletableFuture<?> future, long deadlineNanos, boolean wakeable) {
        if (!future.isDone()) {
            future.whenComplete((value, failure) -> put(NOTHING));
        }
        while (!future.isDone()) {
            if (wakeable) {
                throwIfWoken();
            }
            long left = deadlineNanos - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            await(left);
        }
        return true;
    }
}
