package io.millrace.clients.producer;

import io.millrace.protocol.ErrorCode;
import io.millrace.record.RecordBatch;

/// The sequence numbers that an idempotent producer gives to the batches of one partition, and what
/// an error means for them. A machine: no clock, no I/O.
///
/// The server takes a batch only when its first sequence follows the last it has, so batches that
/// overtook a failed one are refused (`OUT_OF_ORDER_SEQUENCE_NUMBER`) and come again behind it.
/// When the batch that is next in line is refused that way, or one was given up after it had been
/// sent, the numbers can never fit again. Then the partition *renews*: once nothing of it is in
/// flight it goes on with a higher epoch and from sequence 0.
final class PartitionSequences {
    private long producerId = RecordBatch.NO_PRODUCER;
    private short epoch = RecordBatch.NO_EPOCH;
    private int next;
    private int lastStored = -1;
    private boolean mustRenew;

    /// What to do with a batch that an error came for.
    enum Verdict {
        RETRY,
        RENEW_AND_RETRY,
        SPLIT,
        STORED,
        FAIL
    }

    boolean hasProducer() {
        return producerId != RecordBatch.NO_PRODUCER;
    }

    long producerId() {
        return producerId;
    }

    short epoch() {
        return epoch;
    }

    /// Whether the server has none of these numbers yet. It takes any first sequence from a
    /// producer that it does not know; so until it knows this one, only one batch may be on its
    /// way, or a second that is taken while the first is refused would be stored before it.
    boolean isUnproven() {
        return lastStored < 0;
    }

    boolean mustRenew() {
        return mustRenew;
    }

    /// Starts, or starts over, with this identity.
    void begin(long id, short newEpoch) {
        producerId = id;
        epoch = newEpoch;
        next = 0;
        lastStored = -1;
        mustRenew = false;
    }

    /// Whether the same id has a higher epoch left.
    boolean canRaiseEpoch() {
        return epoch < Short.MAX_VALUE;
    }

    /// The sequence for a batch that has none yet.
    int assign(int count) {
        int first = next;
        next = RecordBatch.addToSequence(next, count);
        return first;
    }

    void stored(int lastSequence) {
        if (lastSequence > lastStored || lastStored - lastSequence > Integer.MAX_VALUE / 2) {
            lastStored = lastSequence;
        }
    }

    /// A batch was given up for good. If the server may have seen its numbers, or if others follow,
    /// they cannot be used again.
    void gaveUp() {
        mustRenew = true;
    }

    Verdict judge(ErrorCode code, int firstSequence, boolean hasManyRecords) {
        return switch (code) {
            case DUPLICATE_SEQUENCE_NUMBER -> Verdict.STORED;
            case MESSAGE_TOO_LARGE -> hasManyRecords ? Verdict.SPLIT : Verdict.FAIL;
            case OUT_OF_ORDER_SEQUENCE_NUMBER -> renewIf(canNeverFit(firstSequence));
            case UNKNOWN_PRODUCER_ID -> renewIf(true);
            case INVALID_PRODUCER_EPOCH -> renewIf(true);
            default -> code.isRetriable() && isWorthRetrying(code) ? Verdict.RETRY : Verdict.FAIL;
        };
    }

    private Verdict renewIf(boolean lost) {
        if (lost) {
            mustRenew = true;
        }
        return mustRenew ? Verdict.RENEW_AND_RETRY : Verdict.RETRY;
    }

    /// Whether nothing that may still be stored comes before this batch.
    private boolean canNeverFit(int firstSequence) {
        int expected = lastStored < 0 ? 0 : RecordBatch.addToSequence(lastStored, 1);
        return firstSequence - expected <= 0;
    }

    private static boolean isWorthRetrying(ErrorCode code) {
        return code != ErrorCode.INVALID_TOPIC_EXCEPTION;
    }
}
