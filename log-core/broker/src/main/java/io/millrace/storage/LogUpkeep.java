package io.millrace.storage;

import io.millrace.host.Disk;
import io.millrace.host.DiskFull;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What changes the segments of a log other than an append: sealing, deleting, truncating.
///
/// Owner thread: the log's loop, except where a method says otherwise.
final class LogUpkeep {
    private static final Logger LOG = LoggerFactory.getLogger(LogUpkeep.class);
    /// No timer runs longer.
    private static final long MOST_MS = Integer.MAX_VALUE;

    private final PartitionLog log;
    private final Retention retention;
    private final OldestTimes times;
    private long jitterMs;
    private boolean willFlush;

    LogUpkeep(PartitionLog log) {
        this.log = log;
        this.retention = new Retention(log);
        this.times = new OldestTimes(log);
    }

    OldestTimes times() {
        return times;
    }

    private Disk disk() {
        return log.directory().disk();
    }

    /// How old the active segment may get: less than `segment.ms` by a random time, drawn anew for
    /// each.
    long segmentMs() {
        LogConfig config = log.config();
        return config.segmentMs()
                - Math.min(jitterMs, Math.min(config.segmentJitterMs(), config.segmentMs()));
    }

    /// Sees to it that what was written is synced within `flush.ms`, where nothing else does.
    void flushLater() {
        LogConfig config = log.config();
        boolean isDue = config.flushMs() != Long.MAX_VALUE
                && config.flush() == FlushMode.OS
                && log.flushedEnd() < log.writtenEnd();
        if (isDue && !willFlush) {
            willFlush = true;
            log.loop().schedule(Math.min(config.flushMs(), MOST_MS), this::flush);
        }
    }

    /// What the old settings left unsynced does not wait for the next append.
    void reconfigured() {
        if (log.config().flush() == FlushMode.GROUP) {
            flush();
        } else {
            flushLater();
        }
    }

    private void flush() {
        willFlush = false;
        if (!log.isClosed() && log.flushedEnd() < log.writtenEnd()) {
            log.directory()
                    .submit(new WriteOp.Task(
                            log.tail(), log.generation(), log.tail()::syncThisRound));
        }
    }

    /// To what was synced. Not past a segment whose index and epochs are not stored yet.
    void advanceRecoveryPoint() {
        if (!log.isClosed() && !log.isChanging()) {
            long stored = log.segments().storedEnd(log.recoveryPoint());
            log.recoveryPoint(Math.min(log.flushedEnd(), stored));
        }
    }

    /// The active segment is finished; a new one begins at this offset. Once the writer has written
    /// the last of the old one, its indexes are written and all of it is synced in the background.
    Segment roll(long baseOffset, long nowMs) {
        Segment old = log.segments().active();
        old.growing().seal();
        Path path = log.tail().folder().resolve(FileNames.of(baseOffset, FileNames.LOG));
        Segment fresh = Segment.empty(
                baseOffset, new SegmentFile(disk(), path, log.directory().background()), nowMs);
        log.segments().add(fresh);
        log.recent().clear();
        long most = log.config().segmentJitterMs();
        jitterMs = most == 0 ? 0 : Math.floorMod(log.loop().random(), most);
        LeaderEpochs epochs = log.epochs().copy();
        ByteBuffer producers = log.producers().snapshot();
        int generation = log.generation();
        log.directory()
                .submit(new WriteOp.Task(
                        log.tail(),
                        log.generation(),
                        () -> log.directory()
                                .background()
                                .execute(() -> seal(
                                        old,
                                        new Sealing(generation, baseOffset, epochs, producers)))));
        return fresh;
    }

    /// What belongs to the end of a segment.
    private record Sealing(int generation, long end, LeaderEpochs epochs, ByteBuffer producers) {}

    /// In the background. Only when all of it is durable may the recovery point pass it.
    private void seal(Segment old, Sealing sealing) {
        try {
            synchronized (log.tail().files()) {
                boolean isWanted = log.tail().generation() == sealing.generation && !log.isClosed();
                if (!isWanted || !writeSealed(old, sealing)) {
                    return;
                }
            }
            log.loop().execute(() -> {
                if (log.generation() == sealing.generation) {
                    log.segments().replaceOne(old, old.stored());
                    log.recoveryPoint(sealing.end);
                }
            });
        } catch (DiskFull e) {
            LOG.atWarn()
                    .setCause(e)
                    .addKeyValue("partition", log.id())
                    .log("No room to seal a segment: its index stays in memory");
        } catch (IOException e) {
            log.directory().failed("Cannot seal a segment: " + e.getMessage(), e);
        }
    }

