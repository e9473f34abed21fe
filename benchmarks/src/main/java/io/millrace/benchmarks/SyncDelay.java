package io.millrace.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A library that is loaded before a server and lets its syncs take longer.
final class SyncDelay {
    private SyncDelay() {}

    static void apply(ProcessBuilder server, Bench bench, int delayMs)
            throws IOException, InterruptedException {
        server.environment().put("LD_PRELOAD", library(bench).toString());
        server.environment().put("SYNCDELAY_MICROS", Integer.toString(delayMs * 1000));
    }

    private static Path library(Bench bench) throws IOException, InterruptedException {
        Path library = bench.work().resolve("libsyncdelay.so");
        if (!Files.exists(library)) {
            Path source = bench.sources().resolve("native/syncdelay.c");
            bench.children()
                    .output(new ProcessBuilder(
                            "cc",
                            "-shared",
                            "-fPIC",
                            "-O2",
                            "-o",
                            library.toString(),
                            source.toString(),
                            "-ldl"));
        }
        return library;
    }
}
