package io.millrace.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/// How long this process has been alive.
final class ProcessAge {
    /// The unit of start times in `/proc`, which is the same on every Linux that Java runs on.
    private static final long TICK_MS = 10;

    /// Counted from after the program's name, which may hold blanks: proc_pid_stat(5).
    private static final int START_FIELD = 19;

    private ProcessAge() {}

    /// Right to 10 ms on Linux. Elsewhere Java is asked, which rounds the start to a second.
    static long milliseconds() {
        try {
            String stat = Files.readString(Path.of("/proc/self/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            long started = Long.parseLong(fields[START_FIELD]) * TICK_MS;
            return sinceBoot() - started;
        } catch (IOException | IndexOutOfBoundsException | NumberFormatException notLinux) {
            Instant now = Instant.now();
            Instant started = ProcessHandle.current().info().startInstant().orElse(now);
            return Duration.between(started, now).toMillis();
        }
    }

    private static long sinceBoot() throws IOException {
        String uptime = Files.readString(Path.of("/proc/uptime"));
        return Math.round(Double.parseDouble(uptime.substring(0, uptime.indexOf(' '))) * 1000);
    }
}
