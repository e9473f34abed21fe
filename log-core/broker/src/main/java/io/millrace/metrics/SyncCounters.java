package io.millrace.metrics;

import io.millrace.storage.SyncObserver;

/// How long the disk takes, and how much goes out together. Writers of several directories share
/// it; beside a sync, a lock costs nothing.
public final class SyncCounters implements SyncObserver {
    private final Histogram nanos = Histogram.ofNanos();
    private final Histogram files = Histogram.ofSizes();

    @Override
    public synchronized void synced(int count, long took) {
        nanos.record(took);
        files.record(count);
    }

    synchronized Histogram nanos() {
        return nanos.copy();
    }

    synchronized Histogram files() {
        return files.copy();
    }
}
