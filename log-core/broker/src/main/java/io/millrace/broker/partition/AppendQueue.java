package io.millrace.broker.partition;

import io.millrace.protocol.ErrorCode;
import io.millrace.storage.AppendOrigin;
import io.millrace.storage.AppendResult;
import io.millrace.storage.ClientBatches;
import io.millrace.transport.Frame;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Keeps the order of a partition's appends while one of them is looked at elsewhere, or while the
/// log is held to be moved: those behind it wait, since a producer may have more than one on the
/// way.
///
/// Owner thread: the loop of the partition.
final class AppendQueue {
    private final PartitionDriver partition;
    private final LargeBatches large;

    /// The first is being prepared, or waits for the log.
    private final Deque<Waiting> waiting = new ArrayDeque<>(2);

    private boolean isPreparing;
    private ClientBatches.@Nullable Prepared ready;

    private record Waiting(
            Frame frame, ByteBuffer batch, boolean wantsAll, Consumer<AppendResult> then) {}

    AppendQueue(PartitionDriver partition, LargeBatches large) {
        this.partition = partition;
        this.large = large;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /// Appends the batch later: it is too long for the loop, arrived behind one that is, or while
    /// the log is held.
    void add(Frame frame, ByteBuffer batch, boolean wantsAll, Consumer<AppendResult> then) {
        if (!large.take(batch.remaining())) {
            then.accept(new AppendResult.Rejected(
                    ErrorCode.REQUEST_TIMED_OUT, "Too many batches wait to be decompressed"));
            return;
        }
        frame.retain();
        waiting.add(new Waiting(frame, batch, wantsAll, then));
        if (waiting.size() == 1 && !partition.isHeld()) {
            prepareFirst();
        }
    }

    /// The log is not held any more.
    void resume() {
        ClientBatches.Prepared prepared = ready;
        ready = null;
        if (prepared != null) {
            prepared(prepared);
        } else if (!isPreparing) {
            appendWaiting();
        }
    }

    private void prepareFirst() {
        isPreparing = true;
        large.prepare(
                waiting.getFirst().batch(),
                partition.log().config(),
                partition.loop(),
                this::prepared);
    }

    private void prepared(ClientBatches.Prepared prepared) {
        isPreparing = false;
        if (partition.isHeld()) {
            ready = prepared;
            return;
        }
        Waiting first = waiting.getFirst();
        finish(
                switch (prepared) {
                    case ClientBatches.Fitting(ByteBuffer fitting) ->
                        partition.tryAppend(
                                first.frame(),
                                fitting,
                                first.wantsAll(),
                                new AppendOrigin.Prepared(partition.leaderEpoch()));
                    case ClientBatches.Bad(AppendResult.Rejected rejected) -> rejected;
                    case ClientBatches.TooLong() ->
                        new AppendResult.Rejected(
                                ErrorCode.MESSAGE_TOO_LARGE, "The batch decompresses to too much");
                });
        appendWaiting();
    }

    private void appendWaiting() {
        while (!waiting.isEmpty()) {
            Waiting next = waiting.getFirst();
            AppendResult result = partition.tryAppend(next.frame(), next.batch(), next.wantsAll());
            if (result instanceof AppendResult.TooLong) {
                prepareFirst();
                return;
            }
            finish(result);
        }
    }

    private void finish(AppendResult result) {
        Waiting first = waiting.removeFirst();
        large.give(first.batch().remaining());
        first.then().accept(result);
        first.frame().release();
    }
}
