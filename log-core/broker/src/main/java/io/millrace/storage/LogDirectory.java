package io.millrace.storage;

import io.millrace.host.Disk;
import io.millrace.host.Loop;
import io.millrace.protocol.Uuid;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/// One entry of `log.dirs`: its lock, checkpoints, the writer that all its logs share, and its
/// periodic work. `open`, `load` and `close` block and belong to whoever starts and stops the
/// node; everything else is called on any loop and returns at once.
///
/// One disk, one fate: when a write or sync fails, nothing is tried again, the whole directory goes
/// offline and its logs hear `dropped`. A full disk is not a broken one: appends are refused, reads go on, and
/// it looks for itself when there is room again.
public final class LogDirectory {
    private LogDirectory() {}

    /// Takes the lock and reads what concerns the directory as a whole. Creates it when missing.
    ///
    /// @throws io.millrace.protocol.BadSetting when another process has it, or it belongs to another node
    public static LogDirectory open(Path path, Disk disk, DirectorySettings settings, StorageThreads threads) {
        throw new UnsupportedOperationException();
    }

    public Path path() {
        throw new UnsupportedOperationException();
    }

    /// `meta.properties`, absent until `format`.
    public Optional<DirectoryIdentity> identity() {
        throw new UnsupportedOperationException();
    }

    /// Writes `meta.properties`, durably.
    public void format(DirectoryIdentity identity) {
        throw new UnsupportedOperationException();
    }

    /// Opens every log that lies here: at once after a clean stop, otherwise with recovery from each
    /// one's recovery point. Once, before anything else.
    public Collection<PartitionLog> load(Function<LogId, LogConfig> configs) {
        throw new UnsupportedOperationException();
    }

    /// Begins the periodic work on this loop.
    public void start(Loop home, DirectoryListener listener) {
        throw new UnsupportedOperationException();
    }

    /// A new, empty log, usable at once; its folder appears before its first append.
    public PartitionLog create(LogId id, Uuid topicId, LogConfig config) {
        throw new UnsupportedOperationException();
    }

    /// Gives a log to the loop that will own it.
    public void attach(PartitionLog log, Loop loop, LogListener listener) {
        throw new UnsupportedOperationException();
    }

    /// Renames the log's folder at once and removes it after `file.delete.delay.ms`. Completes, on the log's loop,
    /// when the name is free again.
    public CompletableFuture<Void> delete(PartitionLog log) {
        throw new UnsupportedOperationException();
    }

    public boolean isOnline() {
        throw new UnsupportedOperationException();
    }

    public boolean isFull() {
        throw new UnsupportedOperationException();
    }

    /// So much waits for the writer that reading from producers should pause. `onRelief` runs on the loop once
    /// it no longer does; false, and nothing is kept, when there is no congestion.
    public boolean awaitRelief(Loop loop, Runnable onRelief) {
        throw new UnsupportedOperationException();
    }

    public long totalBytes() {
        throw new UnsupportedOperationException();
    }

    public long usableBytes() {
        throw new UnsupportedOperationException();
    }

    /// A clean stop: writes what is queued, syncs, and marks the directory clean, so that the next start scans
    /// nothing. The loops of its logs must be idle.
    public void close() {
        throw new UnsupportedOperationException();
    }
}
