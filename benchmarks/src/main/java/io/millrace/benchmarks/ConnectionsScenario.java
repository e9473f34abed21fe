package io.millrace.benchmarks;

import io.millrace.protocol.ApiVersionsRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Ten thousand connections that asked once and are silent since.
record ConnectionsScenario() implements Scenario {
    private static final int CONNECTIONS = 10_000;
    private static final int SPARE_FILES = 500;
    private static final int SETTLE_SECONDS = 5;
    private static final int API_VERSIONS_VERSION = 3;
    private static final String MEMORY = "KiB a connection";
    private static final String THREADS = "threads more with 10,000 connections";

    @Override
    public Plan plan() {
        return new Plan(
                "connections", "10,000 idle connections", 2, 25, List.of(Side.KAFKA, Side.OS));
    }

    @Override
    public List<Bar> bars() {
        return List.of(
                Bar.plain(Side.OS, MEMORY, Bar.atMost(16, "KiB")),
                Bar.plain(Side.OS, THREADS, Bar.atMost(10, "threads")),
                Bar.plain(Side.KAFKA, MEMORY, Bar.reported("beside")),
                Bar.plain(Side.KAFKA, THREADS, Bar.reported("beside")));
    }

    @Override
    public List<Need> needs() {
        return List.of(Need.openFiles(CONNECTIONS + SPARE_FILES));
    }

    @Override
    public void measure(Bench bench, Side side, Samples samples)
            throws IOException, InterruptedException {
        var clients = new ArrayList<RawClient>();
        try (Node node = bench.node(side)) {
            ServerProcess server = node.start();
            open(clients, server.port(), 100);
            TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
            double before = server.usage().residentMegabytes();
            int threadsBefore = server.usage().threads();
            int count = Math.toIntExact(bench.scaled(CONNECTIONS));
            open(clients, server.port(), count);
            TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
            double grown = server.usage().residentMegabytes() - before;
            samples.add("connections", side, server.usage().sockets());
            samples.add(MEMORY, side, grown * 1024 / count);
            samples.add(THREADS, side, server.usage().threads() - threadsBefore);
        } finally {
            for (RawClient client : List.copyOf(clients)) {
                client.close();
            }
        }
    }

    private static void open(List<RawClient> clients, int port, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            var client = new RawClient(port);
            clients.add(client);
            client.ask(
                    ApiVersionsRequest.DEFAULT
                            .withClientSoftwareName("raw")
                            .withClientSoftwareVersion("1"),
                    API_VERSIONS_VERSION);
        }
    }
}
