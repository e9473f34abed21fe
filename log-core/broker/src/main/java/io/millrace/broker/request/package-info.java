/// What a handler sees of a request: who asks, and what the node knows of the cluster.
///
/// Owner thread: a request belongs to the loop of its connection; what is shared is immutable.
@NullMarked
package io.millrace.broker.request;

import org.jspecify.annotations.NullMarked;
