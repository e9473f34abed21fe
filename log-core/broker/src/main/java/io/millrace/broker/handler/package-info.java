/// The APIs of the protocol, a class each.
///
/// Owner thread: a handler is called on the loop of each connection, so it keeps no state that is
/// not immutable or a loop's own.
@NullMarked
package io.millrace.broker.handler;

import org.jspecify.annotations.NullMarked;
