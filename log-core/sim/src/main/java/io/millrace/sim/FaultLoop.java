package io.millrace.sim;

import java.io.IOException;

/// Runs the same scenario again and again, failing the first disk call, then the second, and so on,
/// until a run gets through without meeting the failure. Whatever happens at a failing call, the
/// scenario must find its promises kept.
public final class FaultLoop {
    private static final int MOST_CALLS = 100_000;

    private FaultLoop() {}

    /// A run on a fresh disk on which the n-th call fails.
    public interface Scenario {
        void run(SimDisk disk) throws IOException;
    }

    /// Returns how many calls were failed, one a run.
    public static int run(Scenario scenario) throws IOException {
        for (int call = 1; call <= MOST_CALLS; call++) {
            SimDisk disk = new SimDisk(new SimWorld(call));
            disk.faults().failCall(call);
            try {
                scenario.run(disk);
            } catch (RuntimeException | Error failure) {
                throw new AssertionError(
                        "With a failure of disk call " + call + " ("
                                + disk.faults().lastFailed() + "): " + failure.getMessage(),
                        failure);
            }
            if (!disk.faults().hasFailed()) {
                return call - 1;
            }
        }
        throw new AssertionError("still failing after " + MOST_CALLS + " disk calls");
    }
}
