package io.millrace.sim;

/// A process: the loops and workers that live and die together.
public final class SimNode {
    private final SimWorld world;
    private final String name;
    private boolean alive = true;

    public SimNode(SimWorld world, String name) {
        this.world = world;
        this.name = name;
    }

    public SimLoop loop() {
        return new SimLoop(world, this);
    }

    /// A thread for work that blocks: tasks run in their order.
    public SimWorker worker() {
        return new SimWorker(world, this, 1);
    }

    /// Several threads for work that blocks: tasks overtake each other.
    public SimWorker workers(int count) {
        return new SimWorker(world, this, count);
    }

    /// Nothing of it runs any more; what waits is forgotten.
    public void kill() {
        alive = false;
    }

    public boolean isAlive() {
        return alive;
    }

    @Override
    public String toString() {
        return name;
    }
}
