package io.millrace.clients.producer;

import io.millrace.common.Cluster;
import io.millrace.common.Configurable;
import java.io.Closeable;
import org.jspecify.annotations.Nullable;

/// Chooses the partition of a record that names none. Called on the threads that send.
public interface Partitioner extends Configurable, Closeable {
    int partition(
            String topic,
            @Nullable Object key,
            byte @Nullable [] keyBytes,
            @Nullable Object value,
            byte @Nullable [] valueBytes,
            Cluster cluster);

    @Override
    default void close() {}
}
