package io.millrace.platform.cli;

import java.util.Locale;

/// Shows how long work goes, on a terminal alone: a pipe stays silent.
final class Progress {
    private static final long EVERY_NANOS = 500_000_000;
    private final boolean shown = System.console() != null && System.console().isTerminal();
    private final String unit;
    private final long total;
    private final long startNanos = System.nanoTime();
    private long nextNanos = startNanos + EVERY_NANOS;
    private boolean printed;

    /// @param total 0 when nobody knows
    Progress(String unit, long total) {
        this.unit = unit;
        this.total = total;
    }

    void at(long done) {
        long now = System.nanoTime();
        if (!shown || now < nextNanos) {
            return;
        }
        nextNanos = now + EVERY_NANOS;
        printed = true;
        double rate = done * 1e9 / (now - startNanos);
        String left = total > 0 && rate > 0
                ? String.format(Locale.ROOT, ", %.0f s left", (total - done) / rate)
                : "";
        System.err.printf(Locale.ROOT, "\r\033[K%,d %s, %,.0f/s%s", done, unit, rate, left);
    }

    void end() {
        if (printed) {
            System.err.print("\r\033[K");
        }
    }
}
