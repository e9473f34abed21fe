package io.millrace.record;

import io.millrace.protocol.CorruptLog;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.MalformedFrame;
import io.millrace.protocol.ProducerSnapshot;
import io.millrace.protocol.WireReader;
import io.millrace.protocol.WireWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/// The idempotent producers of one partition. A step machine of the partition's owner: `check` says
/// what is to become of a batch, `append` takes in one that goes into the log (the leader's right
/// after the check, a follower's, or one that recovery reads again). Both want the batch's final
/// offsets.
///
/// Invariants: sequences of a producer follow each other within an epoch, starting over at 0 behind
/// the largest int; a new epoch starts at 0; of a producer that is not known, any sequence is taken
/// (its state may have expired, or gone with the records that retention removed).
public final class ProducerStates {
    private static final int SNAPSHOT_VERSION = 1;
    /// Version and checksum; the checksum covers what follows.
    private static final int SNAPSHOT_HEADER_BYTES = 6;

    private long expirationMs;
    private final Map<Long, ProducerState> producers = new LinkedHashMap<>();
    /// Open transactions: where each begins, and whose it is.
    private final TreeMap<Long, Long> open = new TreeMap<>();

    /// @param expirationMs `producer.id.expiration.ms`
    public ProducerStates(long expirationMs) {
        this.expirationMs = expirationMs;
    }

    /// What is to become of a batch.
    public sealed interface Sequence {
        /// It is the next one, or has no producer.
        record InOrder() implements Sequence {}

        /// It is in the log already: answer with this.
        record Duplicate(long firstOffset, long lastOffset, long timestampMs) implements Sequence {}

        record Refused(ErrorCode error, String message) implements Sequence {}
    }

    private static final Sequence IN_ORDER = new Sequence.InOrder();

    /// Whether a client's batch continues what is known of its producer.
    public Sequence check(ByteBuffer buffer, int at) {
        if (!RecordBatch.hasProducer(buffer, at)) {
            return IN_ORDER;
        }
        ProducerState state = producers.get(RecordBatch.producerId(buffer, at));
        if (state == null) {
            return IN_ORDER;
        }
        short epoch = RecordBatch.producerEpoch(buffer, at);
        int first = RecordBatch.baseSequence(buffer, at);
        if (epoch == state.epoch()) {
            int last = RecordBatch.lastSequence(buffer, at);
            for (ProducerState.Batch batch : state.batches()) {
                if (batch.firstSequence() == first && batch.lastSequence() == last) {
                    return new Sequence.Duplicate(
                            batch.firstOffset(), batch.lastOffset(), batch.timestampMs());
                }
            }
        }
        if (epoch < state.epoch()) {
            return refused(
                    ErrorCode.INVALID_PRODUCER_EPOCH,
                    state,
                    "its epoch " + epoch + " is older than " + state.epoch());
        }
        boolean follows = epoch == state.epoch()
                ? isNext(state.lastSequence(), first)
                : first == 0 || state.epoch() == RecordBatch.NO_EPOCH;
        if (!follows) {
            return refused(
                    ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER,
                    state,
                    "sequence " + first + " of epoch " + epoch + " does not follow "
                            + state.lastSequence() + " of epoch " + state.epoch());
        }
        boolean isOpen = state.transactionFirstOffset() != ProducerState.NO_OFFSET;
        return isOpen && !RecordBatch.isTransactional(buffer, at)
                ? refused(ErrorCode.INVALID_TXN_STATE, state, "its transaction is still open")
                : IN_ORDER;
    }

    private static Sequence refused(ErrorCode error, ProducerState state, String why) {
        return new Sequence.Refused(error, "Producer " + state.producerId() + ": " + why + ".");
    }

    private static boolean isNext(int last, int next) {
        return next == last + 1L || next == 0 && last == Integer.MAX_VALUE;
    }

    /// Takes in a batch of records that goes into the log, with its offsets.
    public void append(ByteBuffer buffer, int at) {
        if (!RecordBatch.hasProducer(buffer, at) || RecordBatch.isControl(buffer, at)) {
            return;
        }
        long id = RecordBatch.producerId(buffer, at);
        ProducerState state = producers.computeIfAbsent(id, ProducerState::new);
        state.add(
                RecordBatch.producerEpoch(buffer, at),
                new ProducerState.Batch(
                        RecordBatch.lastSequence(buffer, at),
                        RecordBatch.lastOffset(buffer, at),
                        RecordBatch.lastOffsetDelta(buffer, at),
                        RecordBatch.maxTimestamp(buffer, at)));
        if (RecordBatch.isTransactional(buffer, at)
                && state.transactionFirstOffset() == ProducerState.NO_OFFSET) {
            long first = RecordBatch.baseOffset(buffer, at);
            state.beginTransaction(first);
            open.put(first, id);
        }
    }

