package io.millrace.sim;

import java.util.concurrent.Executor;

/// A thread of a node, which runs one task after the other: a loop or a worker.
sealed interface SimActor extends Executor permits SimLoop, SimWorker {
    /// Unique in its world.
    int number();

    /// Whether its node still runs.
    boolean isAlive();
}
