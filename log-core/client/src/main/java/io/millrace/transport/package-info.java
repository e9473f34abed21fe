/// Frames over connections: the only place of the client and the broker that knows Vert.x.
///
/// Owner thread: a connection belongs to the loop that accepted or opened it.
@NullMarked
package io.millrace.transport;

import org.jspecify.annotations.NullMarked;
