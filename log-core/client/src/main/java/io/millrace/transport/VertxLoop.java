package io.millrace.transport;

import io.millrace.host.Loop;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.internal.ContextInternal;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;

/// One event loop thread. Timers stand in the loop's own heap, so that a loop with nothing to do
/// sleeps.
public final class VertxLoop implements Loop {
    private final ContextInternal context;
    private final EventLoop eventLoop;
    private final SecureRandom random = new SecureRandom();
    private final FrameBudget budget;

    VertxLoop(ContextInternal context, FrameBudget budget) {
        this.context = context;
        this.eventLoop = context.nettyEventLoop();
        this.budget = budget;
    }

    ContextInternal context() {
        return context;
    }

    /// The memory that requests may take on this loop.
    public FrameBudget budget() {
        return budget;
    }

    @Override
    public void execute(Runnable task) {
        eventLoop.execute(task);
    }

    @Override
    public Scheduled schedule(long delayMs, Runnable task) {
        return schedule(delayMs, TimeUnit.MILLISECONDS, task);
    }

    @Override
    public Scheduled scheduleNanos(long delayNanos, Runnable task) {
        return schedule(delayNanos, TimeUnit.NANOSECONDS, task);
    }

    private Scheduled schedule(long delay, TimeUnit unit, Runnable task) {
        ScheduledFuture<?> future = eventLoop.schedule(task, delay, unit);
        return () -> future.cancel(false);
    }

    @Override
    public long nowMs() {
        return System.currentTimeMillis();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public long random() {
        return random.nextLong();
    }

    @Override
    public boolean isCurrent() {
        return eventLoop.inEventLoop();
    }
}
