package io.millrace.protocol;

/// Assertions that are always on.
public final class Check {
    private Check() {}

    /// Throws if `condition` is false: a bug of ours, never the fault of a peer, a disk or an
    /// operator. The message must be a constant; where it needs values, write `if (…) throw
    /// Check.failed(…)`.
    public static void that(boolean condition, String message) {
        if (!condition) {
            throw failed(message);
        }
    }

    /// The exception to throw where a bug was found.
    public static IllegalStateException failed(String message) {
        return new IllegalStateException("bug: " + message);
    }

    /// Throws [BadSetting] if `condition` is false.
    public static void setting(boolean condition, String message) {
        if (!condition) {
            throw new BadSetting(message);
        }
    }
}