    private boolean writeSealed(Segment old, Sealing sealing) throws IOException {
        if (!old.file().retain()) {
            return false;
        }
        try {
            StoredIndex stored = new StoredIndex(disk(), old.file().path(), old.baseOffset());
            if (!stored.write(old.growing().index())) {
                return false;
            }
            old.file().open().force();
            AtomicWrites writes = new AtomicWrites(disk());
            Path folder = log.tail().folder();
            writes.add(
                    folder.resolve(FileNames.LEADER_EPOCHS), CheckpointFile.epochs(sealing.epochs));
            writes.add(
                    folder.resolve(FileNames.of(sealing.end, FileNames.SNAPSHOT)),
                    sealing.producers);
            writes.commit();
            return true;
        } finally {
            old.file().release();
        }
    }

    void retain() {
        if (!log.isClosed() && !log.isChanging()) {
            retention.apply(log.loop().nowMs());
        }
    }

    void expireProducers() {
        if (!log.isClosed() && !log.isChanging()) {
            long afterMs = log.directory().settings().producerExpirationMs();
            log.producers().expireAfter(afterMs);
            log.producers().expire(log.loop().nowMs());
        }
    }

    CompletableFuture<Void> deleteBefore(long offset) {
        if (log.move().isHeld()) {
            return log.move().settled().thenCompose(_ -> deleteBefore(offset));
        }
        if (log.startAt(Math.min(offset, log.endOffset()))) {
            deleteSegmentsBefore(log.startOffset());
        }
        // Also when it had moved already: the checkpoint of that may still be on its way.
        return log.directory().startOffsetsChanged(log);
    }

    /// Deletes segments that hold nothing from the offset on.
    void deleteSegmentsBefore(long offset) {
        LogSegments segments = log.segments();
        int drop = superfluous(offset);
        if (drop > 0 && drop + 1 == segments.count() && segments.active().size() == 0) {
            // The active segment has no file yet, so only the start would tell where the log ends.
            int generation = log.generation();
            log.directory().startOffsetsChanged(log).thenRun(() -> {
                boolean isSame = log.generation() == generation && !log.isClosed();
                if (isSame && !log.move().isHeld()) {
                    delete(superfluous(offset));
                }
            });
            drop--;
        }
        delete(drop);
    }

    private int superfluous(long offset) {
        LogSegments segments = log.segments();
        int count = 0;
        while (count + 1 < segments.count() && segments.get(count + 1).baseOffset() <= offset) {
            count++;
        }
        return count;
    }

    private void delete(int count) {
        if (count > 0) {
            List<Segment> removed = log.segments().removeFirst(count);
            LogTail tail = log.tail();
            log.directory().background().execute(() -> removeFiles(removed, tail));
        }
    }

    /// In the background. The files get another name now and go after a while, so that who lists or
    /// copies the folder is not surprised.
    private void removeFiles(List<Segment> removed, LogTail tail) {
        try {
            synchronized (tail.files()) {
                for (Segment segment : removed) {
                    removeFiles(segment, tail, true);
                }
            }
        } catch (IOException e) {
            log.directory().failed("Cannot delete a segment: " + e.getMessage(), e);
        }
    }

    /// Whoever calls it holds the tail's `files`.
    void removeFiles(Segment segment, LogTail tail, boolean withSnapshot) throws IOException {
        Path folder = tail.folder();
        List<Path> marked =
                SegmentFiles.markDeleted(disk(), folder, segment.baseOffset(), withSnapshot);
        Path target = folder.resolve(
                FileNames.of(segment.baseOffset(), FileNames.LOG + FileNames.DELETED));
        segment.file().move(target);
        segment.file().release();
        log.directory().later(log.config().fileDeleteDelayMs(), () -> {
            for (Path path : marked) {
                disk().delete(path);
            }
            disk().delete(target);
        });
    }
}
