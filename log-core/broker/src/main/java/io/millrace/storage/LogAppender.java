package io.millrace.storage;

import io.millrace.protocol.ErrorCode;
import io.millrace.record.ProducerStates.Sequence;
import io.millrace.record.RecordBatch;
import io.millrace.record.TimestampType;
import io.millrace.storage.AppendResult.Appended;
import io.millrace.storage.AppendResult.Duplicate;
import io.millrace.storage.AppendResult.Rejected;
import io.millrace.transport.Frame;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// The way in: batches are checked, get their offsets where they lie, a place in a segment, and go
/// to the writer. The order of the checks is Kafka's, since it decides which error a producer sees.
///
/// Owner thread: the log's loop.
final class LogAppender {
    private final PartitionLog log;

    LogAppender(PartitionLog log) {
        this.log = log;
    }

    AppendResult append(Frame frame, ByteBuffer batches, AppendOrigin origin) {
        ErrorCode admission = log.admission();
        if (admission != ErrorCode.NONE) {
            return new Rejected(admission, "The log takes no appends now");
        }
        long now = log.loop().nowMs();
        return switch (origin) {
            case AppendOrigin.Client client -> fromClient(frame, batches.slice(), client, now);
            case AppendOrigin.Prepared(int epoch) -> prepared(frame, batches.slice(), epoch, now);
            case AppendOrigin.Internal(int epoch) -> fromInside(frame, batches.slice(), epoch, now);
            case AppendOrigin.Leader() -> fromLeader(frame, batches.slice());
        };
    }

    private AppendResult fromClient(
            Frame frame, ByteBuffer batch, AppendOrigin.Client client, long now) {
        return switch (client.batches().prepare(batch, log.config(), now)) {
            case ClientBatches.Bad(Rejected rejected) -> rejected;
            case ClientBatches.TooLong() -> new AppendResult.TooLong();
            case ClientBatches.Fitting(ByteBuffer fitting) ->
                prepared(frame, fitting, client.leaderEpoch(), now);
        };
    }

    private AppendResult prepared(Frame frame, ByteBuffer batch, int epoch, long now) {
        LogConfig config = log.config();
        Rejected tooLarge = tooLarge(batch, config);
        if (tooLarge != null) {
            return tooLarge;
        }
        long stampMs = config.stampsAppendTime() ? now : RecordBatch.NO_TIMESTAMP;
        assign(batch, epoch, stampMs);
        return switch (log.producers().check(batch, 0)) {
            case Sequence.InOrder() -> place(frame, batch, 0, stampMs);
            case Sequence.Duplicate(long first, long last, long timestampMs) ->
                new Duplicate(
                        first,
                        last + 1,
                        config.stampsAppendTime() ? timestampMs : RecordBatch.NO_TIMESTAMP);
            case Sequence.Refused(var error, var message) -> new Rejected(error, message);
        };
    }

    private static @Nullable Rejected tooLarge(ByteBuffer batches, LogConfig config) {
        return batches.limit() <= config.segmentBytes()
                ? null
                : new Rejected(
                        ErrorCode.RECORD_LIST_TOO_LARGE,
                        "The batches take " + batches.limit() + " bytes, and segment.bytes is "
                                + config.segmentBytes());
    }

    private AppendResult fromInside(Frame frame, ByteBuffer batches, int epoch, long now) {
        int lastAt = lastBatch(batches, false);
        Rejected tooLarge = tooLarge(batches, log.config());
        if (lastAt < 0 || tooLarge != null) {
            return tooLarge != null ? tooLarge : damaged();
        }
        long stampMs = log.config().stampsAppendTime() ? now : RecordBatch.NO_TIMESTAMP;
        assign(batches, epoch, stampMs);
        return place(frame, batches, lastAt, stampMs);
    }

