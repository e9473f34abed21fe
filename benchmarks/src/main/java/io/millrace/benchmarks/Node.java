package io.millrace.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// One server's folder and port. It is started as often as a scenario wants, and leaves nothing.
final class Node implements AutoCloseable {
    private final Bench bench;
    private final Side side;
    private final Map<String, String> settings;
    private final Path folder;
    private final int port;
    private final List<ServerProcess> started = new ArrayList<>();

    Node(Bench bench, Side side, Map<String, String> settings)
            throws IOException, InterruptedException {
        this.bench = bench;
        this.side = side;
        this.settings = Map.copyOf(settings);
        this.port = Ports.free();
        this.folder = Files.createTempDirectory(bench.work(), side.label() + "-");
        peer().prepare(data(), port, settings);
    }

    private Peer peer() {
        return side.isKafka() ? bench.kafka() : bench.millrace();
    }

    private Path data() {
        return folder.resolve("data");
    }

    int port() {
        return port;
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    /// Starts the process and returns at once.
    ServerProcess launch() throws IOException, InterruptedException {
        Path log = bench.log();
        var builder = new ProcessBuilder(peer().command(data(), port, settings))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        if (side.syncDelayMs() > 0) {
            SyncDelay.apply(builder, bench, side.syncDelayMs());
        }
        var server = new ServerProcess(bench.children().start(builder), port, log);
        started.add(server);
        return server;
    }

    /// Starts the process and waits until it answers a client.
    ServerProcess start() throws IOException, InterruptedException {
        ServerProcess server = launch();
        server.awaitPort(120_000);
        client().close();
        return server;
    }

    /// A client of a server that answers: one that has just opened its port may still refuse.
    RawClient client() throws IOException, InterruptedException {
        for (int attempt = 0; ; attempt++) {
            RawClient client = new RawClient(port);
            try {
                new Topics(client).awaitLeaders(List.of());
                return client;
            } catch (IOException notYet) {
                client.close();
                if (attempt == 200) {
                    throw notYet;
                }
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
    }

    /// Makes topics of one partition, and waits until they have leaders.
    void create(String... topics) throws IOException, InterruptedException {
        try (RawClient client = client()) {
            for (String topic : topics) {
                new Topics(client).create(topic, 1);
            }
            new Topics(client).awaitLeaders(List.of(topics));
        }
    }

    @Override
    public void close() throws IOException {
        started.forEach(ServerProcess::close);
        delete(folder);
    }

    static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
