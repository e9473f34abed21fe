package io.millrace.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// What producing and consuming are held against.
final class TransferBars {
    private static final List<String> PHASES = List.of(", cold", ", warm");

    private TransferBars() {}

    static List<Bar> of(List<Side> sides) {
        var bars = new ArrayList<Bar>();
        Side stock = sides.getFirst();
        for (Side side : sides) {
            if (!side.isKafka()) {
                bars.add(Bar.phases(
                        side, TransferScenario.PRODUCE_COST, Bar.atMost(0.5, "kafka"), stock));
                bars.add(Bar.phases(
                        side, TransferScenario.CONSUME_COST, Bar.atMost(0.8, "kafka"), stock));
                bars.add(Bar.phases(
                        side, TransferScenario.CONSUME_RATE, Bar.atLeast(1, "kafka"), stock));
            }
            switch (side) {
                case OS ->
                    bars.add(Bar.phases(
                            side, TransferScenario.PRODUCE_RATE, Bar.atLeast(1, "kafka"), stock));
                case GROUP, GROUP_SLOW -> group(side, sides, bars);
                case KAFKA, KAFKA_FSYNC, KAFKA_SLOW, KAFKA_FSYNC_SLOW -> {}
            }
        }
        return bars;
    }

    private static void group(Side group, List<Side> sides, List<Bar> bars) {
        Side stock = sides.getFirst();
        Side synced = group == Side.GROUP ? Side.KAFKA_FSYNC : Side.KAFKA_FSYNC_SLOW;
        bars.add(Bar.phases(
                group,
                TransferScenario.PRODUCE_RATE,
                Bar.reported("of " + synced.label()),
                synced));
        bars.add(new Bar(
                group,
                "produce MB/s, cold / warm",
                Bar.atLeast(1, "the smaller of 3 kafka-fsync and 0.8 kafka"),
                PHASES.stream()
                        .map(phase -> smaller(phase, group, synced, stock))
                        .toList()));
        if (group == Side.GROUP) {
            bars.add(new Bar(
                    group,
                    "produce MB/s, cold / warm",
                    Bar.atLeast(0.8, "the smaller of os and the disk's fsynced bandwidth"),
                    PHASES.stream().map(TransferBars::ofOwn).toList()));
            bars.add(new Bar(
                    group,
                    "the disk's fdatasync, p50, ms",
                    Bar.reported("beside"),
                    List.of(s -> s.median(TransferScenario.DISK_SYNC, TransferScenario.DISK))));
        }
    }

    private static ToDoubleFunction<Samples> smaller(
            String phase, Side group, Side synced, Side stock) {
        String metric = TransferScenario.PRODUCE_RATE + phase;
        return s -> s.median(metric, group)
                / Math.min(3 * s.median(metric, synced), 0.8 * s.median(metric, stock));
    }

    private static ToDoubleFunction<Samples> ofOwn(String phase) {
        String metric = TransferScenario.PRODUCE_RATE + phase;
        return s -> s.median(metric, Side.GROUP)
                / Math.min(
                        s.median(metric, Side.OS),
                        s.median(TransferScenario.DISK_RATE, TransferScenario.DISK));
    }
}
