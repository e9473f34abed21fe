package io.millrace.storage;

import io.millrace.host.DiskFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Makes a round's files durable in the cheapest way: one by itself, some in parallel, since the
/// file system's journal joins syncs that run at the same time, many by one call for the whole file
/// system. Where the borders lie was measured, see docs/decisions/0004-group-commit.md.
///
/// Owner thread: any; the writers of several directories may sync at the same time.
final class SyncMany {
    /// Above this, one call for the file system beats syncs in parallel.
    private static final int MANY = 64;
    private static final int PARALLEL = 16;
    private static final int KNOWN_FOLDERS = 100_000;

    private final Map<Path, FileSystemSync> fileSystems = new ConcurrentHashMap<>();
    private final Map<Path, Long> devices = new ConcurrentHashMap<>();
    private @Nullable ExecutorService threads;

    /// Prepares for many files below the directory, until the result is closed. Before the first
    /// write.
    Closeable watch(Path directory) {
        FileSystemSync.of(directory).ifPresent(sync -> fileSystems.put(directory, sync));
        return () -> {
            FileSystemSync sync = fileSystems.remove(directory);
            if (sync != null) {
                sync.close();
            }
        };
    }

    void sync(FileDisk disk, List<DiskFile> files, List<Path> directories) throws IOException {
        int count = files.size() + directories.size();
        if (count > MANY) {
            FileSystemSync whole = commonFileSystem(files, directories);
            if (whole != null) {
                whole.sync();
                return;
            }
        }
        if (count == 1) {
            syncOne(disk, files, directories, 0);
        } else if (count > 1) {
            syncInParallel(disk, files, directories);
        }
    }

    private static void syncOne(
            FileDisk disk, List<DiskFile> files, List<Path> directories, int index)
            throws IOException {
        if (index < files.size()) {
            files.get(index).force();
        } else {
            disk.syncDirectory(directories.get(index - files.size()));
        }
    }

    private void syncInParallel(FileDisk disk, List<DiskFile> files, List<Path> directories)
            throws IOException {
        int count = files.size() + directories.size();
        int workers = Math.min(count, PARALLEL);
        AtomicInteger next = new AtomicInteger();
        AtomicReference<@Nullable IOException> failure = new AtomicReference<>();
        CountDownLatch done = new CountDownLatch(workers - 1);
        Runnable some = () -> {
            for (int i = next.getAndIncrement();
                    i < count && failure.get() == null;
                    i = next.getAndIncrement()) {
                try {
                    syncOne(disk, files, directories, i);
                } catch (IOException e) {
                    failure.compareAndSet(null, e);
                }
            }
        };
        for (int i = 1; i < workers; i++) {
            threads().execute(() -> {
                some.run();
                done.countDown();
            });
        }
        some.run();
        awaitFully(done);
        IOException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
    }

    private static void awaitFully(CountDownLatch done) throws IOException {
        try {
            done.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while syncing", e);
        }
    }

    private synchronized ExecutorService threads() {
        ExecutorService pool = threads;
        if (pool == null) {
            pool = Executors.newCachedThreadPool(
                    Thread.ofPlatform().name("log-sync-", 0).daemon().factory());
            threads = pool;
        }
        return pool;
    }

    /// The watched file system that all of them lie on; null when there is none. A partition's
    /// folder may be a link to another disk.
    private @Nullable FileSystemSync commonFileSystem(List<DiskFile> files, List<Path> directories)
            throws IOException {
        Path first = files.isEmpty() ? directories.getFirst() : files.getFirst().path();
        @Nullable FileSystemSync common = null;
        for (Map.Entry<Path, FileSystemSync> each : fileSystems.entrySet()) {
            if (first.startsWith(each.getKey())) {
                common = each.getValue();
            }
        }
        if (common == null) {
            return null;
        }
        for (DiskFile file : files) {
            Path folder = file.path().getParent();
            if (folder == null || device(folder) != common.device()) {
                return null;
            }
        }
        for (Path directory : directories) {
            if (device(directory) != common.device()) {
                return null;
            }
        }
        return common;
    }

    private long device(Path folder) throws IOException {
        Long known = devices.get(folder);
        if (known == null) {
            known = FileSystemSync.device(folder);
            if (devices.size() >= KNOWN_FOLDERS) {
                devices.clear();
            }
            devices.put(folder, known);
        }
        return known;
    }
}
