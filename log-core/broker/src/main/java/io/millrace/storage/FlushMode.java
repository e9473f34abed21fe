package io.millrace.storage;

/// What must have happened to an append before it counts as safe: before it is acknowledged,
/// replicated or read.
public enum FlushMode {
    /// It was fsynced, together with everything that waited for the same disk.
    GROUP("group"),
    /// It was handed to the operating system, as in Kafka; a loss of power takes it back.
    OS("os");

    private final String text;

    FlushMode(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
