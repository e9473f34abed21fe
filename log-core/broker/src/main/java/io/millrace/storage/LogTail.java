package io.millrace.storage;

import io.millrace.host.Disk;
import io.millrace.host.DiskFile;
import io.millrace.host.DiskFull;
import io.millrace.protocol.Check;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The writer's side of one log: what waits to be written to it in this round, and what was written
/// but not synced.
///
/// Owner thread: the directory's writer, except where a method says otherwise. Before the log is
/// handed to the writer, whoever loads it.
final class LogTail {
    private static final int NO_GENERATION = -1;

    private volatile PartitionLog log;
    private final Disk disk;
    private final List<WriteOp> pending = new ArrayList<>(2);
    private final List<WriteOp.Append> run = new ArrayList<>(2);
    private final List<SegmentFile> unsynced = new ArrayList<>(1);
    private final Object files = new Object();
    private volatile int generation;
    private volatile Path folder;
    private volatile FlushMode flush;
    private volatile long flushMessages;
    private FlushMode roundFlush;
    private boolean folderMade;
    private boolean folderUnsynced;
    private boolean rootUnsynced;
    private final List<DiskFile> unsyncedMetadata = new ArrayList<>(1);
    private int failedGeneration = NO_GENERATION;
    private long runEnd;
    private long writtenEnd;
    private long flushedEnd;

    LogTail(PartitionLog log, Disk disk, LogFolder folder, LogConfig config) {
        this.log = log;
        this.disk = disk;
        this.folder = folder.path();
        this.folderMade = folder.exists();
        this.flush = config.flush();
        this.flushMessages = config.flushMessages();
        this.roundFlush = flush;
    }

    PartitionLog log() {
        return log;
    }

    /// Held while sealed segments' files are written, removed or moved: the writer cuts or renames
    /// them, rarely, while the background seals or deletes. Appends never take it.
    Object files() {
        return files;
    }

    /// The log's, for whoever holds `files`. On any thread.
    int generation() {
        return generation;
    }

    /// On the log's loop.
    void generation(int next) {
        generation = next;
    }

    /// On the log's loop, while nothing waits for the writer.
    void belongsTo(PartitionLog owner, int next) {
        log = owner;
        generation = next;
    }

    /// On any thread.
    Path folder() {
        return folder;
    }

    void folder(Path renamed) {
        folder = renamed;
    }

    /// On the log's loop.
    void reconfigure(LogConfig config) {
        flush = config.flush();
        flushMessages = config.flushMessages();
    }

    /// Within a task: what was written in this round and before is synced at its end, in `os` too.
    void syncThisRound() {
        roundFlush = FlushMode.GROUP;
    }

    long writtenEnd() {
        return writtenEnd;
    }

    long flushedEnd() {
        return flushedEnd;
    }

    /// After loading and after a truncation: everything that is there is known to be written and
    /// synced.
    void startAt(long offset) {
        writtenEnd = offset;
        flushedEnd = offset;
    }

    /// After a crash that only the process did not survive, in `os`: what lies behind `durable` may
    /// be in the page cache only.
    void startUnsynced(long durable, List<SegmentFile> files) {
        flushedEnd = durable;
        unsynced.addAll(files);
        folderUnsynced = true;
        rootUnsynced = true;
    }

    /// True when this is the round's first. The mode stays what it is now until the round is over.
    boolean add(WriteOp op) {
        pending.add(op);
        if (pending.size() == 1) {
            roundFlush = flush;
            return true;
        }
        return false;
    }

    /// Whether nobody waits for a sync of what is appended now. On any thread.
    boolean isQuick() {
        return flush == FlushMode.OS && flushMessages == Long.MAX_VALUE;
    }

    FlushMode roundFlush() {
        return roundFlush;
    }

    /// Does all that is pending, in order.
    ///
    /// @throws DiskFull when there is no room: the file was cut back to what was written before,
    ///     and the rest of this generation is dropped, now and when it comes
    void write() throws IOException {
        int next = 0;
        try {
            for (; next < pending.size(); next++) {
                WriteOp op = pending.get(next);
                if (op.generation() == failedGeneration) {
                    drop(op, "an append before it failed");
                } else {
                    perform(op);
                }
            }
            writeRun();
            if (writtenEnd - flushedEnd >= flushMessages) {
                syncThisRound();
            }
        } catch (IOException e) {
            failedGeneration = pending.get(Math.min(next, pending.size() - 1)).generation();
            dropFrom(next + 1, e);
            if (e instanceof DiskFull) {
                cutTornTail();
            }
            throw e;
        } finally {
            run.clear();
            pending.clear();
        }
    }

    private void perform(WriteOp op) throws IOException {
        switch (op) {
            case WriteOp.Append append -> {
                if (!run.isEmpty() && !continuesRun(append)) {
                    writeRunBefore(append);
                }
                run.add(append);
                runEnd = append.position() + append.bytes().remaining();
            }
            case WriteOp.Task task -> {
                writeRunBefore(task);
                try {
                    task.step().run();
                } catch (IOException e) {
                    task.step().dropped(String.valueOf(e.getMessage()));
                    throw e;
                }
            }
        }
    }

