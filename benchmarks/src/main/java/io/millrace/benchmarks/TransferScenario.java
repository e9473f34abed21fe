package io.millrace.benchmarks;

import java.io.IOException;
import java.util.List;

/// Kafka's perf tools write records and read them back: throughput, and what it cost the server.
/// Cold is the first load that a new process sees, warm the second.
///
/// @param records what stock Kafka writes in some seconds
record TransferScenario(Plan plan, int recordBytes, long records, List<String> properties)
        implements Scenario {
    static final String PRODUCE_RATE = "produce MB/s";
    static final String PRODUCE_COST = "produce CPU s/GB";
    static final String CONSUME_RATE = "consume MB/s";
    static final String CONSUME_COST = "consume CPU s/GB";
    static final String DISK = "disk";
    static final String DISK_SYNC = "fdatasync p50 ms";
    static final String DISK_RATE = "fsynced MB/s";
    private static final int SHARE_WITH_SYNC = 12;

    TransferScenario {
        properties = List.copyOf(properties);
    }

    @Override
    public List<Bar> bars() {
        return TransferBars.of(plan.sides());
    }

    @Override
    public void measure(Bench bench, Side side, Samples samples)
            throws IOException, InterruptedException {
        if (side == plan.sides().getFirst()
                && plan.sides().stream().anyMatch(Side::isKafkaWithSync)) {
            var disk = DiskProbe.measure(bench.work());
            samples.add(DISK_SYNC, DISK, disk.syncMs());
            samples.add(DISK_RATE, DISK, disk.megabytesASecond());
        }
        long count = bench.scaled(records / (side.isKafkaWithSync() ? SHARE_WITH_SYNC : 1));
        double gigabytes = count * (double) recordBytes / 1e9;
        try (Node node = bench.node(side)) {
            ServerProcess server = node.start();
            node.create("cold", "warm");
            for (String phase : List.of("cold", "warm")) {
                var load = new PerfTool.Load(phase, count, recordBytes, properties);
                var meter = new Meter(server, samples, side);
                meter.add(
                        PRODUCE_RATE + ", " + phase,
                        bench.perf().produce(server.address(), load).megabytesASecond());
                meter.cost(PRODUCE_COST + ", " + phase, gigabytes);
            }
            for (String phase : List.of("cold", "warm")) {
                var meter = new Meter(server, samples, side);
                meter.add(
                        CONSUME_RATE + ", " + phase,
                        bench.perf().consume(server.address(), phase, count));
                meter.cost(CONSUME_COST + ", " + phase, gigabytes);
            }
            samples.add("RSS MB after", side, server.usage().residentMegabytes());
        }
    }

    /// Adds up what a server used since this was made.
    private static final class Meter {
        private final ServerProcess server;
        private final Samples samples;
        private final Side side;
        private final double before;

        Meter(ServerProcess server, Samples samples, Side side) throws IOException {
            this.server = server;
            this.samples = samples;
            this.side = side;
            this.before = server.usage().cpuSeconds();
        }

        void add(String metric, double value) {
            samples.add(metric, side, value);
        }

        void cost(String metric, double gigabytes) throws IOException {
            add(metric, (server.usage().cpuSeconds() - before) / gigabytes);
        }
    }
}
