package io.millrace.benchmarks;

import java.util.Locale;

/// Times in microseconds, counted one by one up to two seconds.
///
/// Owner thread: one adds; who reads comes after it.
final class Micros {
    static final int MOST = 2_000_000;
    private final int[] counts = new int[MOST + 1];
    private long total;

    void add(long nanos) {
        counts[Math.clamp(nanos / 1000, 0, MOST)]++;
        total++;
    }

    long count() {
        return total;
    }

    /// The smallest time that so much of all does not exceed.
    int percentile(double percent) {
        long below = (long) Math.ceil(total * percent / 100);
        long seen = 0;
        for (int micros = 0; micros < MOST; micros++) {
            seen += counts[micros];
            if (seen >= below) {
                return micros;
            }
        }
        return MOST;
    }

    Percentiles percentiles() {
        return new Percentiles(percentile(50), percentile(99), percentile(99.9));
    }

    /// In microseconds.
    record Percentiles(double p50, double p99, double p999) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.0f %.0f %.0f", p50, p99, p999);
        }

        /// From three fields of a line.
        static Percentiles read(String[] fields, int from) {
            return new Percentiles(
                    Double.parseDouble(fields[from]),
                    Double.parseDouble(fields[from + 1]),
                    Double.parseDouble(fields[from + 2]));
        }
    }
}
