package io.millrace.broker.partition;

import io.millrace.storage.LogDirectory;
import io.millrace.storage.LogId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Where partitions shall lie that this node has not opened yet: an administrator said so, or they
/// were on their way there when the node stopped. As in Kafka, not kept over a stop.
///
/// Owner thread: any.
public final class PreferredDirectories {
    /// More are not remembered: names that never become topics must not fill the memory.
    private static final int MOST = 100_000;

    private final Map<LogId, LogDirectory> preferred = new ConcurrentHashMap<>();

    public void remember(LogId id, LogDirectory directory) {
        if (preferred.size() < MOST || preferred.containsKey(id)) {
            preferred.put(id, directory);
        }
    }

    /// Once; empty when nobody said, or the directory cannot be used.
    Optional<LogDirectory> take(LogId id) {
        return Optional.ofNullable(preferred.remove(id)).filter(LogDirectory::isOnline);
    }
}
