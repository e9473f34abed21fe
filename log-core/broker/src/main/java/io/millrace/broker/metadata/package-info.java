/// The metadata log of a quorum of one: Kafka's files in `__cluster_metadata-0`, the journal over
/// them, and the driver that runs the controller and tells everyone what became of the cluster.
///
/// Owner thread: a driver belongs to one loop; what says that it blocks runs at start, or on a
/// writer or background thread.
@NullMarked
package io.millrace.broker.metadata;

import org.jspecify.annotations.NullMarked;
