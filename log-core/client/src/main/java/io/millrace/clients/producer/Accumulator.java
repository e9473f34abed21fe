package io.millrace.clients.producer;

import io.millrace.common.TopicPartition;
import io.millrace.record.BatchBuilder;
import io.millrace.record.RecordHeader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/// Where records wait to be sent. Threads that send append here; the sender takes batches out.
final class Accumulator {
    private final int batchBytes;
    private final BufferMemory memory;
    private final Map<TopicPartition, PartitionQueue> queues = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<PartitionQueue> touched = new ConcurrentLinkedQueue<>();
    private final Set<ProducerBatch> unfinished = ConcurrentHashMap.newKeySet();
    private final Runnable wakeSender;
    private final CompressionRatio ratio;

    Accumulator(ProducerSettings settings, CompressionRatio ratio, Runnable wakeSender) {
        this.batchBytes = Math.max(1, settings.batchBytes());
        this.memory = new BufferMemory(settings.bufferMemory(), batchBytes);
        this.ratio = ratio;
        this.wakeSender = wakeSender;
    }

    BufferMemory memory() {
        return memory;
    }

    CompressionRatio ratio() {
        return ratio;
    }

    PartitionQueue queue(TopicPartition partition) {
        PartitionQueue known = queues.get(partition);
        return known != null ? known : queues.computeIfAbsent(partition, PartitionQueue::new);
    }

    Collection<PartitionQueue> queues() {
        return queues.values();
    }

    /// Queues that got something since the last call.
    @Nullable
    PartitionQueue pollTouched() {
        return touched.poll();
    }

    /// One record on its way in.
    record Entry(
            long timestampMs,
            byte @Nullable [] key,
            byte @Nullable [] value,
            Iterable<? extends RecordHeader> headers,
            int mostBytes,
            @Nullable Callback callback) {}

    /// A record's future, and whether it ended a batch.
    record Appended(SendFuture future, boolean endedBatch) {}

    /// Appends, waiting for memory up to the deadline.
    Appended append(PartitionQueue queue, Entry entry, long nowNanos, long timeoutNanos) {
        int limit = ratio.plainBytes(batchBytes);
        SendFuture done;
        synchronized (queue) {
            done = tryAppend(queue, entry, limit);
        }
        if (done != null) {
            return new Appended(done, false);
        }
        long bytes = Math.max(batchBytes, BatchSizes.HEADER_BYTES + entry.mostBytes());
        BatchBuilder builder = memory.take(bytes, timeoutNanos);
        boolean isUsed = false;
        boolean endedBatch;
        try {
            synchronized (queue) {
                done = tryAppend(queue, entry, limit);
                endedBatch = done == null && queue.open() != null;
                if (done == null) {
                    queue.closeOpen();
                    ProducerBatch batch =
                            new ProducerBatch(queue.partition(), builder, bytes, nowNanos);
                    isUsed = true;
                    done = append(batch, entry);
                    unfinished.add(batch);
                    queue.add(batch);
                }
            }
        } finally {
            if (!isUsed) {
                memory.give(builder, bytes);
            }
        }
        if (isUsed) {
            touched.add(queue);
            wakeSender.run();
        }
        return new Appended(done, endedBatch);
    }

    private @Nullable SendFuture tryAppend(PartitionQueue queue, Entry entry, int limit) {
        ProducerBatch open = queue.open();
        return open == null || !open.hasRoomFor(entry.mostBytes(), limit)
                ? null
                : append(open, entry);
    }

    private static SendFuture append(ProducerBatch batch, Entry entry) {
        return batch.append(
                entry.timestampMs(), entry.key(), entry.value(), entry.headers(), entry.callback());
    }

    /// A batch made of the records of one that is split.
    void addPiece(ProducerBatch piece) {
        unfinished.add(piece);
    }

    /// Called when a batch has ended, however.
    void finished(ProducerBatch batch) {
        unfinished.remove(batch);
        memory.give(batch.builder(), batch.reservedBytes());
    }

    boolean isEmpty() {
        return unfinished.isEmpty();
    }

    /// Waits for all that is here now; pieces of split batches included.
    void awaitAll() throws InterruptedException {
        long deadline = Long.MAX_VALUE;
        awaitAll(deadline);
    }

    boolean awaitAll(long nanos) throws InterruptedException {
        long start = System.nanoTime();
        List<ProducerBatch> batches = new ArrayList<>(unfinished);
        for (ProducerBatch batch : batches) {
            if (!batch.await(nanos - (System.nanoTime() - start))) {
                return false;
            }
            for (SendFuture send : batch.sends()) {
                if (!send.awaitEnd(nanos - (System.nanoTime() - start))) {
                    return false;
                }
            }
        }
        return true;
    }
}