    private AppendResult fromLeader(Frame frame, ByteBuffer batches) {
        int lastAt = lastBatch(batches, true);
        if (lastAt < 0) {
            return damaged();
        }
        if (RecordBatch.baseOffset(batches, 0) < log.endOffset()) {
            return new Rejected(
                    ErrorCode.CORRUPT_MESSAGE,
                    "A batch at offset "
                            + RecordBatch.baseOffset(batches, 0) + " does not continue the log at "
                            + log.endOffset());
        }
        return place(frame, batches, lastAt, RecordBatch.NO_TIMESTAMP);
    }

    private static Rejected damaged() {
        return new Rejected(
                ErrorCode.CORRUPT_MESSAGE, "A batch is damaged, not whole or out of order");
    }

    /// Where the last batch begins; -1 when one of them is not as it must be.
    private static int lastBatch(ByteBuffer batches, boolean checks) {
        int last = -1;
        long next = Long.MIN_VALUE;
        for (int at = 0; at < batches.limit(); ) {
            int size = RecordBatch.sizeAt(batches, at, batches.limit());
            if (size <= 0
                    || RecordBatch.magic(batches, at) != RecordBatch.MAGIC
                    || RecordBatch.lastOffsetDelta(batches, at) < 0) {
                return -1;
            }
            if (checks
                    && (RecordBatch.baseOffset(batches, at) < next
                            || !RecordBatch.hasValidCrc(batches, at))) {
                return -1;
            }
            next = RecordBatch.nextOffset(batches, at);
            last = at;
            at += size;
        }
        return last;
    }

    /// Gives offsets and epoch, and the time where the topic wants the broker's.
    private void assign(ByteBuffer batches, int epoch, long stampMs) {
        long next = log.endOffset();
        for (int at = 0; at < batches.limit(); at += RecordBatch.sizeInBytes(batches, at)) {
            RecordBatch.setBaseOffset(batches, at, next);
            RecordBatch.setLeaderEpoch(batches, at, epoch);
            if (stampMs != RecordBatch.NO_TIMESTAMP) {
                RecordBatch.setMaxTimestamp(batches, at, TimestampType.LOG_APPEND_TIME, stampMs);
            }
            next = RecordBatch.nextOffset(batches, at);
        }
    }

    /// From here on nothing is refused.
    private AppendResult place(Frame frame, ByteBuffer batches, int lastAt, long stampMs) {
        long base = RecordBatch.baseOffset(batches, 0);
        long end = RecordBatch.nextOffset(batches, lastAt);
        Segment segment = roomFor(batches, base, end - 1);
        int position = segment.size();
        long traffic = log.directory().traffic().count(batches.limit());
        for (int at = 0; at < batches.limit(); ) {
            int size = RecordBatch.sizeInBytes(batches, at);
            long offset = RecordBatch.baseOffset(batches, at);
            log.epochs().assign(RecordBatch.leaderEpoch(batches, at), offset);
            log.recent().add(offset, segment.size(), traffic);
            segment.growing().append(batches, at, size, log.config().indexIntervalBytes());
            ProducerReplay.append(log.producers(), batches, at);
            at += size;
        }
        log.appended(end);
        frame.retain();
        log.directory()
                .submit(new WriteOp.Append(
                        log.tail(),
                        log.generation(),
                        segment.file(),
                        position,
                        batches,
                        frame,
                        end));
        return new Appended(base, end, stampMs);
    }

    /// The active segment, or a new one when that is full or old.
    private Segment roomFor(ByteBuffer batches, long base, long last) {
        Segment active = log.segments().active();
        long now = log.loop().nowMs();
        long newest = RecordBatch.NO_TIMESTAMP;
        for (int at = 0; at < batches.limit(); at += RecordBatch.sizeInBytes(batches, at)) {
            newest = Math.max(newest, RecordBatch.maxTimestamp(batches, at));
        }
        boolean fits = active.growing().fits(batches.limit(), last, log.config());
        boolean old =
                active.size() > 0 && active.ageAt(now, newest) > log.upkeep().segmentMs();
        return fits && !old ? active : log.upkeep().roll(base, now);
    }
}
