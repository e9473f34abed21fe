package io.millrace.storage;

/// Hears of everything that was made durable together. On the thread that waited for it.
public interface SyncObserver {
    SyncObserver NONE = (_, _) -> {};

    /// @param files files and folders
    void synced(int files, long nanos);
}
