package io.millrace.sim;

/// Ends whatever runs, in the middle of it, because the simulated node has lost its power. An error
/// and not an exception, so that no code under test takes it for a failure of its disk.
public final class PowerLoss extends Error {
    private static final long serialVersionUID = 1L;

    public PowerLoss() {
        super("the power is gone", null, false, false);
    }
}
