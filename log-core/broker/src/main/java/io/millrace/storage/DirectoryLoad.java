package io.millrace.storage;

import io.millrace.host.Disk;
import io.millrace.host.DiskFile;
import io.millrace.protocol.CorruptLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Loads all logs of a directory, on a few threads.
///
/// Owner thread: the one that starts the node.
final class DirectoryLoad {
    /// Lies here too, and is the quorum's own.
    private static final String METADATA = "__cluster_metadata";

    private record Found(LogId id, Path folder) {}

    private final LogDirectory directory;
    private final DirectoryFiles files;
    private final int threads;
    private final Disk disk;

    DirectoryLoad(LogDirectory directory, DirectoryFiles files, int threads) {
        this.directory = directory;
        this.files = files;
        this.threads = threads;
        this.disk = directory.disk();
    }

    List<PartitionLog> load(Function<LogId, LogConfig> configs, DirectoryUpkeep upkeep)
            throws IOException {
        boolean clean = files.wasStoppedCleanly();
        Map<LogId, Long> recoveryPoints = files.read(FileNames.RECOVERY_POINTS);
        Map<LogId, Long> starts = files.read(FileNames.START_OFFSETS);
        upkeep.found(FileNames.RECOVERY_POINTS, recoveryPoints);
        upkeep.found(FileNames.START_OFFSETS, starts);
        LogLoader loader = directory.loader();
        List<Found> found = find();
        @Nullable PartitionLog[] logs = new PartitionLog[found.size()];
        inParallel(found.size(), i -> {
            Found each = found.get(i);
            LogConfig config = configs.apply(each.id);
            long recoveryPoint = recoveryPoints.getOrDefault(each.id, 0L);
            LogLoader.Plan plan = new LogLoader.Plan(
                    starts.getOrDefault(each.id, 0L), recoveryPoint, recoveryPoint, clean);
            LogFolder folder = new LogFolder(
                    each.id, PartitionMetadata.read(disk, each.folder), each.folder, true);
            logs[i] = new PartitionLog(
                    directory, folder, config, loader.load(each.folder, config, plan));
        });
        List<PartitionLog> loaded = new ArrayList<>(logs.length);
        for (PartitionLog log : logs) {
            if (log != null) {
                loaded.add(log);
            }
        }
        if (!clean) {
            syncRecovered(loaded);
        }
        return loaded;
    }

    /// What a crashed process had written behind the recovery points may still be in the page cache
    /// only. In `group` it counts as flushed from now on.
    private void syncRecovered(List<PartitionLog> loaded) throws IOException {
        List<DiskFile> written = new ArrayList<>();
        List<Path> folders = new ArrayList<>();
        for (PartitionLog log : loaded) {
            if (log.recoveryPoint() == log.endOffset()) {
                continue;
            }
            if (log.config().flush() == FlushMode.OS) {
                log.isUnsynced();
                continue;
            }
            for (Segment segment : log.segments().all()) {
                DiskFile open = segment.file().ifOpen();
                if (open != null) {
                    written.add(open);
                }
            }
            folders.add(log.tail().folder());
        }
        if (!folders.isEmpty()) {
            folders.add(files.root());
            disk.syncAll(written, folders);
        }
    }

    private List<Found> find() throws IOException {
        List<Found> found = new ArrayList<>();
        for (String name : disk.list(files.root())) {
            Path folder = files.root().resolve(name);
            if (FileNames.isDeleted(name)) {
                directory.background().execute(() -> FolderRemoval.quietly(disk, folder));
            } else if (FileNames.isFuture(name)) {
                directory.futures().leftBehind(disk, folder);
            } else {
                FileNames.partition(name)
                        .filter(id -> !id.topic().equals(METADATA) && isFolder(folder))
                        .ifPresent(id -> found.add(new Found(id, folder)));
            }
        }
        return found;
    }

    private boolean isFolder(Path path) {
        try {
            return disk.isDirectory(path);
        } catch (IOException e) {
            return false;
        }
    }

    private interface Work {
        void on(int index) throws IOException;
    }

    private void inParallel(int count, Work work) throws IOException {
        AtomicInteger next = new AtomicInteger();
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        Runnable some = () -> {
            for (int i = next.getAndIncrement();
                    i < count && failure.get() == null;
                    i = next.getAndIncrement()) {
                try {
                    work.on(i);
                } catch (IOException | RuntimeException e) {
                    failure.compareAndSet(null, e);
                }
            }
        };
        List<Thread> helpers = new ArrayList<>();
        for (int i = 1; i < Math.min(threads, count); i++) {
            helpers.add(Thread.ofPlatform().name("millrace-load-" + i).start(some));
        }
        some.run();
        for (Thread helper : helpers) {
            joinFully(helper);
        }
        switch (failure.get()) {
            case null -> {}
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Exception e -> throw new CorruptLog(String.valueOf(e.getMessage()), e);
        }
    }

    private static void joinFully(Thread thread) throws IOException {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while loading", e);
        }
    }
}
