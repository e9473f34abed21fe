package io.millrace.broker.coordinator;

import io.millrace.host.Journal;
import io.millrace.host.JournalRecord;
import io.millrace.host.Loop;
import io.millrace.protocol.ErrorCode;
import io.millrace.sim.SimWorld;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// A log whose appends are committed some time later, in order. Its content outlives the node: a
/// crash keeps what is committed and, by chance, some of the rest.
final class SimJournal implements Journal {
    /// What lies on the disk of a node.
    static final class Content {
        final List<List<JournalRecord>> batches = new ArrayList<>();
        int committed;

        /// The node loses its power: of the batches that were not committed a prefix is left.
        void crash(SimWorld world) {
            int keep = committed + world.random().nextInt(batches.size() - committed + 1);
            while (batches.size() > keep) {
                batches.removeLast();
            }
            committed = batches.size();
        }

        long offset(int batch) {
            long offset = 0;
            for (int i = 0; i < batch; i++) {
                offset += batches.get(i).size();
            }
            return offset;
        }
    }

    private final SimWorld world;
    private final Loop loop;
    private final Content content;
    private @Nullable Listener listener;
    private long end;
    private long committedEnd;
    private long slowUntilMs;
    ErrorCode admission = ErrorCode.NONE;

    SimJournal(SimWorld world, Loop loop, Content content) {
        this.world = world;
        this.loop = loop;
        this.content = content;
        this.end = content.offset(content.batches.size());
        this.committedEnd = end;
    }

    @Override
    public ErrorCode admission() {
        return admission;
    }

    @Override
    public long append(List<JournalRecord> records) {
        content.batches.add(List.copyOf(records));
        end += records.size();
        int batch = content.batches.size();
        long newEnd = end;
        // A disk that stalls now and then; what is committed covers all that was appended before.
        slowUntilMs = world.chance(0.05)
                ? Math.max(slowUntilMs, loop.nowMs() + world.random().nextInt(800))
                : slowUntilMs;
        long delayMs = Math.max(world.random().nextInt(8), slowUntilMs - loop.nowMs());
        loop.schedule(delayMs, () -> committed(batch, newEnd));
        return end - 1;
    }

    private void committed(int batch, long newEnd) {
        if (newEnd > committedEnd) {
            content.committed = Math.max(content.committed, batch);
            committedEnd = newEnd;
            if (listener != null) {
                listener.committed(newEnd);
            }
        }
    }

    @Override
    public long committed() {
        return committedEnd;
    }

    @Override
    public CompletionStage<Void> replay(Replay replay) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.schedule(5, () -> {
            long offset = 0;
            for (List<JournalRecord> batch : content.batches) {
                for (JournalRecord record : batch) {
                    replay.record(offset++, record);
                }
            }
            done.complete(null);
        });
        return done;
    }

    @Override
    public void listen(Listener told) {
        listener = told;
    }
}
