package io.millrace.host;

import io.millrace.protocol.ErrorCode;

/// What came of a command that was given to a {@link MachineHost}.
///
/// @param <P> replies of the machine
public sealed interface Answer<P> {
    /// The machine's own reply; everything it tells is committed.
    record Replied<P>(P reply) implements Answer<P> {}

    /// The host's refusal. If the command was decided before its log was lost, its effect is
    /// unknown: it may be found in the log after a reload.
    record Refused<P>(ErrorCode reason) implements Answer<P> {}
}
