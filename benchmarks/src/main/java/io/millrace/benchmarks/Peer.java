package io.millrace.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/// One of the two sides.
interface Peer {
    String name();

    /// Makes an empty directory usable; what this costs is not measured.
    void prepare(Path data, int port, Map<String, String> settings)
            throws IOException, InterruptedException;

    /// Starts the process on a prepared directory and returns at once.
    ServerProcess launch(Path data, int port, Map<String, String> settings) throws IOException;

    default ServerProcess start(Path data, int port, Map<String, String> settings)
            throws IOException, InterruptedException {
        ServerProcess server = launch(data, port, settings);
        server.awaitPort(120_000);
        return server;
    }
}
