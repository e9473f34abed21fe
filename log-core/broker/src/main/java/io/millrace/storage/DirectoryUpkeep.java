package io.millrace.storage;

import io.millrace.host.DiskFull;
import io.millrace.host.Loop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// What a log directory does by the clock: checkpoints, retention, deleting what was marked, and
/// looking for room. Timers run on the home loop, the work in the background or on each log's loop.
///
/// Owner thread: `start` and the timers the home loop; the rest any.
final class DirectoryUpkeep {
    private static final long LOOK_FOR_ROOM_MS = 1000;
    /// Room is back when so much of it is.
    private static final long ENOUGH_ROOM = 1024 * 1024;

    private final LogDirectory directory;
    private final Compactor compactor;
    private final Map<String, Map<LogId, Long>> onDisk = new HashMap<>();
    private volatile @Nullable Loop home;
    private volatile long totalBytes;
    private volatile long usableBytes;

    private final List<Periodic> periodic = new ArrayList<>();

    DirectoryUpkeep(LogDirectory directory) {
        this.directory = directory;
        this.compactor = new Compactor(directory);
    }

    /// Work that is done again and again. An interval that is changed holds at once.
    ///
    /// Owner thread: the home loop.
    private final class Periodic {
        private final ToLongFunction<DirectorySettings> interval;
        private final Runnable work;
        private long intervalMs;
        private Loop.@Nullable Scheduled next;

        Periodic(ToLongFunction<DirectorySettings> interval, Runnable work) {
            this.interval = interval;
            this.work = work;
            this.intervalMs = interval.applyAsLong(directory.settings());
        }

        void reconfigured(Loop loop) {
            long now = interval.applyAsLong(directory.settings());
            if (now != intervalMs) {
                intervalMs = now;
                if (next != null) {
                    next.cancel();
                }
                schedule(loop, now);
            }
        }

        void schedule(Loop loop, long delayMs) {
            next = loop.schedule(Math.max(1, delayMs), () -> {
                if (directory.isOnline() && !directory.isClosed()) {
                    work.run();
                    schedule(loop, intervalMs);
                }
            });
        }
    }

    Compactor compactor() {
        return compactor;
    }

    void start(Loop loop) {
        home = loop;
        loop.execute(this::lookForRoom);
        loop.execute(() -> begin(loop));
    }

    private void begin(Loop loop) {
        every(DirectorySettings::recoveryCheckpointMs, this::advanceRecoveryPoints);
        every(
                DirectorySettings::startCheckpointMs,
                () -> directory.background().execute(() -> attempt(this::writeStarts)));
        every(
                DirectorySettings::retentionCheckMs,
                () -> onEachLog(log -> log.upkeep().retain()));
        every(
                DirectorySettings::producerCheckMs,
                () -> onEachLog(log -> log.upkeep().expireProducers()));
        every(DirectorySettings::cleanerBackoffMs, () -> onEachLog(compactor::consider));
        long delayMs = directory.settings().initialDelayMs();
        periodic.forEach(each -> each.schedule(loop, delayMs));
    }

    private void every(ToLongFunction<DirectorySettings> interval, Runnable work) {
        periodic.add(new Periodic(interval, work));
    }

    /// On the home loop, once there is one.
    void reconfigured() {
        Loop loop = home;
        if (loop != null) {
            periodic.forEach(each -> each.reconfigured(loop));
        }
    }

    private void onEachLog(Consumer<PartitionLog> work) {
        for (PartitionLog log : directory.logs()) {
            if (log.isAttached()) {
                log.loop().execute(() -> work.accept(log));
            }
        }
    }

    /// First on each loop, since only there is known what was synced meanwhile.
    private void advanceRecoveryPoints() {
        Map<Loop, List<PartitionLog>> byLoop = new IdentityHashMap<>();
        for (PartitionLog log : directory.logs()) {
            if (log.isAttached()) {
                byLoop.computeIfAbsent(log.loop(), _ -> new ArrayList<>()).add(log);
            }
        }
        AtomicInteger left = new AtomicInteger(byLoop.size());
        byLoop.forEach((loop, some) -> loop.execute(() -> {
            some.forEach(log -> log.upkeep().advanceRecoveryPoint());
            if (left.decrementAndGet() == 0) {
                directory.background().execute(() -> attempt(this::writeRecoveryPoints));
            }
        }));
    }

