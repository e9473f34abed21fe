package io.millrace.benchmarks;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Time to acknowledgement at a fixed rate, about a third of what Kafka can do.
record LatencyScenario(String name, Durability durability, int recordsASecond, int seconds)
        implements Scenario {
    private static final int RECORD_BYTES = 1024;

    @Override
    public String what() {
        return "time to acknowledgement, p50 and p99, at " + recordsASecond + " records/s: "
                + (durability == Durability.FSYNC ? "0.5" : "0.7") + " times";
    }

    @Override
    public void measure(Bench bench, Peer side, Samples samples) throws Exception {
        Map<String, String> settings = durability == Durability.FSYNC && side instanceof KafkaPeer
                ? Map.of("log.flush.interval.messages", "1")
                : Map.of();
        int port = Bench.freePort();
        Path data = bench.directory(side, port, settings);
        try (ServerProcess server = side.start(data, port, settings)) {
            long records = bench.scaled((long) recordsASecond * seconds);
            var load = new PerfTool.Load(
                    "latency", records, RECORD_BYTES, recordsASecond, List.of("acks=all"));
            bench.tool().produce(server.address(), load);
            var warm = bench.tool().produce(server.address(), load);
            samples.add("ack p50 ms", side.name(), warm.p50Ms());
            samples.add("ack p99 ms", side.name(), warm.p99Ms());
            samples.add("ack p99.9 ms", side.name(), warm.p999Ms());
            double[] endToEnd = bench.tool().endToEnd(server.address(), bench.scaled(5000));
            samples.add("end to end p50 ms", side.name(), endToEnd[0]);
            samples.add("end to end p99 ms", side.name(), endToEnd[1]);
        }
        Bench.discard(data);
    }
}
