package io.millrace.benchmarks;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;

/// What scenarios share: the tools, a folder of their own, ports, and how much to do.
///
/// @param scale 1 is the documented amount of work; smaller for a trial
record Bench(PerfTool tool, Path work, double scale) {
    long scaled(long amount) {
        return Math.max(1, Math.round(amount * scale));
    }

    /// A prepared directory for one side; the caller deletes it with {@link #discard}.
    Path directory(Peer side, int port, Map<String, String> settings)
            throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory(work, side.name() + "-");
        Path data = folder.resolve("data");
        side.prepare(data, port, settings);
        return data;
    }

    /// Two neighbouring free ports: one for clients, the next for controllers.
    static int freePort() throws IOException {
        for (int attempt = 0; attempt < 100; attempt++) {
            try (var first = new ServerSocket(0)) {
                int port = first.getLocalPort();
                try (var second = new ServerSocket(port + 1)) {
                    return second.getLocalPort() - 1;
                } catch (IOException taken) {
                    continue;
                }
            }
        }
        throw new IOException("no two neighbouring ports are free");
    }

    static void discard(Path data) throws IOException {
        try (var files = Files.walk(data.getParent())) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