    private boolean continuesRun(WriteOp.Append append) {
        return run.getLast().file() == append.file() && append.position() == runEnd;
    }

    /// `next` is dropped too when what comes before it cannot be written.
    private void writeRunBefore(WriteOp next) throws IOException {
        try {
            writeRun();
        } catch (IOException e) {
            drop(next, String.valueOf(e.getMessage()));
            throw e;
        }
    }

    /// Writes consecutive appends with one call.
    private void writeRun() throws IOException {
        if (run.isEmpty()) {
            return;
        }
        WriteOp.Append first = run.getFirst();
        WriteOp.Append last = run.getLast();
        try {
            makeFolder();
            DiskFile file = openForAppend(first.file());
            ByteBuffer[] buffers = new ByteBuffer[run.size()];
            for (int i = 0; i < buffers.length; i++) {
                buffers[i] = run.get(i).bytes();
            }
            file.write(buffers, first.position());
        } finally {
            for (WriteOp.Append append : run) {
                append.frame().release();
            }
        }
        Check.that(last.endOffset() >= writtenEnd, "appends reached the writer out of order");
        writtenEnd = last.endOffset();
        run.clear();
    }

    private DiskFile openForAppend(SegmentFile file) throws IOException {
        DiskFile open = file.ifOpen();
        if (open == null) {
            finishEarlierSegments();
            open = file.open(Disk.Mode.CREATE);
            folderUnsynced = true;
        }
        if (unsynced.isEmpty() || unsynced.getLast() != file) {
            unsynced.add(file);
        }
        return open;
    }

    /// A segment begins only when all before it is safe. Else a loss of power could leave its begin
    /// and take the end of the one before, and recovery could not tell this from a gap that
    /// compaction or a deletion has made.
    private void finishEarlierSegments() throws IOException {
        boolean isSynced = roundFlush == FlushMode.GROUP || flushMessages != Long.MAX_VALUE;
        if (isSynced && !unsynced.isEmpty()) {
            Set<DiskFile> earlier = new LinkedHashSet<>();
            Set<Path> directories = new LinkedHashSet<>();
            collectUnsynced(earlier, directories);
            disk.syncAll(List.copyOf(earlier), List.copyOf(directories));
            nothingIsUnsynced();
        }
    }

    /// Creates the folder and `partition.metadata`, once.
    void makeFolder() throws IOException {
        if (folderMade) {
            return;
        }
        log.directory().forgetEarlier(log.id());
        disk.createDirectories(folder);
        rootUnsynced = true;
        List<DiskFile> metadata = PartitionMetadata.write(disk, folder, log.topicId());
        if (flush == FlushMode.GROUP) {
            unsyncedMetadata.addAll(metadata);
        } else {
            metadata.forEach(Closing::quietly);
        }
        folderUnsynced = true;
        folderMade = true;
    }

    /// A failed write may have left part of a batch. What was forced stays.
    private void cutTornTail() throws IOException {
        if (!run.isEmpty()) {
            WriteOp.Append first = run.getFirst();
            DiskFile open = first.file().ifOpen();
            if (open != null) {
                open.truncate(first.position());
            }
        }
    }

    private void dropFrom(int index, IOException cause) {
        for (int i = index; i < pending.size(); i++) {
            drop(pending.get(i), String.valueOf(cause.getMessage()));
        }
    }

    private static void drop(WriteOp op, String reason) {
        switch (op) {
            case WriteOp.Append append -> append.frame().release();
            case WriteOp.Task task -> task.step().dropped(reason);
        }
    }

    /// The directory is offline: nothing is written any more.
    void dropAll(String reason) {
        for (WriteOp op : pending) {
            drop(op, reason);
        }
        pending.clear();
    }

    boolean needsSync() {
        return roundFlush == FlushMode.GROUP && isDirty();
    }

    boolean isDirty() {
        return writtenEnd > flushedEnd || !unsynced.isEmpty() || folderUnsynced || rootUnsynced;
    }

    /// Adds what must be made durable before `flushedEnd` may become `writtenEnd`.
    void collectUnsynced(Set<DiskFile> files, Set<Path> directories) {
        for (SegmentFile file : unsynced) {
            DiskFile open = file.ifOpen();
            if (open != null) {
                files.add(open);
            }
        }
        files.addAll(unsyncedMetadata);
        if (folderUnsynced) {
            directories.add(folder);
        }
        if (rootUnsynced) {
            @Nullable Path root = folder.getParent();
            if (root != null) {
                directories.add(root);
            }
        }
    }

    /// Everything that was collected is durable, or was deleted.
    void synced() {
        nothingIsUnsynced();
        flushedEnd = writtenEnd;
    }

    private void nothingIsUnsynced() {
        unsyncedMetadata.forEach(Closing::quietly);
        unsyncedMetadata.clear();
        unsynced.clear();
        folderUnsynced = false;
        rootUnsynced = false;
    }
}
