package io.millrace.storage;

import io.millrace.host.DiskFull;
import io.millrace.protocol.Uuid;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Deletes a whole log: renames its folder behind everything that the writer still has of it, so
/// that the name is free, and removes the files after a while.
///
/// Owner thread: `start` the log's loop; the rest the writer.
final class LogRemoval implements WriteOp.Step {
    private final PartitionLog log;
    private final LogDirectory directory;
    private final LogTail tail;
    private final List<Segment> segments;
    private final Path target;
    private final CompletableFuture<Void> done = new CompletableFuture<>();

    LogRemoval(PartitionLog log) {
        this.log = log;
        this.directory = log.directory();
        this.tail = log.tail();
        this.segments = log.segments().all();
        Uuid unique = new Uuid(log.loop().random(), log.loop().random());
        this.target = directory.path().resolve(FileNames.deletedFolder(log.id(), unique));
    }

    /// Of a generation of its own, so that it is done even after an append failed.
    CompletableFuture<Void> start() {
        directory.submit(new WriteOp.Task(tail, log.generation() + 1, this));
        return done;
    }

    @Override
    public void run() throws IOException {
        synchronized (tail.files()) {
            moveFolder();
        }
        log.loop().execute(() -> {
            segments.forEach(segment -> segment.file().release());
            done.complete(null);
        });
        directory.later(
                log.config().fileDeleteDelayMs(),
                () -> FolderRemoval.remove(directory.disk(), target));
    }

    private void moveFolder() throws IOException {
        Path folder = tail.folder();
        boolean isThere = directory.disk().exists(folder);
        if (isThere) {
            directory.disk().move(folder, target);
        }
        tail.folder(target);
        tail.synced();
        for (Segment segment : segments) {
            segment.file().moved(target.resolve(FileNames.of(segment.baseOffset(), FileNames.LOG)));
        }
        if (isThere) {
            makeDurable();
        }
    }

    /// Too late to be refused for lack of room: a log that is moved would then go on in files that
    /// the next start deletes.
    private void makeDurable() throws IOException {
        try {
            directory.disk().syncDirectory(directory.path());
        } catch (DiskFull e) {
            throw new IOException("A log was renamed, but not for good: " + e.getMessage(), e);
        }
    }

    @Override
    public void dropped(String reason) {
        log.loop().execute(() -> done.completeExceptionally(new IOException(reason)));
    }
}
