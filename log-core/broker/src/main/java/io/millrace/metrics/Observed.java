package io.millrace.metrics;

import java.util.concurrent.TimeoutException;

/// What the listener shows. Its methods block, for a bounded time.
public interface Observed {
    NodeFigures figures() throws TimeoutException;

    /// Why it does not live; empty when it does.
    String ailment();

    /// Why it does not serve; empty when it does.
    String unreadiness();
}
