package io.millrace.storage;

import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.Uuid;
import io.millrace.record.RecordBatch;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Moves a log to another directory while it is used: a copy, the future log, is filled there a
/// chunk at a time; when it is about to catch up, the log takes no appends for the moment that
/// [LogSwap] needs to put the copy in its place.
///
/// ```
/// idle --to--> copying --almost there--> held, copying --same end--> swapping --> idle
///    <--offline, deleted, another target--'     '--no room--> copying
/// ```
/// The future log is a log like any other (it rolls, seals and flushes), which only no partition
/// knows. Never more than one chunk is under way, so neither the loop nor the target's writer has
/// more of it to do than of a busy producer.
///
/// Owner thread: the log's loop.
public final class LogMove {
    private static final Logger LOG = LoggerFactory.getLogger(LogMove.class);
    private static final long RETRY_MS = 1000;
    /// More is not appended at once, so that segments are cut where a producer would have them cut.
    private static final int MOST_BYTES = 64 * 1024;

    private final PartitionLog log;
    private @Nullable PartitionLog future;
    private @Nullable LogSwap swap;
    private @Nullable LogDirectory next;
    private CompletableFuture<Void> settled = CompletableFuture.completedFuture(null);
    private long copiedTo;
    private boolean isReading;
    private boolean wasRefused;
    private boolean isWaiting;
    private boolean isHeld;

    LogMove(PartitionLog log) {
        this.log = log;
    }

    /// Whether the name of the copy's folder is one that file systems take.
    public static boolean isNameable(LogId id) {
        return FileNames.futureFolder(id, Uuid.ZERO).length() <= FileNames.MAX_FOLDER_NAME;
    }

    /// Which of two logs of one partition a start takes, when a move was cut off between two
    /// directories or one of them was away for a while: the one that knows more.
    public static boolean supersedes(PartitionLog one, PartitionLog other) {
        return Comparator.comparingInt(PartitionLog::lastEpoch)
                        .thenComparingLong(PartitionLog::endOffset)
                        .thenComparingLong(PartitionLog::startOffset)
                        .compare(one, other)
                > 0;
    }

    /// Begins to move the log to this directory, and gives up any other move; where it lies there
    /// already, that is all.
    public void to(LogDirectory target) {
        if (swap != null) {
            next = target; // too late to give up: it is moved again from there
            return;
        }
        PartitionLog pending = future;
        if (pending != null && pending.directory() == target) {
            return;
        }
        cancel();
        if (target != log.directory() && !log.isClosed()) {
            begin(target);
        }
    }

    /// The copy that is being filled.
    public Optional<PartitionLog> future() {
        return Optional.ofNullable(future);
    }

    /// No appends are taken for a moment. When it is over, the listener hears `resumed`.
    public boolean isHeld() {
        return isHeld;
    }

    boolean isUnderWay() {
        return future != null;
    }

    /// Completes when appends are taken again.
    CompletableFuture<Void> settled() {
        return settled;
    }

    private void begin(LogDirectory target) {
        LOG.atInfo()
                .addKeyValue("partition", log.id())
                .addKeyValue("from", log.directory().path())
                .addKeyValue("to", target.path())
                .log("Moving a log to another directory");
        PartitionLog copy = target.futures().create(log);
        future = copy;
        copiedTo = copy.endOffset();
        target.attach(copy, log.loop(), new Heard());
        copy();
    }

    /// Goes on with whatever is next; called whenever that may have changed.
    void copy() {
        PartitionLog to = future;
        if (to == null || isReading || isWaiting || swap != null) {
            return;
        }
        if (!to.isOnline()) {
            failed(to); // it may have gone before it could hear of it
        } else if (log.isChanging() || to.admission() != ErrorCode.NONE) {
            release();
            later(RETRY_MS);
        } else if (to.endOffset() > log.endOffset()) {
            again(to.directory()); // the log was truncated below what is copied
        } else if (to.writtenEnd() == to.endOffset()) {
            long from = Math.max(copiedTo, log.startOffset());
            if (from < log.safeEnd()) {
                copy(to, from);
            } else {
                caughtUp(to);
            }
        }
    }

    /// As soon as it may; what was written last is little, and is waited for.
    private void copy(PartitionLog to, long from) {
        MoveThrottle throttle = to.directory().futures().throttle();
        long pauseMs = isHeld ? 0 : throttle.pauseMs(log.loop().nanoTime());
        if (pauseMs > 0) {
            later(pauseMs);
        } else {
            chunk(to, from, log.safeEnd());
        }
    }

    private void caughtUp(PartitionLog to) {
        hold();
        if (log.safeEnd() < log.endOffset()) {
            return; // the rest is on its way to the disk
        }
        if (to.flushedEnd() < to.endOffset()) {
            to.directory()
                    .submit(new WriteOp.Task(to.tail(), to.generation(), to.tail()::syncThisRound));
            return;
        }
        swap = new LogSwap(log, to);
        swap.start();
    }

    private void chunk(PartitionLog to, long from, long limit) {
        isReading = true;
        wasRefused = false;
        new LogReplay(log, limit, bytes -> append(to, bytes))
                .startOne(from)
                .whenComplete((_, failure) -> {
                    isReading = false;
                    if (future == to) {
                        read(to, limit, failure);
                    }
                    copy();
                });
    }

