package io.millrace.clients.producer;

import io.millrace.common.TopicPartition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Batches of one partition that wait, oldest first; only the last may be open. The queue's monitor
/// guards the waiting batches, since threads that send append to the last one. `sequences` and
/// `inFlight` belong to the loop.
final class PartitionQueue {
    private final TopicPartition partition;
    private final ArrayDeque<ProducerBatch> waiting = new ArrayDeque<>();

    final PartitionSequences sequences = new PartitionSequences();
    /// Sent and not answered, in the order of sending.
    final ArrayDeque<ProducerBatch> inFlight = new ArrayDeque<>();
    /// Whether the sender walks over this queue.
    boolean isActive;

    PartitionQueue(TopicPartition partition) {
        this.partition = partition;
    }

    TopicPartition partition() {
        return partition;
    }

    /// The open batch, or null. Under the monitor.
    @Nullable
    ProducerBatch open() {
        ProducerBatch last = waiting.peekLast();
        return last == null || last.isClosed() ? null : last;
    }

    /// Under the monitor.
    void add(ProducerBatch batch) {
        waiting.addLast(batch);
    }

    synchronized int size() {
        return waiting.size();
    }

    synchronized @Nullable ProducerBatch first() {
        return waiting.peekFirst();
    }

    /// Whether the first batch is full, that is, whether nothing can be added to it any more.
    synchronized boolean isFirstFull() {
        ProducerBatch first = waiting.peekFirst();
        return first != null && (first.isClosed() || waiting.size() > 1);
    }

    /// Removes the first batch, closed.
    synchronized @Nullable ProducerBatch take() {
        ProducerBatch first = waiting.pollFirst();
        if (first != null) {
            first.close();
        }
        return first;
    }

    synchronized void closeOpen() {
        ProducerBatch last = open();
        if (last != null) {
            last.close();
        }
    }

    /// Puts a batch back where its sequence belongs; one without a sequence goes first.
    synchronized void putBack(ProducerBatch batch) {
        if (!batch.hasSequence()) {
            waiting.addFirst(batch);
            return;
        }
        ArrayDeque<ProducerBatch> before = new ArrayDeque<>();
        while (waiting.peekFirst() != null
                && waiting.peekFirst().hasSequence()
                && waiting.peekFirst().baseSequence() - batch.baseSequence() < 0) {
            before.addLast(waiting.removeFirst());
        }
        waiting.addFirst(batch);
        while (!before.isEmpty()) {
            waiting.addFirst(before.removeLast());
        }
    }

    /// Puts the pieces of a batch in its place, in their order.
    synchronized void putBackAll(List<ProducerBatch> pieces) {
        for (int i = pieces.size() - 1; i >= 0; i--) {
            putBack(pieces.get(i));
        }
    }

    /// Removes the batches that were created before `nanos`.
    synchronized List<ProducerBatch> takeOlderThan(long nanos) {
        List<ProducerBatch> old = new ArrayList<>();
        for (Iterator<ProducerBatch> all = waiting.iterator(); all.hasNext(); ) {
            ProducerBatch batch = all.next();
            if (batch.createdNanos() - nanos < 0) {
                batch.close();
                old.add(batch);
                all.remove();
            }
        }
        return old;
    }

    synchronized List<ProducerBatch> takeAll() {
        waiting.forEach(ProducerBatch::close);
        List<ProducerBatch> all = List.copyOf(waiting);
        waiting.clear();
        return all;
    }

    /// Gives all batches that have a sequence new ones, after the partition has renewed.
    synchronized void renumber() {
        for (ProducerBatch batch : waiting) {
            if (batch.hasSequence()) {
                int first = sequences.assign(batch.count());
                batch.sequence(sequences.producerId(), sequences.epoch(), first);
            }
        }
    }
}
