package io.millrace.storage;

import java.util.concurrent.Executor;

/// Where a log directory blocks. Each runs its tasks one after the other or in parallel, but never
/// on a loop; the simulator brings its own.
///
/// @param writer one thread of this directory's own: appends and fsyncs
/// @param readers a few threads: what is not in the page cache
/// @param background one thread of low priority: sealing segments, deleting, compacting
public record StorageThreads(Executor writer, Executor readers, Executor background) {}
