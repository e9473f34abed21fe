package io.millrace.broker.coordinator;

import io.millrace.broker.partition.PartitionDriver;
import io.millrace.host.Journal;
import io.millrace.host.JournalRecord;
import io.millrace.protocol.Check;
import io.millrace.protocol.ErrorCode;
import io.millrace.record.BatchBuilder;
import io.millrace.record.LogRecord;
import io.millrace.record.RecordHeader;
import io.millrace.storage.AppendResult;
import io.millrace.storage.LogListener;
import io.millrace.storage.PartitionLog;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// A machine's log that is a partition which this node leads.
///
/// Owner thread: the partition's loop.
///
/// Invariant: once an append was dropped, this journal is lost, also when the disk only was full:
/// the machine has applied what the log does not hold.
public final class LocalJournal implements Journal, LogListener {
    private final PartitionDriver partition;
    private final BatchBuilder builder = new BatchBuilder();
    private @Nullable Listener listener;
    private ErrorCode lostBecause = ErrorCode.NONE;

    public LocalJournal(PartitionDriver partition) {
        this.partition = partition;
        partition.follow(this);
    }

    @Override
    public ErrorCode admission() {
        return lostBecause == ErrorCode.NONE ? partition.admission() : lostBecause;
    }

    @Override
    public int maxBatchBytes() {
        return partition.log().config().maxMessageBytes();
    }

    @Override
    public long append(List<JournalRecord> records) {
        builder.begin(0);
        for (JournalRecord record : records) {
            builder.append(
                    builder.nextOffset(),
                    record.timestampMs(),
                    record.key(),
                    record.value(),
                    headers(record));
        }
        // The builder's buffer is its own; the log keeps this one until it is written.
        ByteBuffer built = builder.finish();
        ByteBuffer batch = ByteBuffer.allocate(built.remaining()).put(built).flip();
        return switch (partition.appendOwn(batch)) {
            case AppendResult.Appended appended -> appended.endOffset() - 1;
            case AppendResult.Duplicate _ ->
                throw Check.failed("a batch without a producer is nobody's repetition");
            case AppendResult.TooLong _ ->
                throw Check.failed("a batch of this node is not decompressed");
            case AppendResult.Rejected rejected ->
                throw Check.failed("an append was admitted, then refused: " + rejected);
        };
    }

    private static List<RecordHeader> headers(JournalRecord record) {
        List<RecordHeader> headers = new ArrayList<>(record.headers().size());
        for (JournalRecord.Header header : record.headers()) {
            ByteBuffer value = header.value();
            headers.add(new LogRecord.Header(header.key(), value == null ? null : bytes(value)));
        }
        return headers;
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    @Override
    public long committed() {
        return partition.highWatermark();
    }

    @Override
    public CompletionStage<Void> replay(Replay replay) {
        PartitionLog log = partition.log();
        JournalReplay reading = new JournalReplay(replay);
        CompletableFuture<Void> done =
                log.replay(log.startOffset(), log.endOffset(), reading::read);
        return done.whenComplete((_, _) -> reading.close());
    }

    @Override
    public void listen(Listener told) {
        listener = told;
    }

    @Override
    public void advanced(PartitionLog log) {
        if (listener != null && lostBecause == ErrorCode.NONE) {
            listener.committed(partition.highWatermark());
        }
    }

    @Override
    public void dropped(PartitionLog log, long fromOffset, ErrorCode error) {
        lose(error);
    }

    /// The partition is led elsewhere, or gone.
    void resign() {
        lose(ErrorCode.NOT_COORDINATOR);
    }

    private void lose(ErrorCode reason) {
        if (lostBecause == ErrorCode.NONE) {
            lostBecause = reason;
            if (listener != null) {
                listener.lost(reason);
            }
        }
    }
}
