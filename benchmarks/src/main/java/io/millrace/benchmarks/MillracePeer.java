package io.millrace.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Millrace as its users start it.
record MillracePeer(Path launcher) implements Peer {
    @Override
    public void prepare(Path data, int port, Map<String, String> settings) {}

    @Override
    public List<String> command(Path data, int port, Map<String, String> settings) {
        var command = new ArrayList<String>();
        command.add(launcher.toString());
        command.add("up");
        command.addAll(List.of("--data", data.toString()));
        command.addAll(List.of("--listen", "127.0.0.1:" + port));
        command.addAll(List.of("--roles", "broker,controller"));
        set(command, "metrics.listen", "127.0.0.1:" + metricsPort(port));
        settings.forEach((key, value) -> set(command, key, value));
        return command;
    }

    /// Where a node that listens on `port` tells its metrics.
    static int metricsPort(int port) {
        return port + 2;
    }

    private static void set(List<String> command, String key, String value) {
        command.addAll(List.of("--set", key + "=" + value));
    }
}
