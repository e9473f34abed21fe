package io.millrace.platform;

/// What a check of a setup has found.
///
/// @param mend what to do; `-` when nothing
public record Finding(String check, State state, String found, String mend) {
    /// How bad it is.
    public enum State {
        FINE,
        /// It starts, and will disappoint.
        POOR,
        /// It does not start.
        BAD
    }

    static Finding fine(String check, String found) {
        return new Finding(check, State.FINE, found, "-");
    }

    static Finding poor(String check, String found, String mend) {
        return new Finding(check, State.POOR, found, mend);
    }

    static Finding bad(String check, String found, String mend) {
        return new Finding(check, State.BAD, found, mend);
    }
}
