package io.millrace.benchmarks;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Our load generator beside Kafka's, each on its own broker.
record OwnProducerScenario() implements Scenario {
    private static final int RECORD_BYTES = 1024;
    private static final long RECORDS = 2_000_000;

    @Override
    public String name() {
        return "perf-produce";
    }

    @Override
    public String what() {
        return "millrace perf produce 1.5 times kafka-producer-perf-test";
    }

    @Override
    public Durability durability() {
        return Durability.PAGE_CACHE;
    }

    @Override
    public void measure(Bench bench, Peer side, Samples samples) throws Exception {
        int port = Bench.freePort();
        Path data = bench.directory(side, port, Map.of());
        long records = bench.scaled(RECORDS);
        try (ServerProcess server = side.start(data, port, Map.of())) {
            for (String phase : List.of("cold", "warm")) {
                double rate;
                if (side instanceof MillracePeer own) {
                    try (var client = new RawClient(port)) {
                        new Topics(client).create("perf-" + phase, 1);
                    }
                    rate = own.perf(server.address(), "perf-" + phase, records, RECORD_BYTES);
                } else {
                    var load = new PerfTool.Load(
                            "perf-" + phase, records, RECORD_BYTES, -1, List.of());
                    rate = bench.tool().produce(server.address(), load).megabytesASecond();
                }
                samples.add("produce MB/s, " + phase, side.name(), rate);
            }
        }
        Bench.discard(data);
    }
}
