package io.millrace.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// What scenarios share: the programs, the tools, a folder of the run, and how much to do.
///
/// @param work a folder of this run alone, deleted at its end
/// @param scale 1 is the documented amount of work; smaller for a trial
record Bench(Children children, KafkaPeer kafka, MillracePeer millrace, Path work, double scale) {
    long scaled(long amount) {
        return Math.max(1, Math.round(amount * scale));
    }

    PerfTool perf() {
        return new PerfTool(children, kafka);
    }

    LatencyTool latency() {
        return new LatencyTool(children, kafka);
    }

    Node node(Side side) throws IOException, InterruptedException {
        return node(side, Map.of());
    }

    Node node(Side side, Map<String, String> more) throws IOException, InterruptedException {
        var settings = new HashMap<>(side.settings());
        settings.putAll(more);
        return new Node(this, side, settings);
    }

    /// Where servers write; what the last of them said is shown when a scenario fails.
    Path log() {
        return work.resolve("servers.log");
    }

    /// The sources of this module.
    Path sources() {
        return millrace.launcher().resolveSibling("benchmarks/src/main");
    }

    /// The end of the log.
    String lastWords() throws IOException {
        if (!Files.exists(log())) {
            return "";
        }
        var lines = Files.readAllLines(log());
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    }
}
