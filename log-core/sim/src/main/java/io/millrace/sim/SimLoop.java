package io.millrace.sim;

import io.millrace.host.Loop;

/// A loop of a node in simulated time.
public final class SimLoop implements Loop, SimActor {
    private static final long NANOS_A_MS = 1_000_000;

    private final SimWorld world;
    private final SimNode node;
    private final int number;
    private long lastNanos;

    SimLoop(SimWorld world, SimNode node) {
        this.world = world;
        this.node = node;
        this.number = world.nextActor();
    }

    @Override
    public void execute(Runnable task) {
        lastNanos = Math.max(lastNanos, world.nowNanos() + world.handOverNanos());
        world.enqueue(lastNanos, this, new SimWorld.Task(task));
    }

    @Override
    public Scheduled schedule(long delayMs, Runnable task) {
        long late = world.chance(0.02)
                ? world.random().nextLong(20 * NANOS_A_MS)
                : world.handOverNanos();
        SimWorld.Task waiting = new SimWorld.Task(task);
        long delayNanos = Math.min(delayMs, Long.MAX_VALUE / NANOS_A_MS / 4) * NANOS_A_MS;
        world.enqueue(world.nowNanos() + delayNanos + late, this, waiting);
        return waiting::cancel;
    }

    @Override
    public long nowMs() {
        return world.nowMs();
    }

    @Override
    public long nanoTime() {
        return world.nowNanos();
    }

    @Override
    public long random() {
        return world.random().nextLong();
    }

    @Override
    public boolean isCurrent() {
        return world.current() == this;
    }

    @Override
    public int number() {
        return number;
    }

    @Override
    public boolean isAlive() {
        return node.isAlive();
    }
}
