package io.millrace.benchmarks;

import java.util.List;

/// What a scenario is, apart from its measuring.
///
/// @param what one line for people
/// @param rounds how often all sides take their turns, unless the command says otherwise
/// @param seconds about how long one side takes in one round on two processors of 2024
record Plan(String name, String what, int rounds, int seconds, List<Side> sides) {
    Plan {
        sides = List.copyOf(sides);
    }

    int totalSeconds() {
        return rounds * seconds * sides.size();
    }

    String line() {
        return String.format("%-24s ~%4d s  %s", name, totalSeconds(), what);
    }
}
