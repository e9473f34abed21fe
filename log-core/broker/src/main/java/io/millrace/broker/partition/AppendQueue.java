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

/// Keeps the order of a partition's appends while one of them is looked at elsewhere: those behind
/// it wait, since a producer may have more than one on the way.
///
/// Owner thread: the loop of the partition.
final class AppendQueue {
    private final PartitionDriver partition;
    private final LargeBatches large;

    /// The first is being prepared.
    private final Deque<Waiting> waiting = new ArrayDeque<>(2);

    private record Waiting(
            Frame frame, ByteBuffer batch, boolean wantsAll, Consumer<AppendResult> then) {}

    AppendQueue(PartitionDriver partition, LargeBatches large) {
        this.partition = partition;
        this.large = large;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /// Appends the batch, which is too long for the loop or arrived behind one that is, later.
    void add(Frame frame, ByteBuffer batch, boolean wantsAll, Consumer<AppendResult> then) {
        if (!large.take(batch.remaining())) {
            then.accept(new AppendResult.Rejected(
                    ErrorCode.REQUEST_TIMED_OUT, "Too many batches wait to be decompressed"));
            return;
        }
        frame.retain();
        waiting.add(new Waiting(frame, batch, wantsAll, then));
        if (waiting.size() == 1) {
            prepareFirst();
        }
    }

    private void prepareFirst() {
        large.prepare(
                waiting.getFirst().batch(),
                partition.log().config(),
                partition.loop(),
                this::prepared);
    }

    private void prepared(ClientBatches.Prepared prepared) {
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
