package io.millrace.sim;

/// A promise of the system that a run has seen broken; `invariant` is its name.
public final class InvariantBroken extends AssertionError {
    private static final long serialVersionUID = 1L;

    private final String invariant;

    public InvariantBroken(String invariant, String how) {
        super(invariant + ": " + how);
        this.invariant = invariant;
    }

    public String invariant() {
        return invariant;
    }
}