    private void read(PartitionLog to, long limit, @Nullable Throwable failure) {
        if (failure != null) {
            LOG.atWarn()
                    .setCause(failure)
                    .addKeyValue("partition", log.id())
                    .log("Cannot copy a log now: trying again");
            release();
            later(RETRY_MS);
            return;
        }
        boolean isNew = to.endOffset() > copiedTo;
        // Else there is nothing up to the limit: compaction took it.
        copiedTo = isNew || wasRefused ? to.endOffset() : limit;
        if (copiedTo >= limit) {
            hold();
        }
    }

    /// What is not taken now is read again, even if the copy takes appends by the time that this is
    /// decided: its writer goes on meanwhile.
    private void append(PartitionLog to, ByteBuffer bytes) {
        if (future != to) {
            return;
        }
        to.directory().futures().throttle().count(bytes.limit(), log.loop().nanoTime());
        int most = Math.min(MOST_BYTES, log.config().segmentBytes());
        for (int at = 0; at < bytes.limit(); ) {
            int end = at + RecordBatch.sizeInBytes(bytes, at);
            while (end < bytes.limit() && end + RecordBatch.sizeInBytes(bytes, end) - at <= most) {
                end += RecordBatch.sizeInBytes(bytes, end);
            }
            AppendResult result = to.append(bytes.slice(at, end - at), new AppendOrigin.Leader());
            if (result instanceof AppendResult.Rejected(ErrorCode error, String reason, var _)) {
                if (error != ErrorCode.KAFKA_STORAGE_ERROR) {
                    throw new IllegalStateException(reason);
                }
                wasRefused = true;
                return;
            }
            at = end;
        }
    }

    private void hold() {
        if (!isHeld) {
            isHeld = true;
            settled = new CompletableFuture<>();
        }
    }

    private void release() {
        if (isHeld) {
            isHeld = false;
            settled.complete(null);
            log.listener().resumed(log);
        }
    }

    private void later(long delayMs) {
        isWaiting = true;
        log.loop().schedule(delayMs, () -> {
            isWaiting = false;
            copy();
        });
    }

    private void again(LogDirectory target) {
        cancel();
        begin(target);
    }

    private void cancel() {
        PartitionLog pending = future;
        if (pending != null) {
            forget();
            pending.directory().futures().remove(pending);
        }
        release();
    }

    private void forget() {
        future = null;
        swap = null;
        next = null;
    }

    /// The log lies where the copy was.
    void swapped() {
        LogDirectory wanted = next;
        forget();
        LOG.atInfo()
                .addKeyValue("partition", log.id())
                .addKeyValue("to", log.directory().path())
                .log("Moved a log to another directory");
        release();
        if (wanted != null) {
            to(wanted);
        }
    }

    /// It could not be put in place, but both directories work: it is tried from the beginning.
    void swapFailed(LogDirectory target, String reason) {
        LOG.atWarn()
                .addKeyValue("partition", log.id())
                .addKeyValue("reason", reason)
                .log("Cannot put a moved log in its place: trying again");
        LogDirectory wanted = next;
        cancel();
        log.loop().schedule(RETRY_MS, () -> {
            if (future == null) {
                to(wanted == null ? target : wanted);
            }
        });
    }

    /// There is something in its place that nobody knows of: trying again would not help.
    void swapRefused(String reason) {
        LOG.atError()
                .addKeyValue("partition", log.id())
                .addKeyValue("reason", reason)
                .log("Gave up moving a log");
        cancel();
    }

    /// Deletes the log and its copy; completes when the log's name is free.
    CompletableFuture<Void> delete() {
        CompletableFuture<Void> under = swap == null ? null : swap.removal();
        CompletableFuture<Void> removed = under == null ? new LogRemoval(log).start() : under;
        cancel();
        return removed;
    }

    void reconfigure(LogConfig config) {
        if (future != null) {
            future.reconfigure(config);
        }
    }

    /// The log's own directory failed. A copy that is in its place already is whole: it stays, and
    /// the next start takes it should it find no other.
    void wentOffline() {
        PartitionLog pending = future;
        if (pending != null && swap != null && swap.removal() != null) {
            forget();
            pending.directory().futures().strand(pending);
        }
        cancel();
    }

    private void failed(PartitionLog copy) {
        if (copy != future || swap != null && swap.removal() != null) {
            return; // in the latter case the log goes offline where it arrives
        }
        LOG.atWarn()
                .addKeyValue("partition", log.id())
                .addKeyValue("to", copy.directory().path())
                .log("Gave up moving a log: the directory went offline");
        forget();
        copy.directory().futures().release(copy);
        release();
    }

    /// Hears what becomes of the copy's appends.
    private final class Heard implements LogListener {
        @Override
        public void advanced(PartitionLog copy) {
            copy();
        }

        @Override
        public void dropped(PartitionLog copy, long fromOffset, ErrorCode error) {
            if (!copy.isOnline()) {
                failed(copy);
            } else if (copy == future) {
                copiedTo = Math.min(copiedTo, fromOffset);
                copy();
            }
        }
    }
}
