package io.millrace.clients.producer;

import org.jspecify.annotations.Nullable;

/// Hears what became of a record. Runs on the client's loop, in the order of the records of a
/// partition: it must not block.
public interface Callback {
    /// @param exception null when the record was stored
    void onCompletion(RecordMetadata metadata, @Nullable Exception exception);
}
