package io.millrace.storage;

import io.millrace.host.Disk;
import io.millrace.host.DiskFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Cuts a log, and reads what is left anew: too much hangs on the end of a log (indexes, epochs,
/// producers) to undo it in memory. Appends are refused meanwhile; the files are cut on the writer,
/// behind everything that was appended before.
///
/// Owner thread: the log's loop, except where a method says otherwise.
final class LogTruncation {
    private static final long RETRY_MS = 1000;

    private record Change(long end, long start, boolean keeps, CompletableFuture<Void> done) {}

    private final PartitionLog log;
    private @Nullable Change pending;

    LogTruncation(PartitionLog log) {
        this.log = log;
    }

    CompletableFuture<Void> truncateTo(long offset) {
        if (offset >= log.endOffset()) {
            return CompletableFuture.completedFuture(null);
        }
        return begin(new Change(
                offset, Math.min(log.startOffset(), offset), true, new CompletableFuture<>()));
    }

    CompletableFuture<Void> restartAt(long offset) {
        return begin(new Change(offset, offset, false, new CompletableFuture<>()));
    }

    /// There was no room on the disk: what was appended from this offset on is forgotten. When it
    /// was a change that failed so, it is tried again until there is room.
    void writerFailed(long from) {
        Change failed = pending;
        if (failed == null) {
            begin(new Change(from, log.startOffset(), true, new CompletableFuture<>()));
        } else {
            log.loop().schedule(RETRY_MS, () -> {
                if (!log.isClosed()) {
                    begin(failed);
                }
            });
        }
    }

    void wentOffline() {
        if (pending != null) {
            pending.done.completeExceptionally(new IOException("The log directory is offline"));
            pending = null;
        }
    }

    private CompletableFuture<Void> begin(Change change) {
        pending = change;
        boolean wasDurable = change.end < log.recoveryPoint();
        log.beginChange(change.end);
        if (wasDurable) {
            // Or recovery would miss what is cut now, and take the disk for damaged.
            log.directory().recoveryPointsChanged(log).whenComplete((_, failure) -> {
                if (failure == null) {
                    submit(change);
                } else {
                    writerFailed(change.end);
                }
            });
        } else {
            submit(change);
        }
        return change.done;
    }

    private void submit(Change change) {
        List<Segment> old = log.segments().all();
        LogConfig config = log.config();
        LogLoader.Plan plan = new LogLoader.Plan(
                change.start, Math.min(log.recoveryPoint(), change.end), change.end, false);
        log.directory().submit(new WriteOp.Task(log.tail(), log.generation(), () -> {
            LoadedLog loaded;
            synchronized (log.tail().files()) {
                loaded = cut(old, change, config, plan);
            }
            log.tail().startAt(loaded.endOffset());
            log.loop().execute(() -> {
                pending = null;
                log.changed(loaded);
                old.forEach(segment -> segment.file().release());
                change.done.complete(null);
            });
        }));
    }

    /// On the writer. May be done again when there was no room for all of it.
    private LoadedLog cut(List<Segment> old, Change change, LogConfig config, LogLoader.Plan plan)
            throws IOException {
        Disk disk = log.directory().disk();
        Path folder = log.tail().folder();
        log.tail().makeFolder();
        for (Segment segment : old) {
            if (!change.keeps || segment.baseOffset() >= change.end) {
                SegmentFiles.delete(disk, folder, segment.baseOffset());
            } else if (disk.exists(segment.file().path())) {
                cutFile(disk, segment, change.end);
            }
        }
        Set<DiskFile> files = new LinkedHashSet<>();
        Set<Path> directories = new LinkedHashSet<>(List.of(folder));
        log.tail().collectUnsynced(files, directories);
        disk.syncAll(List.copyOf(files), List.copyOf(directories));
        log.tail().synced();
        return log.directory().loader().load(folder, config, plan).endingAt(change.end);
    }

    private static void cutFile(Disk disk, Segment segment, long end) throws IOException {
        DiskFile file = segment.file().open();
        StoredIndex stored = new StoredIndex(disk, segment.file().path(), segment.baseOffset());
        SegmentContent content = segment.content();
        int hint = 0;
        if (content != null) {
            hint = content.index().positionBefore(end);
        } else if (stored.exists()) {
            hint = stored.positionBefore(end);
        }
        HeaderWalk walk = new HeaderWalk(file, hint, file.size());
        if (walk.seek(end)) {
            stored.delete();
            file.truncate(walk.position());
            file.force();
        }
    }
}
