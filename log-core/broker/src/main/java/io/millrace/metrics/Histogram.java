package io.millrace.metrics;

/// Counts values by upper bounds. Plain fields: one thread records, and copies for others.
public final class Histogram {
    /// From 100 microseconds to 10 seconds.
    static final long[] NANOS = {
        100_000L,
        250_000L,
        500_000L,
        1_000_000L,
        2_500_000L,
        5_000_000L,
        10_000_000L,
        25_000_000L,
        50_000_000L,
        100_000_000L,
        250_000_000L,
        500_000_000L,
        1_000_000_000L,
        2_500_000_000L,
        10_000_000_000L
    };

    static final long[] SIZES = {1, 2, 4, 8, 16, 32, 64, 256, 1024, 4096};

    private final long[] bounds;
    private final long[] counts; // the last: above all bounds
    private long sum;

    private Histogram(long[] bounds, long[] counts, long sum) {
        this.bounds = bounds;
        this.counts = counts;
        this.sum = sum;
    }

    static Histogram ofNanos() {
        return new Histogram(NANOS, new long[NANOS.length + 1], 0);
    }

    static Histogram ofSizes() {
        return new Histogram(SIZES, new long[SIZES.length + 1], 0);
    }

    void record(long value) {
        int i = 0;
        while (i < bounds.length && value > bounds[i]) {
            i++;
        }
        counts[i]++;
        sum += value;
    }

    Histogram copy() {
        return new Histogram(bounds, counts.clone(), sum);
    }

    /// Adds what another one with the same bounds has counted.
    void add(Histogram other) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
        sum += other.sum;
    }

    int size() {
        return bounds.length;
    }

    long bound(int index) {
        return bounds[index];
    }

    /// How many values lie between the bound before and this one; at `size`, above all of them.
    long count(int index) {
        return counts[index];
    }

    long sum() {
        return sum;
    }
}
