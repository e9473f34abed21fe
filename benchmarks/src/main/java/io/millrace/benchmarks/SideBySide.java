package io.millrace.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// The command: `benchmarks/run SCENARIO ... [--rounds N] [--scale F]`.
public final class SideBySide {
    private static final int DELETE_ATTEMPTS = 50;
    private static final long DELETE_PAUSE_NANOS = 100_000_000;
    private final Options options;
    private final Bench bench;
    private final Report report;
    private final LinkedHashMap<String, String> failures = new LinkedHashMap<>();

    private SideBySide(Options options, Bench bench, Report report) {
        this.options = options;
        this.bench = bench;
        this.report = report;
    }

    public static void main(String[] args) throws IOException {
        Options options = Options.of(args);
        if (options.names().isEmpty()) {
            list();
            return;
        }
        List<Scenario> scenarios;
        try {
            scenarios = options.scenarios();
        } catch (IllegalArgumentException unknown) {
            System.err.println(unknown.getMessage() + "; benchmarks/run lists them");
            System.exit(2);
            return;
        }
        Path target = options.root().resolve("benchmarks/target");
        Path work =
                Files.createTempDirectory(Files.createDirectories(target.resolve("work")), "run-");
        var children = new Children();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> leaveNothing(children, work)));
        var kafka = new KafkaPeer(
                children,
                Path.of(System.getProperty("java.home"), "bin", "java"),
                Files.readString(target.resolve("kafka.classpath")).strip(),
                options.root().resolve("benchmarks/kafka/log4j2.properties"));
        var millrace = new MillracePeer(options.root().resolve("millrace"));
        var bench = new Bench(children, kafka, millrace, work, options.scale());
        System.exit(new SideBySide(options, bench, new Report(target.resolve("results")))
                .run(scenarios));
    }

    private static void list() {
        int seconds = Scenarios.all().stream()
                .mapToInt(each -> each.plan().totalSeconds())
                .sum();
        System.out.printf("all (about %d minutes):%n", seconds / 60);
        Scenarios.all().forEach(each -> System.out.println("  " + each.plan().line()));
        System.out.println("only by name:");
        Scenarios.more().forEach(each -> System.out.println("  " + each.plan().line()));
    }

    private static void leaveNothing(Children children, Path work) {
        children.close();
        // The main thread may be about to delete some of it, too.
        for (int attempt = 0; Files.exists(work) && attempt < DELETE_ATTEMPTS; attempt++) {
            try {
                Node.delete(work);
            } catch (IOException | UncheckedIOException goesAlready) {
                LockSupport.parkNanos(DELETE_PAUSE_NANOS);
            }
        }
        if (Files.exists(work)) {
            System.err.println("left behind: " + work);
        }
    }

    private int run(List<Scenario> scenarios) throws IOException {
        report.say("Machine: " + Machine.describe(bench.work()));
        for (Scenario scenario : scenarios) {
            if (!bench.children().isClosed()) {
                measure(scenario);
            }
        }
        report.end(failures);
        return failures.isEmpty() ? 0 : 1;
    }

    private void measure(Scenario scenario) throws IOException {
        Plan plan = scenario.plan();
        for (Need need : scenario.needs()) {
            String missing = need.missing(bench.work());
            if (!missing.isEmpty()) {
                failures.put(plan.name(), missing);
                report.say(plan.name() + " is left out: it " + missing);
                return;
            }
        }
        int rounds = options.rounds() > 0 ? options.rounds() : plan.rounds();
        var samples = new Samples();
        try {
            for (int round = 1; round <= rounds; round++) {
                for (Side side : plan.sides()) {
                    long start = System.nanoTime();
                    scenario.measure(bench, side, samples);
                    System.err.printf(
                            "%s, round %d of %d, %s: %.0f s%n",
                            plan.name(),
                            round,
                            rounds,
                            side.label(),
                            (System.nanoTime() - start) / 1e9);
                }
            }
        } catch (Exception e) {
            failures.put(plan.name(), String.valueOf(e.getMessage()));
            System.err.println(plan.name() + " failed: " + e + "\n" + bench.lastWords());
        }
        report.add(scenario, samples);
    }
}
