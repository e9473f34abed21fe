package io.millrace.sim;

/// Threads of a node for work that blocks. A task runs in one piece; what it does to a disk takes
/// simulated time, and the next task of the same thread waits so long.
public final class SimWorker implements SimActor {
    private final SimWorld world;
    private final SimNode node;
    private final int number;
    private final long[] freeAtNanos;

    SimWorker(SimWorld world, SimNode node, int threads) {
        this.world = world;
        this.node = node;
        this.number = world.nextActor();
        this.freeAtNanos = new long[threads];
    }

    @Override
    public void execute(Runnable task) {
        int thread = freeAtNanos.length == 1 ? 0 : world.random().nextInt(freeAtNanos.length);
        long at = Math.max(freeAtNanos[thread], world.nowNanos() + world.handOverNanos());
        freeAtNanos[thread] = at;
        world.enqueue(at, this, new SimWorld.Task(() -> {
            task.run();
            freeAtNanos[thread] = Math.max(freeAtNanos[thread], world.nowNanos());
        }));
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
