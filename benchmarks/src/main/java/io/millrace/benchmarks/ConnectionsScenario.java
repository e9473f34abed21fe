package io.millrace.benchmarks;

import io.millrace.protocol.ApiVersionsRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Ten thousand connections that asked once and are silent since.
record ConnectionsScenario() implements Scenario {
    private static final int CONNECTIONS = 10_000;
    private static final int API_VERSIONS_VERSION = 3;

    @Override
    public String name() {
        return "connections";
    }

    @Override
    public String what() {
        return "10,000 idle connections: no thread each, at most 16 KiB a connection";
    }

    @Override
    public Durability durability() {
        return Durability.PAGE_CACHE;
    }

    @Override
    public void measure(Bench bench, Peer side, Samples samples) throws Exception {
        int port = Bench.freePort();
        Path data = bench.directory(side, port, Map.of());
        var clients = new ArrayList<RawClient>();
        try (ServerProcess server = side.start(data, port, Map.of())) {
            TimeUnit.SECONDS.sleep(5);
            open(clients, server.port(), 100);
            double before = server.usage().residentMegabytes();
            int count = Math.toIntExact(bench.scaled(CONNECTIONS));
            open(clients, server.port(), count);
            TimeUnit.SECONDS.sleep(5);
            double grown = server.usage().residentMegabytes() - before;
            samples.add("KiB a connection", side.name(), grown * 1024 / count);
            samples.add("threads", side.name(), server.usage().threads());
        } finally {
            for (RawClient client : List.copyOf(clients)) {
                client.close();
            }
        }
        Bench.discard(data);
    }

    private static void open(List<RawClient> clients, int port, int count) throws Exception {
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
