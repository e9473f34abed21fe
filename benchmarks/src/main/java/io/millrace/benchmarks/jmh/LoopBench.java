package io.millrace.benchmarks.jmh;

import io.millrace.host.Loop;
import io.millrace.transport.LoopGroup;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// A loop with ten thousand timers that wait, as of as many members of groups: the cost of one more
/// that is taken back before its time, and of a task from another thread.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LoopBench {
    private static final int WAITING = 10_000;
    private static final int TIMERS = 1_000;
    private static final long LONG_MS = 3_600_000;

    private final LoopGroup group = LoopGroup.start(1, 1 << 20);
    private final Loop loop = group.loops().getFirst();

    public LoopBench() {
        onLoop(() -> {
            for (int i = 0; i < WAITING; i++) {
                loop.schedule(LONG_MS + i, LoopBench::nothing);
            }
        });
    }

    private static void nothing() {}

    private void onLoop(Runnable task) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.execute(() -> {
            task.run();
            done.complete(null);
        });
        done.join();
    }

    @TearDown
    public void stop() {
        group.close().join();
    }

    @Benchmark
    @OperationsPerInvocation(TIMERS)
    public void scheduleAndCancel() {
        onLoop(() -> {
            for (int i = 0; i < TIMERS; i++) {
                loop.schedule(LONG_MS / 2 + i, LoopBench::nothing).cancel();
            }
        });
    }

    @Benchmark
    public void execute() {
        onLoop(LoopBench::nothing);
    }
}
