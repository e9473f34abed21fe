package io.millrace.benchmarks;

import java.util.ArrayList;
import java.util.List;

/// Every scenario, in the order of the table in `benchmarks/README.md`.
final class Scenarios {
    private Scenarios() {}

    /// What `all` runs.
    static List<Scenario> all() {
        var all = new ArrayList<Scenario>();
        all.add(new StartScenario());
        all.add(new IdleScenario());
        all.addAll(TransferMatrix.cells());
        all.add(TransferMatrix.slowDisk());
        all.add(new PerfProduceScenario());
        all.add(LatencyScenario.os());
        all.add(LatencyScenario.fsync());
        all.add(new OldRecordsScenario());
        all.add(new PartitionsScenario());
        all.add(new ConnectionsScenario());
        all.add(new GroupsScenario());
        return all;
    }

    /// Longer ones, for who names them.
    static List<Scenario> more() {
        var more = new ArrayList<Scenario>();
        more.add(TransferMatrix.firstMinute());
        more.addAll(TransferMatrix.compressedWithSync());
        return more;
    }
}
