package io.millrace.storage;

/// Hears about a whole log directory; called on the directory's home loop.
public interface DirectoryListener {
    /// Its disk failed: nothing is written to it or read from it until the next start. Its logs
    /// were told.
    void offline(LogDirectory directory, String reason);

    /// There is no room for appends; reads go on.
    default void full(LogDirectory directory) {}

    /// There is room again.
    default void writable(LogDirectory directory) {}
}
