package io.millrace.broker.metadata;

import io.millrace.host.Loop;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/// A loop that the test's thread runs task by task; writers run on it too.
public final class StepLoop implements Loop {
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private final List<Timer> timers = new ArrayList<>();
    private final Random random;
    private long nowMs = 1_700_000_000_000L;

    private record Timer(long atMs, Runnable task) {}

    public StepLoop(long seed) {
        this.random = new Random(seed);
    }

    public void runAll() {
        Runnable task;
        while ((task = tasks.poll()) != null) {
            task.run();
        }
    }

    /// Lets time pass; what is due by then is a task afterwards.
    void advance(long ms) {
        nowMs += ms;
        for (Timer timer : List.copyOf(timers)) {
            if (timer.atMs <= nowMs) {
                timers.remove(timer);
                tasks.add(timer.task);
            }
        }
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public Scheduled schedule(long delayMs, Runnable task) {
        Timer timer = new Timer(nowMs + delayMs, task);
        timers.add(timer);
        return () -> timers.remove(timer);
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
        return random.nextLong();
    }

    @Override
    public boolean isCurrent() {
        return true;
    }
}
