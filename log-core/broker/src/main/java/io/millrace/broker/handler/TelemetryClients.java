package io.millrace.broker.handler;

import io.millrace.protocol.Uuid;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The clients that report metrics, the longest silent first; so many at most, or anyone could fill
/// memory with names that he makes up.
///
/// Owner thread: any, hence the lock; it is held for a look-up, and clients come every few minutes.
final class TelemetryClients {
    private static final int MAX_CLIENTS = 16_384;

    private final Map<Uuid, Client> clients = new LinkedHashMap<>();

    /// What is known of a client.
    record Client(int subscriptionId, int intervalMs, long lastPushNanos, boolean isTerminating) {
        static final long NEVER = Long.MIN_VALUE;

        boolean isEarly(long nowNanos) {
            return lastPushNanos != NEVER
                    && nowNanos - lastPushNanos < TimeUnit.MILLISECONDS.toNanos(intervalMs) / 2;
        }
    }

    synchronized @Nullable Client get(Uuid id) {
        return clients.get(id);
    }

    synchronized void put(Uuid id, Client client) {
        clients.remove(id);
        clients.put(id, client);
        if (clients.size() > MAX_CLIENTS) {
            clients.remove(clients.keySet().iterator().next());
        }
    }
}
