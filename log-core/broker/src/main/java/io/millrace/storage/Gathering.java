package io.millrace.storage;

/// Whether a round that must sync should wait for more.
///
/// Producers keep some requests under way. Without a wait, the first that arrives after a sync has
/// a sync of its own while the others queue behind it, and so for ever: every second sync serves
/// one. So a round that would be smaller than the one before waits until it is as large, at most as
/// long as a sync takes: if the others come meanwhile that saves a sync, and if not it cost no more
/// than one (the bound of the ski rental problem). After a wait in vain, twice as many rounds as
/// the last time do without.
///
/// Owner thread: whoever has the writer's next round in hand.
final class Gathering {
    private static final long MAX_WAIT_NANOS = 1_000_000;
    private static final int MAX_SKIPS = 256;

    private int lastRound;
    private long lastSyncNanos;
    private int skipsAfterFailure = 1;
    private int skips;

    /// A round of so many operations has been synced in so many nanoseconds.
    void synced(int operations, long nanos) {
        lastRound = operations;
        lastSyncNanos = nanos;
    }

    /// How many operations the next round should have, if that is more than there are.
    int wanted() {
        return lastRound;
    }

    /// How long to wait for [#wanted]; 0 when the round should begin at once.
    long waitNanos(int queued) {
        if (queued == 0 || queued >= lastRound) {
            return 0;
        }
        if (skips > 0) {
            skips--;
            return 0;
        }
        return Math.min(lastSyncNanos, MAX_WAIT_NANOS);
    }

    /// A wait is over.
    void waited(boolean cameTrue) {
        if (cameTrue) {
            skipsAfterFailure = 1;
        } else {
            skips = skipsAfterFailure;
            skipsAfterFailure = Math.min(MAX_SKIPS, 2 * skipsAfterFailure);
        }
    }
}
