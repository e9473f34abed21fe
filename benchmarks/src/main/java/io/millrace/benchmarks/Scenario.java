package io.millrace.benchmarks;

import java.util.List;

/// One comparison. Called once a round for each side, in turns.
interface Scenario {
    Plan plan();

    List<Bar> bars();

    /// Without these it cannot be measured here.
    default List<Need> needs() {
        return List.of();
    }

    void measure(Bench bench, Side side, Samples samples) throws Exception;
}
