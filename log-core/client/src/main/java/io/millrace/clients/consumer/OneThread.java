package io.millrace.clients.consumer;

import java.util.ConcurrentModificationException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Lets one thread use the consumer at a time, and nobody after the end. A thread that is in may
/// come in again, from a listener for example.
final class OneThread {
    private final AtomicReference<@Nullable Thread> user = new AtomicReference<>();

    // Both belong to the thread that is in.
    private int depth;
    private boolean isClosed;

    <T> T alone(Supplier<T> work) {
        enter();
        try {
            if (isClosed) {
                throw new IllegalStateException("The consumer is closed");
            }
            return work.get();
        } finally {
            exit();
        }
    }

    void alone(Runnable work) {
        alone(() -> {
            work.run();
            return true;
        });
    }

    /// Runs the last work; harmless when it has run.
    void close(Runnable work) {
        enter();
        try {
            if (!isClosed) {
                work.run();
            }
        } finally {
            isClosed = true;
            exit();
        }
    }

    private void enter() {
        Thread me = Thread.currentThread();
        if (user.get() != me && !user.compareAndSet(null, me)) {
            throw new ConcurrentModificationException("A consumer serves one thread at a time");
        }
        depth++;
    }

    private void exit() {
        depth--;
        if (depth == 0) {
            user.set(null);
        }
    }
}
