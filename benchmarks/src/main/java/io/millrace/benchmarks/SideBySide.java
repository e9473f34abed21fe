package io.millrace.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The command: `benchmarks/run SCENARIO ... [--rounds N] [--scale F] [--set key=value]`.
public final class SideBySide {
    private SideBySide() {}

    public static void main(String[] args) throws Exception {
        Path root = Path.of(".");
        int rounds = 3;
        double scale = 1;
        var names = new ArrayList<String>();
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--root" -> root = Path.of(args[++i]);
                case "--rounds" -> rounds = Integer.parseInt(args[++i]);
                case "--scale" -> scale = Double.parseDouble(args[++i]);
                default -> names.add(args[i]);
            }
        }
        var scenarios = Scenarios.all();
        if (names.isEmpty()) {
            scenarios.forEach(s -> System.out.printf("%-22s %s%n", s.name(), s.what()));
            return;
        }
        run(root, scenarios.stream().filter(s -> names.contains(s.name())).toList(), rounds, scale);
    }

    private static void run(Path root, List<Scenario> scenarios, int rounds, double scale)
            throws Exception {
        Path target = root.toAbsolutePath().resolve("benchmarks/target");
        Path work = Files.createDirectories(target.resolve("work"));
        var kafka = new KafkaPeer(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                Files.readString(target.resolve("kafka.classpath")).strip(),
                root.resolve("benchmarks/kafka/log4j2.properties").toAbsolutePath());
        var bench = new Bench(new PerfTool(kafka), work, scale);
        Path launcher = root.toAbsolutePath().resolve("millrace");
        for (Scenario scenario : scenarios) {
            var samples = new Samples();
            for (int round = 1; round <= rounds; round++) {
                for (Peer side : sides(scenario, kafka, launcher)) {
                    System.err.printf("%s, round %d, %s%n", scenario.name(), round, side.name());
                    scenario.measure(bench, side, samples);
                }
            }
            System.out.println("\n## " + scenario.name() + ": " + scenario.what() + "\n");
            System.out.println(samples.table());
        }
    }

    private static List<Peer> sides(Scenario scenario, KafkaPeer kafka, Path launcher) {
        return switch (scenario.durability()) {
            case PAGE_CACHE ->
                List.of(kafka, new MillracePeer("os", launcher, Map.of("log.flush", "os")));
            case FSYNC ->
                List.of(kafka, new MillracePeer("group", launcher, Map.of("log.flush", "group")));
            case BOTH ->
                List.of(
                        kafka,
                        new MillracePeer("os", launcher, Map.of("log.flush", "os")),
                        new MillracePeer("group", launcher, Map.of("log.flush", "group")));
        };
    }
}
