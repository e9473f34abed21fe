package io.millrace.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The command line.
///
/// @param rounds 0: as each scenario has it
record Options(Path root, List<String> names, int rounds, double scale) {
    Options {
        names = List.copyOf(names);
    }

    static Options of(String[] args) {
        Path root = Path.of(".");
        int rounds = 0;
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
        return new Options(root.toAbsolutePath().normalize(), names, rounds, scale);
    }

    /// Those that are named, or whose names begin so and go on with a hyphen.
    List<Scenario> scenarios() {
        var chosen = new ArrayList<Scenario>();
        if (names.contains("all")) {
            chosen.addAll(Scenarios.all());
        } else {
            Scenarios.all().stream().filter(this::isNamed).forEach(chosen::add);
        }
        Scenarios.more().stream().filter(this::isNamed).forEach(chosen::add);
        for (String name : names) {
            if (!name.equals("all")
                    && chosen.stream().noneMatch(each -> matches(each.plan().name(), name))) {
                throw new IllegalArgumentException("no scenario is called " + name);
            }
        }
        return chosen;
    }

    private boolean isNamed(Scenario scenario) {
        return names.stream().anyMatch(name -> matches(scenario.plan().name(), name));
    }

    private static boolean matches(String scenario, String name) {
        return scenario.equals(name) || scenario.startsWith(name + "-");
    }
}
