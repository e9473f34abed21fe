package io.millrace.benchmarks;

import java.util.List;

/// A transfer on a disk whose syncs take longer, for both programs.
record SlowDiskScenario(TransferScenario transfer) implements Scenario {
    @Override
    public Plan plan() {
        return transfer.plan();
    }

    @Override
    public List<Bar> bars() {
        return transfer.bars();
    }

    @Override
    public List<Need> needs() {
        return List.of(Need.COMPILER);
    }

    @Override
    public void measure(Bench bench, Side side, Samples samples) throws Exception {
        transfer.measure(bench, side, samples);
    }
}
