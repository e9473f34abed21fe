package io.millrace.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Every process that a run starts: when the run ends, also by an interruption, none is left.
///
/// Owner thread: the main thread starts, the shutdown hook closes.
final class Children implements AutoCloseable {
    private final Set<Process> running = ConcurrentHashMap.newKeySet();
    private boolean isClosed;

    synchronized Process start(ProcessBuilder builder) throws IOException {
        if (isClosed) {
            throw new IOException("the run was interrupted");
        }
        running.removeIf(process -> !process.isAlive());
        Process process = builder.start();
        running.add(process);
        return process;
    }

    /// What a command that must succeed prints.
    String output(ProcessBuilder builder) throws IOException, InterruptedException {
        Process process = start(builder.redirectErrorStream(true));
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", builder.command()) + "\n" + output);
        }
        return output;
    }

    /// Whether the run is being interrupted.
    synchronized boolean isClosed() {
        return isClosed;
    }

    @Override
    public synchronized void close() {
        isClosed = true;
        for (Process process : running) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            process.onExit().join();
        }
    }
}
