package io.millrace.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A topic that holds much already: throughput beside that of an empty one, and producers' waiting
/// while a reader drains what is no longer in memory. Segments are as much smaller than stock as
/// the data is smaller than 100 GB, so that there are as many. The reader runs with the lowest
/// priority: elsewhere it would be on a machine of its own.
record OldRecordsScenario() implements Scenario {
    private static final int RECORD_BYTES = 1024;
    private static final long WANTED_BYTES = 6_000_000_000L;
    private static final double SHARE_OF_FREE = 0.4;
    private static final double FULL_BYTES = 100e9;
    private static final int STOCK_SEGMENT = 1 << 30;
    private static final long THROUGHPUT_RECORDS = 400_000;
    private static final int REPEATS = 3;
    private static final int RATE = 5000;
    private static final int WARM_SECONDS = 3;
    private static final int ALONE_SECONDS = 12;
    private static final String RETAINED = "produce MB/s beside old data";
    private static final String EMPTY = "produce MB/s into an empty topic";
    private static final String ALONE = "p99 µs without a reader";
    private static final String BESIDE = "p99 µs beside a cold reader";

    @Override
    public Plan plan() {
        return new Plan(
                "old-records",
                "throughput with retained data; p99 beside a reader of cold data (6 GB; --scale)",
                1,
                190,
                List.of(Side.KAFKA, Side.OS));
    }

    @Override
    public List<Bar> bars() {
        var bars = new ArrayList<Bar>();
        for (Side side : plan().sides()) {
            bars.add(new Bar(
                    side,
                    "throughput with old data, of that without",
                    side.isKafka() ? Bar.reported("beside") : Bar.atLeast(0.97, "itself"),
                    List.of(s -> s.median(RETAINED, side) / s.median(EMPTY, side))));
            bars.add(new Bar(
                    side,
                    "producers' p99 beside a cold reader, of that without",
                    side.isKafka() ? Bar.reported("beside") : Bar.atMost(1.2, "itself"),
                    List.of(s -> s.median(BESIDE, side) / s.median(ALONE, side))));
        }
        return bars;
    }

    @Override
    public List<Need> needs() {
        return List.of(Need.ROOT, Need.disk(2_000_000_000L));
    }

    @Override
    public void measure(Bench bench, Side side, Samples samples)
            throws IOException, InterruptedException {
        long free = Files.getFileStore(bench.work()).getUsableSpace();
        long bytes = (long) Math.min(bench.scaled(WANTED_BYTES), free * SHARE_OF_FREE);
        long records = bytes / RECORD_BYTES;
        int segment = (int) Math.max(1 << 20, STOCK_SEGMENT * Math.min(1, bytes / FULL_BYTES));
        var settings = Map.of("log.segment.bytes", Integer.toString(segment));
        try (Node node = bench.node(side, settings)) {
            ServerProcess server = node.start();
            node.create("old", "hot");
            samples.add("old data GB", side, bytes / 1e9);
            bench.perf()
                    .produce(
                            server.address(),
                            new PerfTool.Load("old", records, RECORD_BYTES, PerfTool.LARGE));
            throughput(bench, side, node, samples);
            long all = records + REPEATS * bench.scaled(THROUGHPUT_RECORDS);
            for (int i = 0; i < REPEATS - 1; i++) {
                var alone = hot(bench, ALONE_SECONDS);
                samples.add(
                        ALONE,
                        side,
                        bench.latency()
                                .measure(server.address(), alone)
                                .acknowledged()
                                .p99());
                emptyPageCache(bench);
                beside(bench, side, server.address(), all, samples);
            }
        }
    }

    private static void throughput(Bench bench, Side side, Node node, Samples samples)
            throws IOException, InterruptedException {
        for (int i = 0; i < REPEATS; i++) {
            node.create("empty-" + i);
            for (String topic : List.of("old", "empty-" + i)) {
                settle(bench);
                var load = new PerfTool.Load(
                        topic, bench.scaled(THROUGHPUT_RECORDS), RECORD_BYTES, List.of());
                double rate = bench.perf().produce(node.address(), load).megabytesASecond();
                samples.add(topic.equals("old") ? RETAINED : EMPTY, side, rate);
            }
        }
    }

    private static LatencyTool.Load hot(Bench bench, int seconds) {
        return new LatencyTool.Load(
                "hot",
                RECORD_BYTES,
                Math.min(RATE, RATE * bench.scale() * 2),
                WARM_SECONDS,
                seconds);
    }

    private static void beside(
            Bench bench, Side side, String address, long records, Samples samples)
            throws IOException, InterruptedException {
        try (var probe = bench.latency().begin(address, hot(bench, 0))) {
            Thread.sleep(WARM_SECONDS * 1000L);
            double rate = bench.perf().consumePolitely(address, "old", records);
            samples.add(BESIDE, side, probe.end().acknowledged().p99());
            samples.add("cold read MB/s", side, rate);
        }
    }

    /// What was written before must not be written to the disk while something is measured.
    private static void settle(Bench bench) throws IOException, InterruptedException {
        bench.children().output(new ProcessBuilder("sync", "-f", bench.work().toString()));
    }

    private static void emptyPageCache(Bench bench) throws IOException, InterruptedException {
        settle(bench);
        Files.writeString(Need.DROP_CACHES, "1\n");
    }
}
