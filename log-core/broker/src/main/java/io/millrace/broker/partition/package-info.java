/// The partitions of this node while it runs: which loop owns which, and what waits for them.
///
/// Owner thread: a partition, its log and whatever waits for it belong to the loop of its shard.
@NullMarked
package io.millrace.broker.partition;

import org.jspecify.annotations.NullMarked;