    private void lookForRoom() {
        Loop loop = home;
        if (loop == null || !directory.isOnline() || directory.isClosed()) {
            return;
        }
        directory.background().execute(() -> {
            attempt(() -> {
                usableBytes = directory.disk().usableBytes(directory.path());
                totalBytes = directory.disk().totalBytes(directory.path());
                if (directory.isFull() && usableBytes >= ENOUGH_ROOM) {
                    directory.hasRoom();
                }
            });
            loop.execute(() -> loop.schedule(LOOK_FOR_ROOM_MS, this::lookForRoom));
        });
    }

    long totalBytes() {
        return totalBytes;
    }

    long usableBytes() {
        return usableBytes;
    }

    /// Runs the step in the background, after a while.
    void later(long delayMs, WriteOp.Step step) {
        Loop loop = home;
        Runnable work = () -> directory.background().execute(() -> attempt(step));
        if (loop == null) {
            work.run();
        } else {
            loop.execute(() -> loop.schedule(delayMs, work));
        }
    }

    /// Lack of room fails none of this for good: it is done again sooner or later.
    private void attempt(WriteOp.Step step) {
        if (!directory.isOnline() || directory.isClosed()) {
            return;
        }
        try {
            step.run();
        } catch (DiskFull e) {
            step.dropped(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            directory.failed(String.valueOf(e.getMessage()), e);
            step.dropped(String.valueOf(e.getMessage()));
        }
    }

    CompletableFuture<Void> checkpointStarts(Loop loop) {
        return inBackground(loop, this::writeStarts);
    }

    CompletableFuture<Void> checkpointRecoveryPoints(Loop loop) {
        return inBackground(loop, this::writeRecoveryPoints);
    }

    private CompletableFuture<Void> inBackground(Loop loop, WriteOp.Step step) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        directory
                .background()
                .execute(() -> attempt(new WriteOp.Step() {
                    @Override
                    public void run() throws IOException {
                        step.run();
                        loop.execute(() -> done.complete(null));
                    }

                    @Override
                    public void dropped(String reason) {
                        loop.execute(() -> done.completeExceptionally(new IOException(reason)));
                    }
                }));
        return done;
    }

    /// What the checkpoints say at the start.
    synchronized void found(String checkpoint, Map<LogId, Long> offsets) {
        onDisk.put(checkpoint, Map.copyOf(offsets));
    }

    /// On the writer, before the first append of a new log. Checkpoints that still speak of an
    /// earlier one of the same name would make recovery take the new one for damaged.
    synchronized void forget(LogId id) throws IOException {
        compactor.forget(id);
        boolean isKnown =
                speaksOf(FileNames.RECOVERY_POINTS, id) || speaksOf(FileNames.START_OFFSETS, id);
        if (isKnown) {
            writeAll();
        }
    }

    /// Blocks.
    synchronized void writeAll() throws IOException {
        writeStarts();
        writeRecoveryPoints();
    }

    private boolean speaksOf(String checkpoint, LogId id) {
        Map<LogId, Long> known = onDisk.get(checkpoint);
        return known == null || known.getOrDefault(id, 0L) > 0;
    }

    private synchronized void writeStarts() throws IOException {
        SortedMap<LogId, Long> starts = new TreeMap<>();
        for (PartitionLog log : directory.futures().withArriving(directory.logs())) {
            if (log.startOffset() > 0) {
                starts.put(log.id(), log.startOffset());
            }
        }
        write(FileNames.START_OFFSETS, starts);
    }

    private synchronized void writeRecoveryPoints() throws IOException {
        SortedMap<LogId, Long> points = new TreeMap<>();
        SortedMap<LogId, Long> committed = new TreeMap<>();
        for (PartitionLog log : directory.futures().withArriving(directory.logs())) {
            points.put(log.id(), log.recoveryPoint());
            committed.put(log.id(), log.committedEnd());
        }
        write(FileNames.RECOVERY_POINTS, points);
        write(FileNames.HIGH_WATERMARKS, committed);
    }

    synchronized void write(String name, Map<LogId, Long> offsets) throws IOException {
        if (offsets.equals(onDisk.get(name))) {
            return;
        }
        // Whatever a failure leaves is not known.
        onDisk.remove(name);
        AtomicWrites writes = new AtomicWrites(directory.disk());
        directory.files().write(writes, name, offsets);
        writes.commit();
        onDisk.put(name, Map.copyOf(offsets));
    }
}
