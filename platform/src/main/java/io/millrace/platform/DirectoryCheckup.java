package io.millrace.platform;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Looks at one log directory, or at where it would be made.
final class DirectoryCheckup {
    private static final long SPACE_AT_LEAST = 1L << 30;
    private static final int SYNCS = 15;
    private static final double SLOW_SYNC_MS = 20;
    private static final long CLOCK_TOLERANCE_SECONDS = 60;
    private static final String CHECK = "log.dirs";
    private static final String ELSEWHERE = "choose another by --data or --set log.dirs";

    private final Path directory;
    private final List<Finding> findings = new ArrayList<>();

    DirectoryCheckup(Path directory) {
        this.directory = directory.toAbsolutePath();
    }

    List<Finding> run() {
        Path existing = existing(directory);
        if (existing == null || !Files.isDirectory(existing) || !Files.isWritable(existing)) {
            findings.add(Finding.bad(
                    CHECK,
                    directory + ": " + (existing == null ? "no such place" : existing)
                            + " is no folder that may be written to",
                    "chown it to this user, or " + ELSEWHERE));
            return findings;
        }
        findings.add(Finding.fine(
                CHECK, directory + (existing.equals(directory) ? "" : " (will be made)")));
        try {
            if (existing.equals(directory)) {
                lock();
                clock();
            }
            space(existing);
            syncs(existing);
        } catch (IOException failed) {
            findings.add(Finding.bad(CHECK, directory + ": " + failed.getMessage(), ELSEWHERE));
        }
        return findings;
    }

    private static @Nullable Path existing(Path wanted) {
        Path path = wanted;
        while (path != null && !Files.exists(path)) {
            path = path.getParent();
        }
        return path;
    }

    private void lock() throws IOException {
        Path lock = directory.resolve(".lock");
        if (!Files.exists(lock)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
                FileLock held = channel.tryLock()) {
            findings.add(
                    held != null ? Finding.fine("lock", directory + " is not in use") : inUse());
        } catch (OverlappingFileLockException ours) {
            findings.add(inUse());
        }
    }

    private Finding inUse() {
        return Finding.bad(
                "lock", directory + " is in use by another node", "stop it, or " + ELSEWHERE);
    }

    /// Files from the future mean that the clock went back: records would be kept too long.
    private void clock() {
        Instant newest = Instant.ofEpochMilli(newest(directory.toFile(), 2));
        if (newest.isAfter(Instant.now().plusSeconds(CLOCK_TOLERANCE_SECONDS))) {
            findings.add(Finding.poor(
                    "clock",
                    directory + " was written at " + newest + ", later than now",
                    "set the clock, and keep it set (chrony, ntpd)"));
        }
    }

    /// When something in the folder was written last. A node that runs may remove files meanwhile.
    private static long newest(File folder, int depth) {
        File[] files = folder.listFiles();
        long newest = 0;
        for (File file : files == null ? new File[0] : files) {
            newest = Math.max(newest, file.lastModified());
            if (depth > 1 && file.isDirectory()) {
                newest = Math.max(newest, newest(file, depth - 1));
            }
        }
        return newest;
    }

    private void space(Path existing) throws IOException {
        long usable = Files.getFileStore(existing).getUsableSpace();
        String found = String.format(Locale.ROOT, "%.1f GB left", usable / 1e9);
        findings.add(
                usable >= SPACE_AT_LEAST
                        ? Finding.fine("space", found)
                        : Finding.poor(
                                "space",
                                found,
                                "make room, or lower log.retention.bytes or log.retention.ms"));
    }

    /// How long the disk takes to make four kilobytes durable, which every acknowledgement waits
    /// for.
    private void syncs(Path existing) throws IOException {
        Path probe = Files.createTempFile(existing, "doctor", ".tmp");
        double[] took = new double[SYNCS];
        try (FileChannel channel = FileChannel.open(probe, StandardOpenOption.WRITE)) {
            for (int i = 0; i < SYNCS; i++) {
                long begun = System.nanoTime();
                channel.write(ByteBuffer.allocate(4096), i * 4096L);
                channel.force(false);
                took[i] = (System.nanoTime() - begun) / 1e6;
            }
        } finally {
            Files.delete(probe);
        }
        Arrays.sort(took);
        double median = took[SYNCS / 2];
        String found = String.format(Locale.ROOT, "%.2f ms to sync 4 KB", median);
        findings.add(
                median < SLOW_SYNC_MS
                        ? Finding.fine("disk", found)
                        : Finding.poor(
                                "disk",
                                found,
                                "a faster disk, or log.flush=os if a power cut may lose records"));
    }
}
