package io.millrace.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Memory and CPU of a server that nobody uses, the second time that its directory is used.
record IdleScenario() implements Scenario {
    private static final int SETTLE_SECONDS = 10;
    private static final int WATCH_SECONDS = 30;

    @Override
    public Plan plan() {
        return new Plan("idle", "memory and CPU idle", 2, 52, List.of(Side.KAFKA, Side.OS));
    }

    @Override
    public List<Bar> bars() {
        return List.of(
                Bar.plain(Side.OS, "idle RSS MB", Bar.atMost(150, "MB")),
                Bar.ratio(Side.OS, "idle CPU ms/s", Bar.atMost(0.2, "kafka"), Side.KAFKA));
    }

    @Override
    public void measure(Bench bench, Side side, Samples samples)
            throws IOException, InterruptedException {
        try (Node node = bench.node(side)) {
            node.start().close();
            ServerProcess server = node.start();
            TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
            long watched = bench.scaled(WATCH_SECONDS);
            double before = server.usage().cpuSeconds();
            TimeUnit.SECONDS.sleep(watched);
            double used = server.usage().cpuSeconds() - before;
            samples.add("idle RSS MB", side, server.usage().residentMegabytes());
            samples.add("idle CPU ms/s", side, used * 1000 / watched);
            samples.add("threads", side, server.usage().threads());
        }
    }
}
