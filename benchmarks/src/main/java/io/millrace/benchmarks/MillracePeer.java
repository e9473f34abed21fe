package io.millrace.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Millrace as its users start it.
record MillracePeer(String name, Path launcher, Map<String, String> own) implements Peer {
    @Override
    public void prepare(Path data, int port, Map<String, String> settings) {}

    @Override
    public ServerProcess launch(Path data, int port, Map<String, String> settings)
            throws IOException {
        var command = new ArrayList<String>(List.of(
                launcher.toString(),
                "up",
                "--data",
                data.toString(),
                "--listen",
                "127.0.0.1:" + port,
                "--roles",
                "broker,controller"));
        set(command, own);
        set(command, settings);
        File log = data.resolveSibling(data.getFileName() + ".millrace.log").toFile();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start();
        return new ServerProcess(process, port, log.toPath());
    }

    private static void set(List<String> command, Map<String, String> settings) {
        settings.forEach((key, value) -> command.addAll(List.of("--set", key + "=" + value)));
    }
}
