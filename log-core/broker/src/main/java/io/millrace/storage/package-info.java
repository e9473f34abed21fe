/// Partitions on disk, in Kafka's formats: segments of record batches with their indexes,
/// checkpoints, recovery, retention and compaction.
///
/// Owner thread: a {@link io.millrace.storage.PartitionLog} belongs to one loop, which decides
/// everything about it and never touches a disk. The writer thread of its {@link
/// io.millrace.storage.LogDirectory} appends and syncs, reader threads fetch what is not in memory,
/// one background thread seals, deletes and compacts; a type that is not a log's says whose it is.
@NullMarked
package io.millrace.storage;

import org.jspecify.annotations.NullMarked;
