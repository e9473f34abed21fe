package io.millrace.clients.network;

/// Waits that double up to a limit, each made up to a fifth shorter or longer by chance, so that
/// clients that failed together do not come back together.
public record Backoff(long firstMs, long maxMs) {
    private static final int MAX_DOUBLINGS = 30;

    /// The wait after the `failures`-th failure in a row (1 or more).
    public long delayMs(int failures, long random) {
        int doublings = Math.min(MAX_DOUBLINGS, Math.max(0, failures - 1));
        long delay = Math.min(Math.max(firstMs, maxMs), firstMs << doublings);
        double part = (random >>> 11) * 0x1.0p-53;
        return Math.round(delay * (0.8 + 0.4 * part));
    }
}
