package io.millrace.benchmarks;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Memory and CPU of a server that nobody uses.
record IdleScenario() implements Scenario {
    private static final int SETTLE_SECONDS = 10;
    private static final int WATCH_SECONDS = 30;

    @Override
    public String name() {
        return "idle";
    }

    @Override
    public String what() {
        return "memory idle at most 150 MB; idle CPU 0.2 times";
    }

    @Override
    public Durability durability() {
        return Durability.PAGE_CACHE;
    }

    @Override
    public void measure(Bench bench, Peer side, Samples samples) throws Exception {
        int port = Bench.freePort();
        Path data = bench.directory(side, port, Map.of());
        side.start(data, port, Map.of()).close();
        try (ServerProcess server = side.start(data, port, Map.of())) {
            TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
            double before = server.usage().cpuSeconds();
            TimeUnit.SECONDS.sleep(WATCH_SECONDS);
            double used = server.usage().cpuSeconds() - before;
            samples.add("idle RSS MB", side.name(), server.usage().residentMegabytes());
            samples.add("idle CPU ms/s", side.name(), used * 1000 / WATCH_SECONDS);
            samples.add("threads", side.name(), server.usage().threads());
        }
        Bench.discard(data);
    }
}
