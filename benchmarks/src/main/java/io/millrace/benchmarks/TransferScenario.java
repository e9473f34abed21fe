package io.millrace.benchmarks;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Kafka's perf tools write records and read them back: throughput, and what it cost the broker.
record TransferScenario(
        String name, int recordBytes, long records, List<String> properties, Durability durability)
        implements Scenario {
    private static final String TOPIC = "transfer";

    TransferScenario {
        properties = List.copyOf(properties);
    }

    @Override
    public String what() {
        return "broker CPU a GB: produce 0.5, consume 0.8; throughput never below (" + recordBytes
                + " B " + String.join(" ", properties) + ")";
    }

    @Override
    public void measure(Bench bench, Peer side, Samples samples) throws Exception {
        Map<String, String> settings = durability == Durability.FSYNC && side instanceof KafkaPeer
                ? Map.of("log.flush.interval.messages", "1")
                : Map.of();
        int port = Bench.freePort();
        Path data = bench.directory(side, port, settings);
        long count = bench.scaled(records);
        double gigabytes = count * (double) recordBytes / 1e9;
        try (ServerProcess server = side.start(data, port, settings)) {
            var load = new PerfTool.Load(TOPIC, count, recordBytes, -1, properties);
            for (String phase : List.of("cold", "warm")) {
                double before = server.usage().cpuSeconds();
                var produced = bench.tool().produce(server.address(), load);
                double after = server.usage().cpuSeconds();
                samples.add("produce MB/s, " + phase, side.name(), produced.megabytesASecond());
                samples.add(
                        "produce CPU s/GB, " + phase, side.name(), (after - before) / gigabytes);
            }
            double before = server.usage().cpuSeconds();
            double rate = bench.tool().consume(server.address(), TOPIC, 2 * count);
            double after = server.usage().cpuSeconds();
            samples.add("consume MB/s", side.name(), rate);
            samples.add("consume CPU s/GB", side.name(), (after - before) / gigabytes / 2);
            samples.add("RSS MB after", side.name(), server.usage().residentMegabytes());
        }
        Bench.discard(data);
    }
}
