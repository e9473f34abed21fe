package io.millrace.clients.consumer;

import io.millrace.common.Configurable;
import io.millrace.common.TopicPartition;
import java.util.Map;

/// Sees, and may change, what `poll` returns, and hears what was committed. What it throws is
/// logged and otherwise ignored.
public interface ConsumerInterceptor<K, V> extends Configurable, AutoCloseable {
    ConsumerRecords<K, V> onConsume(ConsumerRecords<K, V> records);

    void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets);

    @Override
    default void close() {}
}
