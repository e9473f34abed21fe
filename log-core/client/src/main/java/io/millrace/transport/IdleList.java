package io.millrace.transport;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The connections of one loop, the longest silent first, and the one timer that closes those that
/// stay silent too long, so that an idle connection costs no work.
final class IdleList {
    /// Half a frame that does not grow for so long holds memory that others wait for.
    private static final long STALLED_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final long NANOS_PER_MS = 1_000_000;

    private final VertxLoop loop;
    private final long maxIdleNanos;
    private @Nullable SocketConnection oldest;
    private @Nullable SocketConnection youngest;
    private boolean isTimerSet;
    private boolean isRelieving;

    /// @param maxIdleMs negative: connections may be silent for ever
    IdleList(VertxLoop loop, long maxIdleMs) {
        this.loop = loop;
        this.maxIdleNanos = TimeUnit.MILLISECONDS.toNanos(maxIdleMs);
    }

    void add(SocketConnection connection) {
        connection.activeNanos = loop.nanoTime();
        append(connection);
        setTimer();
    }

    void touch(SocketConnection connection) {
        connection.activeNanos = loop.nanoTime();
        if (connection != youngest && contains(connection)) {
            unlink(connection);
            append(connection);
        }
    }

    void remove(SocketConnection connection) {
        if (contains(connection)) {
            unlink(connection);
        }
    }

    private boolean contains(SocketConnection connection) {
        return connection == oldest || connection.older != null;
    }

    private void append(SocketConnection connection) {
        connection.older = youngest;
        if (youngest != null) {
            youngest.younger = connection;
        } else {
            oldest = connection;
        }
        youngest = connection;
    }

    private void unlink(SocketConnection connection) {
        SocketConnection before = connection.older;
        SocketConnection after = connection.younger;
        if (before != null) {
            before.younger = after;
        } else {
            oldest = after;
        }
        if (after != null) {
            after.older = before;
        } else {
            youngest = before;
        }
        connection.older = null;
        connection.younger = null;
    }

    private void setTimer() {
        SocketConnection first = oldest;
        if (!isTimerSet && first != null && maxIdleNanos >= 0) {
            isTimerSet = true;
            long left = first.activeNanos + maxIdleNanos - loop.nanoTime();
            loop.schedule(Math.max(0, left / NANOS_PER_MS) + 1, this::closeSilent);
        }
    }

    private void closeSilent() {
        isTimerSet = false;
        long now = loop.nanoTime();
        SocketConnection next = oldest;
        while (next != null && now - next.activeNanos >= maxIdleNanos) {
            unlink(next);
            next.close("silent for too long");
            next = oldest;
        }
        setTimer();
    }

    /// Called when a connection has to wait for memory: those that hold some without using it are
    /// closed.
    void relieve() {
        if (!isRelieving && loop.budget().hasWaiters()) {
            isRelieving = true;
            loop.schedule(STALLED_NANOS / NANOS_PER_MS, this::closeStalled);
        }
    }

    private void closeStalled() {
        isRelieving = false;
        long now = loop.nanoTime();
        SocketConnection next = oldest;
        while (next != null
                && now - next.activeNanos >= STALLED_NANOS
                && loop.budget().hasWaiters()) {
            SocketConnection after = next.younger;
            if (next.holdsUnfinishedFrame()) {
                unlink(next);
                next.close("a frame does not go on while others wait for memory");
            }
            next = after;
        }
        relieve();
    }
}
