package io.millrace.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A node with 5,000 partitions: a first record in 4,000 of them, and its restarts.
record PartitionsScenario() implements Scenario {
    private static final String FIRST = "first records in 4,000 new partitions, s";
    private static final String SYNCS = "… syncs";
    private static final String SYNCED_FILES = "… synced files";
    private static final String AFTER_STOP = "restart after a stop, s";
    private static final String AFTER_KILL = "restart after kill -9, s";
    private static final String MEMORY = "RSS MB";
    private static final String CPU = "idle CPU ms/s";
    private static final int PARTITIONS_A_TOPIC = 1000;
    private static final int A_REQUEST = 100;
    private static final int WATCH_SECONDS = 20;

    @Override
    public Plan plan() {
        return new Plan(
                "partitions-5000",
                "first records in 4,000 new partitions, restarts, memory and CPU with 5,000",
                1,
                70,
                List.of(Side.KAFKA, Side.OS, Side.GROUP));
    }

    @Override
    public List<Bar> bars() {
        return List.of(
                Bar.ratio(Side.OS, FIRST, Bar.atMost(0.3, "kafka"), Side.KAFKA),
                Bar.ratio(Side.OS, AFTER_STOP, Bar.atMost(0.1, "kafka"), Side.KAFKA),
                Bar.ratio(Side.OS, AFTER_KILL, Bar.atMost(0.1, "kafka"), Side.KAFKA),
                Bar.ratio(Side.OS, MEMORY, Bar.atMost(0.4, "kafka"), Side.KAFKA),
                Bar.ratio(Side.OS, CPU, Bar.atMost(0.2, "kafka"), Side.KAFKA),
                Bar.ratio(Side.GROUP, FIRST, Bar.reported("of kafka"), Side.KAFKA),
                Bar.plain(Side.GROUP, SYNCS, Bar.reported("rounds")),
                Bar.plain(Side.GROUP, SYNCED_FILES, Bar.reported("files and folders")));
    }

    @Override
    public void measure(Bench bench, Side side, Samples samples)
            throws IOException, InterruptedException {
        try (Node node = bench.node(side)) {
            ServerProcess server = node.start();
            fill(bench, side, node, samples);
            server.stop();
            server = restart(side, node, samples, AFTER_STOP);
            double before = server.usage().cpuSeconds();
            TimeUnit.SECONDS.sleep(WATCH_SECONDS);
            double used = server.usage().cpuSeconds() - before;
            samples.add(CPU, side, used * 1000 / WATCH_SECONDS);
            samples.add(MEMORY, side, server.usage().residentMegabytes());
            server.kill();
            restart(side, node, samples, AFTER_KILL);
        }
    }

    private static List<String> topics(Bench bench) {
        var names = new ArrayList<String>();
        for (int i = 0; i < bench.scaled(5); i++) {
            names.add("many-" + i);
        }
        return names;
    }

    private static void fill(Bench bench, Side side, Node node, Samples samples)
            throws IOException, InterruptedException {
        List<String> names = topics(bench);
        try (var client = node.client()) {
            var topics = new Topics(client);
            for (String name : names) {
                topics.create(name, PARTITIONS_A_TOPIC);
            }
            topics.awaitLeaders(names);
            topics.produce(names.getFirst(), 0, 1);
            var metrics = MetricsPage.of(side, node);
            long start = System.nanoTime();
            for (String name : names.subList(names.size() > 1 ? 1 : 0, names.size())) {
                for (int first = 0; first < PARTITIONS_A_TOPIC; first += A_REQUEST) {
                    first(topics, name, first);
                }
            }
            samples.add(FIRST, side, (System.nanoTime() - start) / 1e9);
            if (side == Side.GROUP) {
                var later = MetricsPage.of(side, node);
                samples.add(SYNCS, side, later.since(metrics, "millrace_log_sync_seconds_count"));
                samples.add(
                        SYNCED_FILES, side, later.since(metrics, "millrace_log_sync_files_sum"));
            }
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

    private static ServerProcess restart(Side side, Node node, Samples samples, String metric)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        ServerProcess server = node.launch();
        server.awaitPort(300_000);
        while (!serves(server.port())) {
            if (System.nanoTime() - start > TimeUnit.MINUTES.toNanos(5)) {
                throw new IOException("does not serve after five minutes");
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
        samples.add(metric, side, (System.nanoTime() - start) / 1e9);
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
}
