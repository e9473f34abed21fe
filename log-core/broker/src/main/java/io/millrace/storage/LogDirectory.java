package io.millrace.storage;

import io.millrace.host.Disk;
import io.millrace.host.Loop;
import io.millrace.protocol.BadSetting;
import io.millrace.protocol.CorruptLog;
import io.millrace.protocol.Uuid;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One entry of `log.dirs`: its lock, checkpoints, the writer that all its logs share, and its
/// periodic work. `open`, `load` and `close` block and belong to whoever starts and stops the
/// node; everything else is called on any loop and returns at once.
///
/// One disk, one fate: when a write or sync fails, nothing is tried again, the whole directory goes
/// offline and its logs hear `dropped`. A full disk is not a broken one: appends are refused, reads
/// go on, and it looks for itself when there is room again.
public final class LogDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(LogDirectory.class);

    private final Path path;
    private final Disk disk;
    private final StorageThreads threads;
    private final Closeable lock;
    private final WriteQueue queue;
    private final DirectoryWriter writer;
    private final DirectoryFiles files;
    private final DirectoryUpkeep upkeep;
    private final RecentTraffic traffic = new RecentTraffic();
    private final AtomicReference<DirectoryState> state =
            new AtomicReference<>(new DirectoryState.Online());
    private final ConcurrentSkipListMap<LogId, PartitionLog> logs = new ConcurrentSkipListMap<>();
    private final FutureLogs futures = new FutureLogs(this);
    private volatile DirectorySettings settings;
    private volatile @Nullable Home home;
    private boolean wasClean;
    private boolean loaded;
    private volatile long nodeEpoch = -1;
    private volatile boolean closed;

    private record Home(Loop loop, DirectoryListener listener) {}

    private LogDirectory(
            Disk disk,
            DirectorySettings settings,
            StorageThreads threads,
            Closeable lock,
            DirectoryFiles files) {
        this.path = files.root();
        this.disk = disk;
        this.settings = settings;
        this.threads = threads;
        this.lock = lock;
        this.files = files;
        this.queue = new WriteQueue(settings.writerQueueBytes());
        this.writer = new DirectoryWriter(disk, threads.writer(), queue, new WriterHealth());
        this.upkeep = new DirectoryUpkeep(this);
    }

    /// Takes the lock and reads what concerns the directory as a whole. Creates it when missing.
    ///
    /// @throws BadSetting when another process has it, or it cannot be used
    public static LogDirectory open(
            Path given, Disk disk, DirectorySettings settings, StorageThreads threads) {
        Path path = given.toAbsolutePath();
        try {
            DirectoryFiles.create(disk, path);
            Closeable lock = disk.lock(path.resolve(FileNames.LOCK))
                    .orElseThrow(() -> new BadSetting("The log directory " + path
                            + " is in use by another process: stop it, or choose "
                            + "another directory"));
            DirectoryFiles files = DirectoryFiles.read(disk, path);
            return new LogDirectory(disk, settings, threads, lock, files);
        } catch (IOException e) {
            throw new BadSetting(
                    "The log directory " + path + " cannot be used: " + e.getMessage(), e);
        }
    }

    public Path path() {
        return path;
    }

    /// `meta.properties`, absent until `format`.
    public Optional<DirectoryIdentity> identity() {
        return files.identity();
    }

    /// Writes `meta.properties`, durably.
    ///
    /// @throws BadSetting when that cannot be done
    public void format(DirectoryIdentity identity) {
        try {
            files.format(identity);
        } catch (IOException e) {
            throw new BadSetting(
                    "The log directory " + path + " cannot be used: " + e.getMessage(), e);
        }
    }

    /// Opens every log that lies here: at once after a clean stop, otherwise with recovery from
    /// each one's recovery point. Once, before anything else. When the disk fails, or something is
    /// damaged that was durable, the directory is offline afterwards and there are none; why, says
    /// `offlineReason`.
    public Collection<PartitionLog> load(Function<LogId, LogConfig> configs) {
        try {
            wasClean = files.wasStoppedCleanly();
            for (PartitionLog log : new DirectoryLoad(this, files, settings.recoveryThreads())
                    .load(configs, upkeep)) {
                logs.put(log.id(), log);
            }
            upkeep.compactor().startFrom(files.read(FileNames.CLEANER_POINTS));
            files.deleteCleanMark();
            loaded = true;
            return List.copyOf(logs.values());
        } catch (IOException | CorruptLog e) {
            state.set(new DirectoryState.Offline(String.valueOf(e.getMessage())));
            logs.clear();
            return List.of();
        }
    }

    /// The epoch under which the node is registered now; a clean stop leaves it behind.
    public void nodeEpoch(long epoch) {
        nodeEpoch = epoch;
    }

    /// Whether the node that had it last stopped cleanly: then nothing of what it showed to readers
    /// is missing. Known once it is loaded.
    public boolean wasStoppedCleanly() {
        return wasClean;
    }

    /// Shared with the other directories of the node. Before the first move.
    public void throttleMoves(MoveThrottle throttle) {
        futures.throttle(throttle);
    }

    /// Begins the periodic work on this loop.
    public void start(Loop loop, DirectoryListener listener) {
        home = new Home(loop, listener);
        upkeep.start(loop);
    }

    /// Other settings hold from here on, as far as they are read more than once. After `start`, on
    /// its loop.
    public void reconfigure(DirectorySettings changed) {
        settings = changed;
        upkeep.reconfigured();
    }

    /// A new, empty log, usable at once; its folder appears before its first append.
    public PartitionLog create(LogId id, Uuid topicId, LogConfig config) {
        futures.makeRoom(id);
        LogFolder folder = new LogFolder(id, topicId, path.resolve(id.toString()), false);
        PartitionLog log =
                new PartitionLog(this, folder, config, loader().nothing(folder.path(), 0));
        logs.put(id, log);
        submit(new WriteOp.Task(log.tail(), log.generation(), log.tail()::makeFolder));
        return log;
    }

    /// Gives a log to the loop that will own it.
    public void attach(PartitionLog log, Loop loop, LogListener listener) {
        log.attach(loop, listener);
    }

    /// Logs that were on their way into this directory when the node stopped, however it did: what
    /// was copied is gone, and the move can begin anew.
    public Set<LogId> interruptedMoves() {
        return Set.copyOf(futures.interrupted());
    }

    /// Renames the log's folder at once and removes it after `file.delete.delay.ms`. Completes, on
    /// the log's loop, when the name is free again.
    public CompletableFuture<Void> delete(PartitionLog log) {
        log.close();
        logs.remove(log.id(), log);
        return log.move().delete();
    }

    public boolean isOnline() {
        return !(state.get() instanceof DirectoryState.Offline);
    }

    public Optional<String> offlineReason() {
        return state.get() instanceof DirectoryState.Offline(String reason)
                ? Optional.of(reason)
                : Optional.empty();
    }

    public boolean isFull() {
        return state.get() instanceof DirectoryState.Full;
    }

    /// So much waits for the writer that reading from producers should pause. `onRelief` runs on
    /// the loop once it no longer does; false, and nothing is kept, when there is no congestion.
    public boolean awaitRelief(Loop loop, Runnable onRelief) {
        return queue.awaitRelief(loop, onRelief);
    }

    /// As of the last look, some seconds ago at most.
    public long totalBytes() {
        return upkeep.totalBytes();
    }

    public long usableBytes() {
        return upkeep.usableBytes();
    }

    /// A clean stop: writes what is queued, syncs, and marks the directory clean, so that the next
    /// start scans nothing. The loops of its logs must be idle. What was not loaded is left as it
    /// is: a start that was given up must not make a crash look like a clean stop.
    public void close() {
        closed = true;
        try (lock) {
            if (loaded && isOnline()) {
                writer.drain();
            }
            if (loaded && isOnline()) {
                new CleanStop(disk, files, nodeEpoch)
                        .write(logs.values(), futures.withArriving(List.of()));
                futures.all().forEach(futures::release);
            }
        } catch (IOException e) {
            LOG.atError()
                    .setCause(e)
                    .addKeyValue("directory", path)
                    .log("The stop was not clean: the next start will recover the logs");
        }
    }

    // What follows is for the parts of a directory in this package.

    FutureLogs futures() {
        return futures;
    }

    /// The log lies in another directory now.
    void left(PartitionLog log) {
        logs.remove(log.id(), log);
    }

    void arrived(PartitionLog log) {
        logs.put(log.id(), log);
        if (!isOnline()) {
            log.wentOffline(this);
        }
    }

    void writeCheckpoints() throws IOException {
        upkeep.writeAll();
    }

    boolean isClosed() {
        return closed;
    }

    void forgetEarlier(LogId id) throws IOException {
        upkeep.forget(id);
    }

    CompletableFuture<Void> recoveryPointsChanged(PartitionLog log) {
        return upkeep.checkpointRecoveryPoints(log.loop());
    }

    DirectorySettings settings() {
        return settings;
    }

    Disk disk() {
        return disk;
    }

    Executor readers() {
        return threads.readers();
    }

    Executor background() {
        return threads.background();
    }

    LogLoader loader() {
        return new LogLoader(disk, threads.background(), settings.producerExpirationMs());
    }

    DirectoryFiles files() {
        return files;
    }

    Collection<PartitionLog> logs() {
        return logs.values();
    }

    void submit(WriteOp op) {
        writer.submit(op);
    }

    boolean takesAppends() {
        return state.get() instanceof DirectoryState.Online && !queue.isFull();
    }

    RecentTraffic traffic() {
        return traffic;
    }

    CompletableFuture<Void> startOffsetsChanged(PartitionLog log) {
        return upkeep.checkpointStarts(log.loop());
    }

    Compactor compactor() {
        return upkeep.compactor();
    }

    void write(String checkpoint, Map<LogId, Long> offsets) throws IOException {
        upkeep.write(checkpoint, offsets);
    }

    void later(long delayMs, WriteOp.Step step) {
        upkeep.later(delayMs, step);
    }

    /// There is room again.
    void hasRoom() {
        if (state.get() instanceof DirectoryState.Full full
                && state.compareAndSet(full, new DirectoryState.Online())) {
            LOG.atInfo().addKeyValue("directory", path).log("There is room again: taking appends");
            tellHome(listener -> listener.writable(this));
        }
    }

    /// From any thread: the disk failed, or there is a bug where nothing may go wrong.
    void failed(String reason, Throwable cause) {
        DirectoryState before = state.getAndSet(new DirectoryState.Offline(reason));
        if (before instanceof DirectoryState.Offline) {
            return;
        }
        LOG.atError()
                .setCause(cause)
                .addKeyValue("directory", path)
                .addKeyValue("reason", reason)
                .log("The log directory goes offline");
        List<PartitionLog> affected = new ArrayList<>(logs.values());
        affected.addAll(futures.all());
        for (PartitionLog log : affected) {
            if (log.isAttached()) {
                log.loop().execute(() -> log.wentOffline(this));
            }
        }
        tellHome(listener -> listener.offline(this, reason));
    }

    private void tellHome(Consumer<DirectoryListener> news) {
        Home now = home;
        if (now != null) {
            now.loop.execute(() -> news.accept(now.listener));
        }
    }

    private final class WriterHealth implements DirectoryWriter.Health {
        @Override
        public void full(String reason) {
            if (state.get() instanceof DirectoryState.Online online
                    && state.compareAndSet(online, new DirectoryState.Full(reason))) {
                LOG.atError()
                        .addKeyValue("directory", path)
                        .addKeyValue("reason", reason)
                        .log("The disk is full: refusing appends until there is room");
                tellHome(listener -> listener.full(LogDirectory.this));
            }
        }

        @Override
        public void failed(String reason, Throwable cause) {
            LogDirectory.this.failed(reason, cause);
        }

        @Override
        public boolean isOffline() {
            return !isOnline();
        }
    }
}
