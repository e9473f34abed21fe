package io.millrace.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/// What the disk can do by itself, with no server on it.
///
/// @param syncMs the median time of an fdatasync after an append of 16 KiB, a batch of Kafka's
/// client @param megabytesASecond of appends of 8 MiB that are each synced
record DiskProbe(double syncMs, double megabytesASecond) {
    private static final int SMALL = 16 << 10;
    private static final int LARGE = 8 << 20;
    private static final int SMALL_COUNT = 300;
    private static final int LARGE_COUNT = 32;

    static DiskProbe measure(Path folder) throws IOException {
        Path file = Files.createTempFile(folder, "disk", ".probe");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            double[] small = append(channel, SMALL, SMALL_COUNT);
            double[] large = append(channel, LARGE, LARGE_COUNT);
            Arrays.sort(small);
            double seconds = Arrays.stream(large).sum() / 1000;
            double megabytes = (double) LARGE * LARGE_COUNT / (1 << 20);
            return new DiskProbe(small[SMALL_COUNT / 2], megabytes / seconds);
        } finally {
            Files.delete(file);
        }
    }

    /// How many milliseconds each append and its sync took.
    private static double[] append(FileChannel channel, int bytes, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(bytes);
        double[] times = new double[count];
        for (int i = 0; i < count; i++) {
            long start = System.nanoTime();
            buffer.clear();
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(false);
            times[i] = (System.nanoTime() - start) / 1e6;
        }
        return times;
    }
}
