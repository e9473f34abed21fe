package io.millrace.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/// Producers' waiting while a reader drains data that is not in memory, and without it. The page
/// cache is emptied before, which needs root.
record ColdReaderScenario() implements Scenario {
    private static final int RECORD_BYTES = 1024;
    private static final long COLD_RECORDS = 20_000_000;
    private static final int RATE = 5000;
    private static final int SECONDS = 40;

    @Override
    public String name() {
        return "cold-reader";
    }

    @Override
    public String what() {
        return "producers' p99 while a reader drains 20 GB of cold data: 1.2 times that without";
    }

    @Override
    public Durability durability() {
        return Durability.PAGE_CACHE;
    }

    @Override
    public void measure(Bench bench, Peer side, Samples samples) throws Exception {
        int port = Bench.freePort();
        Path data = bench.directory(side, port, Map.of());
        long cold = bench.scaled(COLD_RECORDS);
        try (ServerProcess server = side.start(data, port, Map.of());
                var threads = Executors.newSingleThreadExecutor()) {
            String address = server.address();
            bench.tool()
                    .produce(
                            address,
                            new PerfTool.Load(
                                    "cold",
                                    cold,
                                    RECORD_BYTES,
                                    -1,
                                    List.of("batch.size=262144", "linger.ms=20")));
            var hot = new PerfTool.Load(
                    "hot", (long) RATE * SECONDS, RECORD_BYTES, RATE, List.of("acks=all"));
            bench.tool().produce(address, hot);
            double alone = bench.tool().produce(address, hot).p99Ms();
            emptyPageCache();
            Callable<Double> reader = () -> bench.tool().consume(address, "cold", cold);
            var reading = threads.submit(reader);
            double beside = bench.tool().produce(address, hot).p99Ms();
            samples.add("p99 ms alone", side.name(), alone);
            samples.add("p99 ms beside a cold reader", side.name(), beside);
            samples.add("p99 beside / alone", side.name(), beside / Math.max(1, alone));
            samples.add("cold read MB/s", side.name(), reading.get());
        }
        Bench.discard(data);
    }

    private static void emptyPageCache() throws IOException, InterruptedException {
        new ProcessBuilder("sync").start().waitFor();
        Files.writeString(Path.of("/proc/sys/vm/drop_caches"), "1\n");
    }
}
