package io.millrace.storage;

import java.util.concurrent.atomic.AtomicLong;

/// Guesses what of a directory's files is in the page cache: what was appended or read within so
/// many bytes of traffic is taken to be there still.
///
/// Owner thread: any.
final class RecentTraffic {
    private static final long HOT_BYTES = 64L * 1024 * 1024;

    private final AtomicLong bytes = new AtomicLong();

    /// Counts bytes that went through the page cache; returns the count before.
    long count(int more) {
        return bytes.getAndAdd(more);
    }

    boolean isHot(long countThen) {
        return bytes.get() - countThen < HOT_BYTES;
    }
}
