package io.millrace.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Millrace as its users start it.
record MillracePeer(String name, Path launcher, Map<String, String> own) implements Peer {
    private static final double MEGABYTE = 1024 * 1024;
    private static final Pattern RATE = Pattern.compile("\"records/s\"\\s*:\\s*\"?(\\d+)");

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

    /// MB/s of our own load generator, in the unit of Kafka's tool.
    double perf(String address, String topic, long records, int recordBytes)
            throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        launcher.toString(),
                        "perf",
                        "produce",
                        topic,
                        "--records",
                        Long.toString(records),
                        "--size",
                        Integer.toString(recordBytes),
                        "--json",
                        "--bootstrap",
                        address)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        var matcher = RATE.matcher(output);
        if (process.waitFor() != 0 || !matcher.find()) {
            throw new IOException("millrace perf produce failed:\n" + output);
        }
        return Double.parseDouble(matcher.group(1)) * recordBytes / MEGABYTE;
    }

    private static void set(List<String> command, Map<String, String> settings) {
        settings.forEach((key, value) -> command.addAll(List.of("--set", key + "=" + value)));
    }
}
