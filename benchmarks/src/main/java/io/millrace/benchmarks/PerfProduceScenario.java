package io.millrace.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// `millrace perf produce` beside kafka-producer-perf-test: each on its own broker, and ours on
/// ours beside Kafka's on ours.
record PerfProduceScenario() implements Scenario {
    private static final int RECORD_BYTES = 1024;
    private static final long RECORDS = 1_000_000;
    private static final List<String> PHASES = List.of("cold", "warm");

    @Override
    public Plan plan() {
        return new Plan(
                "perf-produce",
                "millrace perf produce beside kafka-producer-perf-test",
                3,
                24,
                List.of(Side.KAFKA, Side.OS));
    }

    @Override
    public List<Bar> bars() {
        return List.of(
                Bar.phases(Side.OS, "own tool MB/s", Bar.atLeast(1.5, "kafka"), Side.KAFKA),
                new Bar(
                        Side.OS,
                        "millrace perf on millrace / Kafka's tool on millrace",
                        Bar.reported("warm"),
                        List.of(s -> s.median("own tool MB/s, warm", Side.OS)
                                / s.median("Kafka's tool MB/s, warm", Side.OS))));
    }

    @Override
    public void measure(Bench bench, Side side, Samples samples)
            throws IOException, InterruptedException {
        long records = bench.scaled(RECORDS);
        var loads = new ArrayList<PerfTool.Load>();
        for (String phase : PHASES) {
            loads.add(new PerfTool.Load(phase, records, RECORD_BYTES, List.of()));
        }
        try (Node node = bench.node(side)) {
            ServerProcess server = node.start();
            node.create("cold", "warm", "other");
            for (var load : loads) {
                double rate = side.isKafka()
                        ? bench.perf().produce(server.address(), load).megabytesASecond()
                        : bench.perf().produceWithOurs(server.address(), bench.millrace(), load);
                samples.add("own tool MB/s, " + load.topic(), side, rate);
            }
            if (!side.isKafka()) {
                var other = new PerfTool.Load("other", records, RECORD_BYTES, List.of());
                samples.add(
                        "Kafka's tool MB/s, warm",
                        side,
                        bench.perf().produce(server.address(), other).megabytesASecond());
            }
        }
    }
}
