/// Runs the group coordinators: one machine for each partition of `__consumer_offsets` that this
/// node leads, over the log of that partition.
///
/// Owner thread: the loop of the partition's shard.
@NullMarked
package io.millrace.broker.coordinator;

import org.jspecify.annotations.NullMarked;
