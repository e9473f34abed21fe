package io.millrace.host;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.PriorityQueue;

/// A loop whose time moves only when a test says so.
final class FakeLoop implements Loop {
    private record Timed(long atMs, long order, Runnable task) {}

    private final Deque<Runnable> ready = new ArrayDeque<>();
    private final PriorityQueue<Timed> timed = new PriorityQueue<>(
            Comparator.comparingLong(Timed::atMs).thenComparingLong(Timed::order));
    private long nowMs = 1_000_000;
    private long order;
    private long random;

    void run() {
        Runnable task;
        while ((task = ready.poll()) != null) {
            task.run();
        }
    }

    void advance(long ms) {
        long until = nowMs + ms;
        run();
        Timed next;
        while ((next = timed.peek()) != null && next.atMs() <= until) {
            timed.remove();
            nowMs = next.atMs();
            next.task().run();
            run();
        }
        nowMs = until;
    }

    int timers() {
        return timed.size();
    }

    @Override
    public void execute(Runnable task) {
        ready.add(task);
    }

    @Override
    public Scheduled schedule(long delayMs, Runnable task) {
        Timed one = new Timed(nowMs + delayMs, order++, task);
        timed.add(one);
        return () -> timed.remove(one);
    }

    @Override
    public long nowMs() {
        return nowMs;
    }

    @Override
    public long nanoTime() {
        return nowMs * 1_000_000;
    }

    @Override
    public long random() {
        return random++;
    }

    @Override
    public boolean isCurrent() {
        return true;
    }
}
