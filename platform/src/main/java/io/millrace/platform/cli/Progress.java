package io.millrace.platform.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// Shows how long work goes, on a terminal alone. It stands on standard error; when the results go
/// into a pipe it is silent, since they may well end on the same terminal.
final class Progress {
    private static final long EVERY_NANOS = 500_000_000;
    private final boolean shown =
            leadsTo(2, "/dev/pts/", "/dev/tty", "/dev/console") && !leadsTo(1, "pipe:", "socket:");
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

    /// Makes room for lines of results on the same terminal.
    void hide() {
        if (printed) {
            System.err.print("\r\033[K");
            printed = false;
        }
    }

    void end() {
        hide();
    }

    /// Where a file descriptor of this process leads to; Java tells only whether input and output
    /// are both a terminal.
    private static boolean leadsTo(int descriptor, String... kinds) {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            for (String kind : kinds) {
                if (target.startsWith(kind)) {
                    return true;
                }
            }
            return false;
        } catch (IOException | UnsupportedOperationException noSuchSystem) {
            return descriptor == 2
                    && System.console() != null
                    && System.console().isTerminal();
        }
    }
}
