package io.millrace.benchmarks;

import java.util.List;

/// Every scenario, in the order of the table in `benchmarks/README.md`.
final class Scenarios {
    private Scenarios() {}

    static List<Scenario> all() {
        return List.of(
                new StartScenario(),
                new IdleScenario(),
                new TransferScenario(
                        "produce-100", 100, 5_000_000, List.of(), Scenario.Durability.BOTH),
                new TransferScenario(
                        "produce-1k", 1024, 1_000_000, List.of(), Scenario.Durability.BOTH),
                new TransferScenario(
                        "produce-1k-lz4",
                        1024,
                        1_000_000,
                        List.of("compression.type=lz4"),
                        Scenario.Durability.PAGE_CACHE),
                new TransferScenario(
                        "produce-1k-zstd",
                        1024,
                        1_000_000,
                        List.of("compression.type=zstd"),
                        Scenario.Durability.PAGE_CACHE),
                new TransferScenario(
                        "produce-1k-large",
                        1024,
                        2_000_000,
                        List.of("batch.size=262144", "linger.ms=20"),
                        Scenario.Durability.PAGE_CACHE),
                new TransferScenario(
                        "fsync-1k", 1024, 200_000, List.of(), Scenario.Durability.FSYNC),
                new OwnProducerScenario(),
                new LatencyScenario("latency", Scenario.Durability.PAGE_CACHE, 10_000, 20),
                new LatencyScenario("latency-fsync", Scenario.Durability.FSYNC, 1_000, 20),
                new ColdReaderScenario(),
                new PartitionsScenario(),
                new ConnectionsScenario());
    }
}
