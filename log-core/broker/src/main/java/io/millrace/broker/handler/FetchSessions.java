package io.millrace.broker.handler;

import io.millrace.broker.handler.FetchPlan.Wanted;
import io.millrace.host.Loop;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The fetch sessions of one loop, the longest unused first. A client whose session is not here
/// begins a new one, so it costs little that a connection to another loop does not find it.
final class FetchSessions {
    /// After so long without use a session may be driven out, and after so long a life a small one
    /// too.
    private static final long EVICTABLE_NANOS = TimeUnit.MINUTES.toNanos(2);

    private final Loop loop;
    private final int maxSessions;
    private final Map<Integer, FetchSession> sessions = new LinkedHashMap<>();

    FetchSessions(Loop loop, int maxSessions) {
        this.loop = loop;
        this.maxSessions = maxSessions;
    }

    int size() {
        return sessions.size();
    }

    /// Finds a session and makes it the youngest.
    @Nullable
    FetchSession use(int id) {
        FetchSession session = sessions.remove(id);
        if (session != null) {
            session.usedNanos = loop.nanoTime();
            sessions.put(id, session);
        }
        return session;
    }

    void remove(int id) {
        sessions.remove(id);
    }

    /// Null when there is no room: the client then says everything again each time.
    @Nullable
    FetchSession create(boolean usesIds, List<Wanted> partitions) {
        if (sessions.size() >= maxSessions && !evict(partitions.size())) {
            return null;
        }
        int id = freeId();
        FetchSession session = new FetchSession(id, usesIds, partitions);
        session.createdNanos = loop.nanoTime();
        session.usedNanos = session.createdNanos;
        sessions.put(id, session);
        return session;
    }

    private int freeId() {
        int id = FetchSession.NO_SESSION;
        while (id == FetchSession.NO_SESSION || sessions.containsKey(id)) {
            id = (int) loop.random() & Integer.MAX_VALUE;
        }
        return id;
    }

    /// Makes room at the cost of one that seems abandoned, or of a smaller one that has had its
    /// time: a small one loses less.
    private boolean evict(int newSize) {
        FetchSession victim = sessions.values().iterator().next();
        if (loop.nanoTime() - victim.usedNanos <= EVICTABLE_NANOS) {
            victim = smallestOld();
            if (victim == null || victim.size() >= newSize) {
                return false;
            }
        }
        sessions.remove(victim.id());
        return true;
    }

    private @Nullable FetchSession smallestOld() {
        FetchSession smallest = null;
        for (FetchSession session : sessions.values()) {
            if (session.usedNanos - session.createdNanos > EVICTABLE_NANOS
                    && (smallest == null || session.size() < smallest.size())) {
                smallest = session;
            }
        }
        return smallest;
    }
}
