package io.millrace.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// One of the two programs.
interface Peer {
    /// Makes an empty directory usable; what this costs is not measured.
    void prepare(Path data, int port, Map<String, String> settings)
            throws IOException, InterruptedException;

    /// The command that serves a prepared directory.
    List<String> command(Path data, int port, Map<String, String> settings) throws IOException;
}
