package io.millrace.protocol;

/// A message cannot be written in the version that the other side speaks without losing a value.
public final class UnsupportedVersion extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// `version` of `message` has no place for the value of `field`.
    public UnsupportedVersion(String message, String field, int version) {
        this(message + " version " + version + " cannot carry " + field
                + "; leave it at its default, or use a peer that speaks a newer version");
    }

    UnsupportedVersion(String message) {
        super(message);
    }
}
