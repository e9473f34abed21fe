package io.millrace.clients.consumer;

import io.millrace.common.TopicPartition;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Hears what became of an asynchronous commit, on the thread that polls.
public interface OffsetCommitCallback {
    /// @param exception null when the offsets were committed
    void onComplete(Map<TopicPartition, OffsetAndMetadata> offsets, @Nullable Exception exception);
}
