package io.millrace.storage;

/// Mistakes that storage could make, planted below or beside it. The simulation must find each one,
/// or it proves nothing.
enum PlantedBug {
    NONE,
    /// `force` does nothing.
    SKIPS_FSYNC,
    /// Now and then one `force` is forgotten.
    FORGETS_SOME_FSYNCS,
    /// Directories are never synced.
    FORGETS_DIRECTORY_SYNC,
    /// Appends are acknowledged when they are written, not when they are flushed.
    ACKNOWLEDGES_BEFORE_FLUSH,
    /// A torn tail is not cut off.
    NEVER_TRUNCATES,
    /// A torn tail is cut off too early.
    TRUNCATES_TOO_MUCH,
    /// Checkpoints are renamed before their content is safe.
    RENAMES_BEFORE_FSYNC,
    /// A failed `force` is tried again, and believed when it then succeeds.
    BELIEVES_A_RETRIED_FSYNC,
    /// Producers are not recognised after a restart when they repeat a batch.
    FORGETS_PRODUCERS
}
