package io.millrace.record;

import java.util.ArrayDeque;
import java.util.Deque;

/// What a partition remembers of one idempotent producer: its epoch and its last five batches, as
/// many as a producer may have in flight.
public final class ProducerState {
    static final int REMEMBERED_BATCHES = 5;
    static final long NO_OFFSET = -1;

    private final long producerId;
    private final Deque<Batch> batches = new ArrayDeque<>(2);
    private short epoch = RecordBatch.NO_EPOCH;
    private int coordinatorEpoch = -1;
    private long lastTimestampMs = RecordBatch.NO_TIMESTAMP;
    private long transactionFirstOffset = NO_OFFSET;

    ProducerState(long producerId) {
        this.producerId = producerId;
    }

    /// A batch that is in the log.
    record Batch(int lastSequence, long lastOffset, int offsetDelta, long timestampMs) {
        int firstSequence() {
            int first = lastSequence - offsetDelta;
            // Sequences start over behind the largest int.
            return first < 0 ? first + Integer.MAX_VALUE + 1 : first;
        }

        long firstOffset() {
            return lastOffset - offsetDelta;
        }
    }

    public long producerId() {
        return producerId;
    }

    public short epoch() {
        return epoch;
    }

    /// NO_SEQUENCE when none of its batches of this epoch is remembered.
    public int lastSequence() {
        Batch last = batches.peekLast();
        return last == null ? RecordBatch.NO_SEQUENCE : last.lastSequence();
    }

    /// -1 when none of its batches of this epoch is remembered.
    public long lastOffset() {
        Batch last = batches.peekLast();
        return last == null ? NO_OFFSET : last.lastOffset();
    }

    int lastOffsetDelta() {
        Batch last = batches.peekLast();
        return last == null ? 0 : last.offsetDelta();
    }

    public int coordinatorEpoch() {
        return coordinatorEpoch;
    }

    public long lastTimestampMs() {
        return lastTimestampMs;
    }

    /// Where its open transaction begins; -1 without one.
    public long transactionFirstOffset() {
        return transactionFirstOffset;
    }

    Iterable<Batch> batches() {
        return batches;
    }

    boolean isExpired(long nowMs, long expirationMs) {
        return transactionFirstOffset == NO_OFFSET && nowMs - lastTimestampMs >= expirationMs;
    }

    void add(short batchEpoch, Batch batch) {
        moveTo(batchEpoch);
        if (batches.size() == REMEMBERED_BATCHES) {
            batches.removeFirst();
        }
        batches.addLast(batch);
        lastTimestampMs = batch.timestampMs();
    }

    void beginTransaction(long firstOffset) {
        transactionFirstOffset = firstOffset;
    }

    void endTransaction(short markerEpoch, int markerCoordinatorEpoch, long timestampMs) {
        moveTo(markerEpoch);
        coordinatorEpoch = markerCoordinatorEpoch;
        transactionFirstOffset = NO_OFFSET;
        lastTimestampMs = timestampMs;
    }

    /// Takes over what a snapshot says of it.
    void restore(
            short savedEpoch, int savedCoordinatorEpoch, long timestampMs, long savedFirstOffset) {
        epoch = savedEpoch;
        coordinatorEpoch = savedCoordinatorEpoch;
        lastTimestampMs = timestampMs;
        transactionFirstOffset = savedFirstOffset;
    }

    void restore(Batch batch) {
        batches.addLast(batch);
    }

    private void moveTo(short newEpoch) {
        if (epoch != newEpoch) {
            batches.clear();
            epoch = newEpoch;
        }
    }
}
