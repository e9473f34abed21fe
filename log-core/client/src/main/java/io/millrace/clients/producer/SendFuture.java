package io.millrace.clients.producer;

import io.millrace.common.TopicPartition;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What `send` returns: a record's place in a batch, and all that is kept of a record once its
/// bytes are in the batch. When a batch is split, its records move to others, so the batch may
/// change.
final class SendFuture implements Future<RecordMetadata> {
    private static final Logger LOG = LoggerFactory.getLogger(SendFuture.class);

    private final TopicPartition partition;
    private final long timestampMs;
    private final int keySize;
    private final int valueSize;
    private final @Nullable Callback callback;
    private volatile ProducerBatch batch;
    private volatile int index;

    SendFuture(
            ProducerBatch batch,
            int index,
            long timestampMs,
            int keySize,
            int valueSize,
            @Nullable Callback callback) {
        this.partition = batch.partition();
        this.batch = batch;
        this.index = index;
        this.timestampMs = timestampMs;
        this.keySize = keySize;
        this.valueSize = valueSize;
        this.callback = callback;
    }

    void moveTo(ProducerBatch other, int place) {
        index = place;
        batch = other;
    }

    /// Called when the batch has ended, in the order of the records.
    void tell() {
        Callback listener = callback;
        if (listener == null) {
            return;
        }
        try {
            listener.onCompletion(metadata(), batch.failure());
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue("partition", partition).setCause(e).log("A callback failed");
        }
    }

    private RecordMetadata metadata() {
        ProducerBatch ended = batch;
        long time = ended.appendTimeMs() >= 0 ? ended.appendTimeMs() : timestampMs;
        boolean failed = ended.failure() != null;
        return new RecordMetadata(
                partition,
                failed ? -1 : ended.baseOffset(),
                index,
                failed ? -1 : time,
                keySize,
                valueSize);
    }

    @Override
    public RecordMetadata get() throws InterruptedException, ExecutionException {
        while (true) {
            ProducerBatch mine = batch;
            mine.await();
            if (mine == batch) {
                return result(mine);
            }
        }
    }

    @Override
    public RecordMetadata get(long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        long deadline = System.nanoTime() + unit.toNanos(timeout);
        while (true) {
            ProducerBatch mine = batch;
            if (!mine.await(deadline - System.nanoTime())) {
                throw new TimeoutException(
                        "The record is not stored after " + timeout + " " + unit);
            }
            if (mine == batch) {
                return result(mine);
            }
        }
    }

    /// Waits until the record's fate is known, through splits; false when the time is up.
    boolean awaitEnd(long nanos) throws InterruptedException {
        long deadline = System.nanoTime() + nanos;
        while (true) {
            ProducerBatch mine = batch;
            if (!mine.await(deadline - System.nanoTime())) {
                return false;
            }
            if (mine == batch) {
                return true;
            }
        }
    }

    private RecordMetadata result(ProducerBatch ended) throws ExecutionException {
        Exception failure = ended.failure();
        if (failure != null) {
            throw new ExecutionException(failure);
        }
        return metadata();
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        return false;
    }

    @Override
    public boolean isCancelled() {
        return false;
    }

    @Override
    public boolean isDone() {
        return batch.isDone();
    }
}
