package io.millrace.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What the kernel says a process used (Linux, `/proc`).
final class ProcessUsage {
    private static final double TICKS_A_SECOND = 100;
    private final Path proc;

    ProcessUsage(long pid) {
        this.proc = Path.of("/proc", Long.toString(pid));
    }

    /// User and system time of all threads, also of those that ended.
    double cpuSeconds() throws IOException {
        String stat = Files.readString(proc.resolve("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_A_SECOND;
    }

    double residentMegabytes() throws IOException {
        return status("VmRSS:") / 1024.0;
    }

    int threads() throws IOException {
        return (int) status("Threads:");
    }

    /// Open sockets, those that listen and those that connect threads among them.
    long sockets() throws IOException {
        try (var descriptors = Files.list(proc.resolve("fd"))) {
            return descriptors.filter(ProcessUsage::isSocket).count();
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException closedMeanwhile) {
            return false;
        }
    }

    private long status(String field) throws IOException {
        for (String line : Files.readAllLines(proc.resolve("status"))) {
            if (line.startsWith(field)) {
                return Long.parseLong(
                        line.substring(field.length()).replace("kB", "").strip());
            }
        }
        throw new IOException("no " + field + " in " + proc + "/status");
    }
}
