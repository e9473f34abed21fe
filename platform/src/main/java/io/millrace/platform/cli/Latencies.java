package io.millrace.platform.cli;

import java.util.Arrays;

/// Durations in nanoseconds, counted in buckets of 1/64 of their magnitude: percentiles within 1.6
/// percent in 30 KB, whatever the number of samples. Used by one thread.
final class Latencies {
    private static final int SUB_BITS = 6;
    private static final int SUB = 1 << SUB_BITS;
    private final long[] counts = new long[SUB * (Long.SIZE - SUB_BITS + 1)];
    private long total;
    private long max;
    private double sum;

    void add(long nanos) {
        long value = Math.max(0, nanos);
        counts[bucket(value)]++;
        total++;
        sum += value;
        max = Math.max(max, value);
    }

    void add(Latencies other) {
        Arrays.setAll(counts, i -> counts[i] + other.counts[i]);
        total += other.total;
        sum += other.sum;
        max = Math.max(max, other.max);
    }

    private static int bucket(long value) {
        int magnitude = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(value) - SUB_BITS - 1);
        return (magnitude << SUB_BITS) + (int) (value >>> magnitude);
    }

    private static double upperBound(int bucket) {
        int magnitude = Math.max(0, (bucket >> SUB_BITS) - 1);
        return Math.scalb((double) (bucket - (magnitude << SUB_BITS) + 1), magnitude);
    }

    long count() {
        return total;
    }

    double meanMs() {
        return total == 0 ? 0 : sum / total / 1e6;
    }

    double maxMs() {
        return max / 1e6;
    }

    /// @param fraction 0.5 is the median
    double percentileMs(double fraction) {
        long wanted = (long) Math.ceil(fraction * total);
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= wanted && seen > 0) {
                return Math.min(upperBound(i), (double) max) / 1e6;
            }
        }
        return 0;
    }
}
