/// The node: listeners, the way of a request to its handler and back, and the assembly of it all.
///
/// Owner thread: a session belongs to the loop of its connection; starting and stopping belong to
/// whoever runs the node, and block.
@NullMarked
package io.millrace.broker;

import org.jspecify.annotations.NullMarked;
