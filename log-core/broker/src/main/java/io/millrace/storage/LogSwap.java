package io.millrace.storage;

import io.millrace.host.Disk;
import io.millrace.host.DiskFull;
import io.millrace.protocol.Check;
import io.millrace.record.ProducerStates;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The last step of a move. Log and copy end at the same offset, all of both is flushed, and no
/// append comes meanwhile:
///
/// 1. the copy gets epochs and producers of the log, and the target's checkpoints speak of it;
/// 2. the copy's folder gets the log's name, durably;
/// 3. the log's folder is marked as deleted, durably;
/// 4. the log goes on in the copy's files.
///
/// Whenever the power goes, the log lies complete under its name in one directory, or equal in
/// both; then the next start takes any and deletes the other (`LogMove.supersedes`). So
/// nothing may be acknowledged between 2 and 3 that only one of them has.
///
/// Owner thread: the log's loop, except where a method says otherwise.
final class LogSwap {
    private final PartitionLog log;
    private final PartitionLog copy;
    private final LogDirectory source;
    private final LogDirectory target;
    private final LogTail tail;
    private final List<Segment> segments;
    private @Nullable LoadedLog carried;
    private long logEnd;
    private @Nullable CompletableFuture<Void> removal;

    LogSwap(PartitionLog log, PartitionLog copy) {
        this.log = log;
        this.copy = copy;
        this.source = log.directory();
        this.target = copy.directory();
        this.tail = copy.tail();
        this.segments = copy.segments().all();
    }

    /// Behind what the writer has to do for the copy, which may never have been appended to, and
    /// what the background has to seal or to delete for either of them.
    void start() {
        target.submit(new WriteOp.Task(tail, tail.generation(), new WriteOp.Step() {
            @Override
            public void run() throws IOException {
                tail.makeFolder();
                source.background()
                        .execute(() -> target.background()
                                .execute(() -> log.loop().execute(LogSwap.this::carry)));
            }

            @Override
            public void dropped(String reason) {
                fail(reason);
            }
        }));
    }

    /// Of the log under its name, once that has begun.
    @Nullable
    CompletableFuture<Void> removal() {
        return removal;
    }

    private boolean isOver() {
        return log.move().future().filter(it -> it == copy).isEmpty();
    }

    private void carry() {
        if (isOver()) {
            return;
        }
        copy.upkeep().advanceRecoveryPoint();
        long end = copy.endOffset();
        LeaderEpochs epochs = log.epochs().copy();
        ProducerStates producers = log.producers();
        LoadedLog now = new LoadedLog(
                copy.segments().all(),
                log.startOffset(),
                log.endOffset(),
                copy.recoveryPoint(),
                epochs,
                producers,
                false);
        carried = now;
        logEnd = log.endOffset();
        copy.changed(now);
        copy.highWatermark(log.committedEnd());
        ByteBuffer snapshot = producers.snapshot();
        String text = CheckpointFile.epochs(epochs);
        target.background().execute(() -> write(end, text, snapshot));
    }

    /// In the background.
    private void write(long end, String epochs, ByteBuffer snapshot) {
        try {
            synchronized (tail.files()) {
                if (copy.isClosed() || target.isClosed() || !target.isOnline()) {
                    return;
                }
                AtomicWrites writes = new AtomicWrites(target.disk());
                writes.add(tail.folder().resolve(FileNames.LEADER_EPOCHS), epochs);
                writes.add(tail.folder().resolve(FileNames.of(end, FileNames.SNAPSHOT)), snapshot);
                writes.commit();
            }
            target.futures().arrives(copy);
            target.writeCheckpoints();
            target.submit(new WriteOp.Task(tail, tail.generation(), new Placing()));
        } catch (DiskFull e) {
            fail(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            target.failed("Cannot complete a moved log: " + e.getMessage(), e);
        }
    }

    private void fail(String reason) {
        log.loop().execute(() -> {
            if (!isOver()) {
                log.move().swapFailed(target, reason);
            }
        });
    }

    private void refuse(String reason) {
        log.loop().execute(() -> {
            if (!isOver()) {
                log.move().swapRefused(reason);
            }
        });
    }

    /// On the target's writer, so that whatever else wants the name comes before or after.
    private final class Placing implements WriteOp.Step {
        @Override
        public void run() throws IOException {
            Disk disk = target.disk();
            Path home = target.path().resolve(log.id().toString());
            synchronized (tail.files()) {
                if (copy.isClosed() || target.isClosed()) {
                    return;
                }
                if (disk.exists(home)) {
                    refuse(home + " exists");
                    return;
                }
                disk.move(tail.folder(), home);
                // It has the name from here on, also for who deletes it when it is not durable.
                tail.folder(home);
                for (Segment segment : segments) {
                    segment.file()
                            .moved(home.resolve(FileNames.of(segment.baseOffset(), FileNames.LOG)));
                }
                disk.syncDirectory(target.path());
            }
            tail.startAt(logEnd);
            log.loop().execute(LogSwap.this::leave);
        }

        @Override
        public void dropped(String reason) {
            fail(reason);
        }
    }

    private void leave() {
        if (isOver()) {
            return;
        }
        CompletableFuture<Void> leaving = new LogRemoval(log).start();
        removal = leaving;
        leaving.whenComplete((_, failure) -> {
            if (isOver()) {
                return;
            }
            if (failure == null) {
                arrive();
            } else if (source.isOnline()) {
                removal = null;
                log.move().swapFailed(target, String.valueOf(failure.getMessage()));
            }
        });
    }

    private void arrive() {
        LoadedLog now = carried;
        if (now == null) {
            throw Check.failed("a log arrives with nothing");
        }
        source.left(log);
        source.compactor().handOver(log.id(), target.compactor());
        log.becomes(copy, now);
        target.futures().arrived(copy);
        target.arrived(log);
        log.upkeep().deleteSegmentsBefore(log.startOffset());
        log.move().swapped();
    }
}
