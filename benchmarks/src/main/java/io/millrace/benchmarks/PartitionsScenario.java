package io.millrace.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A node with 5,000 partitions: a first record in 4,000 of them, and its restarts.
record PartitionsScenario() implements Scenario {
    private static final int PARTITIONS_A_TOPIC = 1000;
    private static final int A_REQUEST = 100;
    private static final int WATCH_SECONDS = 20;

    @Override
    public String name() {
        return "partitions-5000";
    }

    @Override
    public String what() {
        return "first records in 4,000 new partitions 0.3; restart after stop 0.1, after kill 0.1; "
                + "memory 0.4; idle CPU 0.2";
    }

    @Override
    public Durability durability() {
        return Durability.BOTH;
    }

    @Override
    public void measure(Bench bench, Peer side, Samples samples) throws Exception {
        int port = Bench.freePort();
        Path data = bench.directory(side, port, Map.of());
        ServerProcess server = side.start(data, port, Map.of());
        try {
            fill(bench, side, server, samples);
            server.stop();
            server = restart(side, data, port, samples, "s restart after a stop");
            double before = server.usage().cpuSeconds();
            TimeUnit.SECONDS.sleep(WATCH_SECONDS);
            double used = server.usage().cpuSeconds() - before;
            samples.add("idle CPU ms/s", side.name(), used * 1000 / WATCH_SECONDS);
            samples.add("RSS MB", side.name(), server.usage().residentMegabytes());
            server.kill();
            server = restart(side, data, port, samples, "s restart after kill -9");
        } finally {
            server.close();
        }
        Bench.discard(data);
    }

    private static List<String> topics(Bench bench) {
        var names = new ArrayList<String>();
        for (int i = 0; i < bench.scaled(5); i++) {
            names.add("many-" + i);
        }
        return names;
    }

    private static void fill(Bench bench, Peer side, ServerProcess server, Samples samples)
            throws IOException, InterruptedException {
        List<String> names = topics(bench);
        try (var client = connect(server)) {
            var topics = new Topics(client);
            for (String name : names) {
                topics.create(name, PARTITIONS_A_TOPIC);
            }
            topics.awaitLeaders(names);
            topics.produce(names.getFirst(), 0, 1);
            long start = System.nanoTime();
            for (String name : names.subList(names.size() > 1 ? 1 : 0, names.size())) {
                for (int first = 0; first < PARTITIONS_A_TOPIC; first += A_REQUEST) {
                    first(topics, name, first);
                }
            }
            samples.add("s first records", side.name(), (System.nanoTime() - start) / 1e9);
        }
    }

    /// Kafka's broker may hear of its new partitions later than it tells of them.
    private static void first(Topics topics, String name, int partition)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (!topics.produce(name, partition, A_REQUEST)) {
            if (System.nanoTime() > deadline) {
                throw new IOException("first records are refused for two minutes");
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private static ServerProcess restart(
            Peer side, Path data, int port, Samples samples, String metric)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        ServerProcess server = side.start(data, port, Map.of());
        while (!serves(port)) {
            if (System.nanoTime() - start > TimeUnit.MINUTES.toNanos(5)) {
                throw new IOException("does not serve after five minutes");
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        samples.add(metric, side.name(), (System.nanoTime() - start) / 1e9);
        return server;
    }

    /// The last partition takes a record.
    private static boolean serves(int port) {
        try (var client = new RawClient(port)) {
            return new Topics(client).produce("many-0", PARTITIONS_A_TOPIC - 1, 1);
        } catch (IOException notYet) {
            return false;
        }
    }

    private static RawClient connect(ServerProcess server)
            throws IOException, InterruptedException {
        for (int attempt = 0; ; attempt++) {
            try {
                var client = new RawClient(server.port());
                new Topics(client).awaitLeaders(List.of());
                return client;
            } catch (IOException notYet) {
                if (attempt == 200) {
                    throw notYet;
                }
                TimeUnit.MILLISECONDS.sleep(50);
            }
        }
    }
}
