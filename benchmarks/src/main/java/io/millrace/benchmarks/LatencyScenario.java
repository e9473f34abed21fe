package io.millrace.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// Time to acknowledgement and from end to end at 30 % of what Kafka can do, in microseconds, and
/// how much of it is left when an echo server's time is taken off both.
///
/// Owner thread: main; it keeps Kafka's peak from its first turn.
final class LatencyScenario implements Scenario {
    static final int RECORD_BYTES = 1024;
    private static final String TOPIC = "latency";
    private static final String ECHO = "echo";
    private static final List<String> KINDS = List.of("ack", "end to end");
    private static final int ANSWER_BYTES = 64;
    private static final int WARM_SECONDS = 4;
    private static final int SECONDS = 10;
    private static final double SHARE = 0.3;
    private final Plan plan;
    private final double factor;
    private final long peakRecords;
    private double rate;

    private LatencyScenario(Plan plan, double factor, long peakRecords) {
        this.plan = plan;
        this.factor = factor;
        this.peakRecords = peakRecords;
    }

    static LatencyScenario os() {
        var sides = List.of(Side.KAFKA, Side.OS);
        return new LatencyScenario(
                new Plan("latency-os", "at 30 % of Kafka's peak, five pairs", 5, 26, sides),
                0.7,
                600_000);
    }

    static LatencyScenario fsync() {
        var sides = List.of(Side.KAFKA_FSYNC, Side.GROUP);
        return new LatencyScenario(
                new Plan(
                        "latency-fsync",
                        "the same with syncs: group beside Kafka's flush.messages=1",
                        5,
                        26,
                        sides),
                0.5,
                40_000);
    }

    @Override
    public Plan plan() {
        return plan;
    }

    @Override
    public List<Bar> bars() {
        Side kafka = plan.sides().getFirst();
        Side ours = plan.sides().getLast();
        var bars = new ArrayList<Bar>();
        for (String kind : KINDS) {
            for (String percent : List.of(" p50 µs", " p99 µs", " p99.9 µs")) {
                String metric = kind + percent;
                var limit = percent.equals(" p99.9 µs")
                        ? Bar.reported("of " + kafka.label())
                        : Bar.atMost(factor, kafka.label());
                bars.add(new Bar(
                        ours,
                        metric + ", less the echo's / as it is",
                        limit,
                        List.of(aboveFloor(metric, ours, kafka), Bar.ratio(metric, ours, kafka))));
            }
        }
        return bars;
    }

    private static ToDoubleFunction<Samples> aboveFloor(String metric, Side side, Side to) {
        return s -> {
            double floor = s.median(metric, ECHO);
            return (s.median(metric, side) - floor) / (s.median(metric, to) - floor);
        };
    }

    @Override
    public void measure(Bench bench, Side side, Samples samples)
            throws IOException, InterruptedException {
        try (Node node = bench.node(side)) {
            ServerProcess server = node.start();
            node.create(TOPIC);
            if (rate == 0) {
                rate = SHARE * peak(bench, server, samples, side);
            }
            var seen = bench.latency()
                    .measure(
                            server.address(),
                            new LatencyTool.Load(
                                    TOPIC,
                                    RECORD_BYTES,
                                    rate,
                                    WARM_SECONDS,
                                    Math.toIntExact(bench.scaled(SECONDS))));
            add(samples, KINDS.getFirst(), side.label(), seen.acknowledged());
            add(samples, KINDS.getLast(), side.label(), seen.arrived());
            samples.add("reached records/s", side, seen.rate());
            samples.add("requests/s", side, seen.requestsASecond());
            if (side.isKafka()) {
                server.close();
                floor(bench, samples, seen);
            }
        }
    }

    /// The second of two loads, records a second.
    private double peak(Bench bench, ServerProcess server, Samples samples, Side side)
            throws IOException, InterruptedException {
        var load = new PerfTool.Load("peak", bench.scaled(peakRecords), RECORD_BYTES, List.of());
        bench.perf().produce(server.address(), load);
        double peak = bench.perf().produce(server.address(), load).recordsASecond();
        samples.add("peak records/s", side, peak);
        return peak;
    }

    private static void floor(Bench bench, Samples samples, LatencyTool.Seen seen)
            throws IOException {
        var echo = new EchoFloor(bench.children(), bench.kafka());
        int bytes = seen.requestBytes();
        double requests = seen.requestsASecond();
        add(samples, KINDS.getFirst(), ECHO, echo.measure(bytes, ANSWER_BYTES, requests));
        add(samples, KINDS.getLast(), ECHO, echo.measure(bytes, bytes, requests));
    }

    private static void add(
            Samples samples, String kind, String whose, Micros.Percentiles percentiles) {
        samples.add(kind + " p50 µs", whose, percentiles.p50());
        samples.add(kind + " p99 µs", whose, percentiles.p99());
        samples.add(kind + " p99.9 µs", whose, percentiles.p999());
    }
}