    /// A transaction that has ended in this partition.
    public record EndedTransaction(
            long producerId, long firstOffset, long lastOffset, boolean isAborted) {}

    /// Takes in a control batch with this marker; returns the transaction that it ends, if one was
    /// open.
    public List<EndedTransaction> append(
            ByteBuffer buffer, int at, ControlMarker.EndTransaction marker) {
        long id = RecordBatch.producerId(buffer, at);
        ProducerState state = producers.computeIfAbsent(id, ProducerState::new);
        long first = state.transactionFirstOffset();
        state.endTransaction(
                RecordBatch.producerEpoch(buffer, at),
                marker.coordinatorEpoch(),
                RecordBatch.maxTimestamp(buffer, at));
        if (first == ProducerState.NO_OFFSET) {
            return List.of();
        }
        open.remove(first);
        return List.of(new EndedTransaction(
                id, first, RecordBatch.baseOffset(buffer, at), !marker.isCommit()));
    }

    /// Where the earliest transaction begins that has not ended.
    public OptionalLong firstOpenOffset() {
        return open.isEmpty() ? OptionalLong.empty() : OptionalLong.of(open.firstKey());
    }

    /// `producer.id.expiration.ms` was changed.
    public void expireAfter(long changedMs) {
        expirationMs = changedMs;
    }

    /// Forgets producers that have been silent for too long.
    public void expire(long nowMs) {
        producers.values().removeIf(state -> state.isExpired(nowMs, expirationMs));
    }

    public void clear() {
        producers.clear();
        open.clear();
    }

    public int size() {
        return producers.size();
    }

    /// In the order in which they appeared.
    public Collection<ProducerState> producers() {
        return Collections.unmodifiableCollection(producers.values());
    }

    /// The content of a snapshot file. Only the last batch of each producer is kept in one.
    public ByteBuffer snapshot() {
        List<ProducerSnapshot.ProducerEntry> entries = new ArrayList<>(producers.size());
        for (ProducerState state : producers.values()) {
            entries.add(new ProducerSnapshot.ProducerEntry(
                    state.producerId(),
                    state.epoch(),
                    state.lastSequence(),
                    state.lastOffset(),
                    state.lastOffsetDelta(),
                    state.lastTimestampMs(),
                    state.coordinatorEpoch(),
                    state.transactionFirstOffset()));
        }
        WireWriter out = new WireWriter();
        out.int16(SNAPSHOT_VERSION);
        new ProducerSnapshot(0, entries).write(out, SNAPSHOT_VERSION);
        ByteBuffer bytes = out.toBuffer();
        return bytes.putInt(bytes.position() + 2, snapshotCrc(bytes));
    }

    /// Replaces everything by the content of a snapshot file; who has expired by now stays away.
    public void load(ByteBuffer bytes, long nowMs) {
        clear();
        for (ProducerSnapshot.ProducerEntry entry : read(bytes).producerEntries()) {
            ProducerState state = new ProducerState(entry.producerId());
            state.restore(
                    entry.epoch(),
                    entry.coordinatorEpoch(),
                    entry.timestamp(),
                    entry.currentTxnFirstOffset());
            if (entry.lastOffset() >= 0) {
                state.restore(new ProducerState.Batch(
                        entry.lastSequence(),
                        entry.lastOffset(),
                        entry.offsetDelta(),
                        entry.timestamp()));
            }
            if (!state.isExpired(nowMs, expirationMs)) {
                producers.put(entry.producerId(), state);
                if (entry.currentTxnFirstOffset() >= 0) {
                    open.put(entry.currentTxnFirstOffset(), entry.producerId());
                }
            }
        }
    }

    private static ProducerSnapshot read(ByteBuffer bytes) {
        try {
            WireReader in = new WireReader(bytes);
            ProducerSnapshot snapshot = ProducerSnapshot.read(in, in.int16());
            if ((int) snapshot.crc() != snapshotCrc(bytes)) {
                throw new CorruptLog("a producer snapshot does not match its checksum");
            }
            return snapshot;
        } catch (MalformedFrame damage) {
            throw new CorruptLog("a producer snapshot is damaged", damage);
        }
    }

    private static int snapshotCrc(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate().position(bytes.position() + SNAPSHOT_HEADER_BYTES));
        return (int) crc.getValue();
    }
}
