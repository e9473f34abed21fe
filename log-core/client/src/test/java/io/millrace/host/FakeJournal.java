package io.millrace.host;

import io.millrace.protocol.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// A log in memory; the test says what is committed and when it is lost.
final class FakeJournal implements Journal {
    final List<JournalRecord> records = new ArrayList<>();
    final List<Integer> batches = new ArrayList<>();
    ErrorCode admission = ErrorCode.NONE;
    int maxBatchBytes = Integer.MAX_VALUE;

    @Nullable
    CompletableFuture<Void> heldReplay;

    private long committed;
    private @Nullable Listener listener;

    void commit(long endOffset) {
        committed = endOffset;
        if (listener != null) {
            listener.committed(endOffset);
        }
    }

    void commitAll() {
        commit(records.size());
    }

    void lose(ErrorCode reason) {
        if (listener != null) {
            listener.lost(reason);
        }
    }

    @Override
    public ErrorCode admission() {
        return admission;
    }

    @Override
    public int maxBatchBytes() {
        return maxBatchBytes;
    }

    @Override
    public long append(List<JournalRecord> batch) {
        batches.add(batch.size());
        records.addAll(batch);
        return records.size() - 1;
    }

    @Override
    public long committed() {
        return committed;
    }

    @Override
    public CompletionStage<Void> replay(Replay replay) {
        for (int i = 0; i < records.size(); i++) {
            replay.record(i, records.get(i));
        }
        return heldReplay != null ? heldReplay : CompletableFuture.completedFuture(null);
    }

    @Override
    public void listen(Listener listener) {
        this.listener = listener;
    }
}
