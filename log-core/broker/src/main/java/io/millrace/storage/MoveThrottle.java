package io.millrace.storage;

import io.millrace.config.Setting;

/// How fast logs are copied from one directory to another, all of a node's together.
///
/// Owner thread: any.
public final class MoveThrottle {
    /// What an operator sets.
    public record Rate(
            @Setting(
                    key = "replica.alter.log.dirs.io.max.bytes.per.second",
                    value = "9223372036854775807",
                    range = "0..",
                    help = "Move logs between directories at this rate at most, all together.",
                    update = Setting.Update.NODE)
            long bytesPerSecond) {}

    private static final double NANOS = 1e9;
    /// A wait is no longer than this, so that a higher rate is soon noticed.
    private static final long MOST_MS = 1000;

    private long bytesPerSecond = Long.MAX_VALUE;
    private double owedBytes;
    private long sinceNanos;

    /// What was copied at another rate is forgiven.
    public synchronized void set(Rate rate) {
        if (rate.bytesPerSecond() != bytesPerSecond) {
            bytesPerSecond = rate.bytesPerSecond();
            owedBytes = 0;
        }
    }

    /// Bytes were copied.
    synchronized void count(long bytes, long nowNanos) {
        pay(nowNanos);
        owedBytes += bytes;
    }

    /// How many milliseconds to wait before the next copy; then it is asked again.
    synchronized long pauseMs(long nowNanos) {
        pay(nowNanos);
        if (bytesPerSecond == 0) {
            return MOST_MS;
        }
        return (long) Math.min(MOST_MS, 1000 * owedBytes / bytesPerSecond);
    }

    private void pay(long nowNanos) {
        double seconds = Math.max(0, nowNanos - sinceNanos) / NANOS;
        sinceNanos = nowNanos;
        owedBytes = Math.max(0, owedBytes - seconds * bytesPerSecond);
    }
}
