package io.millrace.clients.producer;

import io.millrace.common.Metric;
import io.millrace.common.MetricName;
import io.millrace.common.PartitionInfo;
import java.io.Closeable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Sends records to a cluster. All methods may be called on any thread.
public interface Producer<K, V> extends Closeable {
    /// Returns as soon as the record is in the producer's buffer, which takes until there is room.
    /// What is wrong with the record itself is told by the future, except what a programmer should
    /// mend.
    Future<RecordMetadata> send(ProducerRecord<K, V> record);

    Future<RecordMetadata> send(ProducerRecord<K, V> record, @Nullable Callback callback);

    /// The same with Java's own form of an asynchronous result.
    CompletionStage<RecordMetadata> sendAsync(ProducerRecord<K, V> record);

    /// Sends at once what is in the buffer and waits until it was answered.
    void flush();

    List<PartitionInfo> partitionsFor(String topic);

    Map<MetricName, ? extends Metric> metrics();

    /// Sends what is in the buffer, waits for it, and frees everything.
    @Override
    void close();

    /// The same, but what is not answered in time fails.
    void close(Duration timeout);
}
