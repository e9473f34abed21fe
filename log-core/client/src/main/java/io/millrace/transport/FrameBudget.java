package io.millrace.transport;

import java.util.ArrayDeque;
import java.util.Queue;

/// How many bytes of requests one loop may hold: of frames that are half read, and of requests that
/// are not answered yet. Whoever cannot have what he needs waits here, and stops reading from his
/// peer: so slow and greedy peers are slowed down instead of filling memory. Belongs to one loop.
public final class FrameBudget {
    private final long limit;
    private final Queue<Waiter> waiters = new ArrayDeque<>();
    private long used;
    private boolean isServing;

    public FrameBudget(long limit) {
        this.limit = limit;
    }

    /// Whether `bytes` were taken. A frame larger than the whole budget gets it when nobody has
    /// any.
    boolean tryTake(long bytes) {
        if (used > 0 && (used + bytes > limit || !waiters.isEmpty() && !isServing)) {
            return false;
        }
        used += bytes;
        return true;
    }

    /// Waits for `bytes`; `granted` runs once they are taken. The waiter may give up meanwhile.
    Waiter await(long bytes, Runnable granted) {
        Waiter waiter = new Waiter(bytes, granted);
        waiters.add(waiter);
        return waiter;
    }

    void giveUp(Waiter waiter) {
        waiters.remove(waiter);
        serve();
    }

    /// Takes more than there may be: for what is in memory already.
    public void take(long bytes) {
        used += bytes;
    }

    public void give(long bytes) {
        used -= bytes;
        serve();
    }

    /// Calls back when less is used than there is: later, and once.
    public void awaitRoom(Runnable room) {
        waiters.add(new Waiter(0, room));
    }

    public boolean isExhausted() {
        return used > limit;
    }

    boolean hasWaiters() {
        return !waiters.isEmpty();
    }

    public long used() {
        return used;
    }

    public long limit() {
        return limit;
    }

    private void serve() {
        if (isServing) {
            return; // the loop below goes on
        }
        isServing = true;
        try {
            for (Waiter next = waiters.peek();
                    next != null && tryTake(next.bytes);
                    next = waiters.peek()) {
                waiters.remove();
                next.granted.run();
            }
        } finally {
            isServing = false;
        }
    }

    /// A place in the queue.
    record Waiter(long bytes, Runnable granted) {}
}
