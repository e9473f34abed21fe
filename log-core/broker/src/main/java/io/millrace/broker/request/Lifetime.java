package io.millrace.broker.request;

import org.jspecify.annotations.Nullable;

/// Until when somebody waits for an answer. Belongs to the connection's loop.
public final class Lifetime {
    private @Nullable Runnable onEnd;

    /// Runs when the client is gone before it was answered; replaces what was to run.
    public void onEnd(Runnable action) {
        onEnd = action;
    }

    public void end() {
        if (onEnd != null) {
            onEnd.run();
        }
    }
}
