package io.millrace.broker.partition;

import io.millrace.host.Loop;
import io.millrace.storage.ClientBatches;
import io.millrace.storage.LogConfig;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/// Looks at batches that decompress to more than a loop may be held up by, one after the other on
/// one thread, which is there only while there are some. A few kilobytes can claim to be gigabytes;
/// on a loop they would make everybody wait whose partitions lie there.
///
/// Owner thread: none. What waits is counted, for a request that timed out is not counted by its
/// connection any more.
public final class LargeBatches implements AutoCloseable {
    /// A batch that decompresses to more is refused.
    private static final int MAX_UNCOMPRESSED_BYTES = 128 << 20;

    /// Compressed bytes that wait, over all partitions; the next is refused. One batch always may.
    private static final long MAX_WAITING_BYTES = 64 << 20;

    private static final int IDLE_SECONDS = 10;

    private final Executor worker;
    private final AtomicLong waitingBytes = new AtomicLong();

    public LargeBatches() {
        this(thread());
    }

    LargeBatches(Executor worker) {
        this.worker = worker;
    }

    private static ExecutorService thread() {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                1,
                1,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name("large-batches").factory());
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /// Whether there is room for so many bytes to wait; they are given back with `give`.
    boolean take(int bytes) {
        long before = waitingBytes.getAndAdd(bytes);
        if (before == 0 || before + bytes <= MAX_WAITING_BYTES) {
            return true;
        }
        give(bytes);
        return false;
    }

    void give(int bytes) {
        waitingBytes.addAndGet(-bytes);
    }

    /// Prepares the batch for a log with these settings and says on the loop what came of it.
    void prepare(
            ByteBuffer batch, LogConfig config, Loop loop, Consumer<ClientBatches.Prepared> then) {
        long nowMs = loop.nowMs();
        worker.execute(() -> {
            ClientBatches.Prepared prepared = prepare(batch, config, nowMs);
            loop.execute(() -> then.accept(prepared));
        });
    }

    /// With memory of its own, which would otherwise be kept for a next batch that may never come.
    private static ClientBatches.Prepared prepare(ByteBuffer batch, LogConfig config, long nowMs) {
        try (ClientBatches batches = new ClientBatches(MAX_UNCOMPRESSED_BYTES)) {
            return batches.prepare(batch, config, nowMs);
        }
    }

    /// What waits is not looked at any more; blocks while one is.
    @Override
    public void close() {
        if (worker instanceof ExecutorService executor) {
            executor.shutdownNow();
            executor.close();
        }
    }
}
