package io.millrace.clients.producer;

import io.millrace.common.errors.BufferExhaustedException;
import io.millrace.common.errors.InterruptException;
import io.millrace.record.BatchBuilder;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// What batches may take of memory (`buffer.memory`). Who wants a batch waits until there is room,
/// in the order of arrival; builders are used again, so that a steady stream allocates nothing for
/// them.
final class BufferMemory {
    private final long total;
    private final int builderBytes;
    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition freed = lock.newCondition();
    private final ArrayDeque<BatchBuilder> idle = new ArrayDeque<>();
    private long free;
    private int waiting;

    BufferMemory(long total, int builderBytes) {
        this.total = total;
        this.free = total;
        this.builderBytes = Math.max(1, builderBytes);
    }

    /// Waits up to the deadline for this many bytes.
    BatchBuilder take(long bytes, long timeoutNanos) {
        lock.lock();
        try {
            if (bytes > total) {
                throw new IllegalArgumentException("A record of " + bytes
                        + " bytes can never fit into buffer.memory=" + total);
            }
            await(bytes, timeoutNanos);
            free -= bytes;
            BatchBuilder used = idle.poll();
            return used == null ? new BatchBuilder() : used;
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } finally {
            lock.unlock();
        }
    }

    private void await(long bytes, long timeoutNanos) throws InterruptedException {
        long left = timeoutNanos;
        waiting++;
        try {
            while (free < bytes) {
                if (left <= 0) {
                    throw new BufferExhaustedException(
                            "No room for " + bytes + " bytes in buffer.memory within max.block.ms");
                }
                left = freed.awaitNanos(left);
            }
        } finally {
            waiting--;
        }
    }

    /// Takes more for the pieces of a batch that is split, without waiting.
    BatchBuilder takeAnyway(long bytes) {
        lock.lock();
        try {
            free -= bytes;
            return new BatchBuilder();
        } finally {
            lock.unlock();
        }
    }

    void give(BatchBuilder builder, long bytes) {
        lock.lock();
        try {
            free += bytes;
            if (builder.sizeInBytes() <= 2 * builderBytes && idle.size() < total / builderBytes) {
                idle.push(builder);
            }
            freed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isExhausted() {
        lock.lock();
        try {
            return waiting > 0;
        } finally {
            lock.unlock();
        }
    }

    long available() {
        lock.lock();
        try {
            return free;
        } finally {
            lock.unlock();
        }
    }
}
