package io.millrace.broker.request;

/// Slows down who exceeds his quota. Asked on the connection's loop.
public interface Throttle {
    Throttle NONE = (_, _) -> 0;

    /// For how many milliseconds nothing more is read from the connection, after this answer.
    int throttleMs(RequestContext context, int requestBytes);
}
