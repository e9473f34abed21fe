package io.millrace.benchmarks;

import io.millrace.host.Disk;
import io.millrace.host.DiskFile;
import io.millrace.storage.FileDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// How long it takes to make 1 KiB in each of so many files durable: one after the other, and as
/// `FileDisk` does it. The numbers of docs/decisions/0004-group-commit.md.
///
/// Argument: a folder on the disk in question.
final class SyncBench {
    private static final int[] COUNTS = {1, 2, 4, 8, 16, 32, 64, 100, 1000, 5000};
    private static final int MOST = 5000;
    private static final int BYTES = 1024;

    private SyncBench() {}

    public static void main(String[] args) throws IOException {
        Path folder = Files.createTempDirectory(Path.of(args[0]), "sync-bench");
        FileDisk disk = new FileDisk();
        List<DiskFile> files = new ArrayList<>();
        try (var _ = disk.lock(folder.resolve(".lock")).orElseThrow()) {
            for (int i = 0; i < MOST; i++) {
                files.add(disk.open(folder.resolve("file" + i), Disk.Mode.CREATE_NEW));
            }
            for (int count : COUNTS) {
                int rounds = count <= 100 ? 60 : Math.max(4, 8000 / count);
                List<DiskFile> some = files.subList(0, count);
                double each = median(some, rounds, () -> forceEach(some));
                double all = median(some, rounds, () -> disk.syncAll(some, List.of()));
                System.out.printf(
                        Locale.ROOT,
                        "%5d files: each %8.2f ms, as FileDisk does %8.2f ms%n",
                        count,
                        each,
                        all);
            }
        } finally {
            for (DiskFile file : files) {
                file.close();
                disk.delete(file.path());
            }
            disk.delete(folder.resolve(".lock"));
            disk.delete(folder);
        }
    }

    private interface Sync {
        void run() throws IOException;
    }

    private static void forceEach(List<DiskFile> files) throws IOException {
        for (DiskFile file : files) {
            file.force();
        }
    }

    private static double median(List<DiskFile> files, int rounds, Sync sync) throws IOException {
        double[] millis = new double[rounds];
        ByteBuffer bytes = ByteBuffer.allocateDirect(BYTES);
        for (int round = 0; round < rounds; round++) {
            for (DiskFile file : files) {
                file.write(bytes.clear(), file.size());
            }
            long start = System.nanoTime();
            sync.run();
            millis[round] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(millis);
        return millis[rounds / 2];
    }
}
