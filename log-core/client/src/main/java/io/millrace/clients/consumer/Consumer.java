package io.millrace.clients.consumer;

import io.millrace.common.Metric;
import io.millrace.common.MetricName;
import io.millrace.common.PartitionInfo;
import io.millrace.common.TopicPartition;
import java.io.Closeable;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads records from a cluster. One thread at a time, except `wakeup`. Calls without a timeout
/// wait for `default.api.timeout.ms`.
public interface Consumer<K, V> extends Closeable {
    Set<TopicPartition> assignment();

    Set<String> subscription();

    void subscribe(Collection<String> topics);

    void subscribe(Collection<String> topics, @Nullable ConsumerRebalanceListener listener);

    void subscribe(Pattern pattern);

    void subscribe(Pattern pattern, ConsumerRebalanceListener listener);

    void subscribe(SubscriptionPattern pattern);

    void subscribe(SubscriptionPattern pattern, ConsumerRebalanceListener listener);

    void assign(Collection<TopicPartition> partitions);

    void unsubscribe();

    /// Returns as soon as there are records, or empty after the timeout.
    ConsumerRecords<K, V> poll(Duration timeout);

    void commitSync();

    void commitSync(Duration timeout);

    void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets);

    void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout);

    void commitAsync();

    void commitAsync(@Nullable OffsetCommitCallback callback);

    void commitAsync(
            Map<TopicPartition, OffsetAndMetadata> offsets,
            @Nullable OffsetCommitCallback callback);

    void seek(TopicPartition partition, long offset);

    void seek(TopicPartition partition, OffsetAndMetadata offset);

    void seekToBeginning(Collection<TopicPartition> partitions);

    void seekToEnd(Collection<TopicPartition> partitions);

    long position(TopicPartition partition);

    long position(TopicPartition partition, Duration timeout);

    Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions);

    Map<TopicPartition, OffsetAndMetadata> committed(
            Set<TopicPartition> partitions, Duration timeout);

    Map<MetricName, ? extends Metric> metrics();

    List<PartitionInfo> partitionsFor(String topic);

    List<PartitionInfo> partitionsFor(String topic, Duration timeout);

    Map<String, List<PartitionInfo>> listTopics();

    Map<String, List<PartitionInfo>> listTopics(Duration timeout);

    Set<TopicPartition> paused();

    void pause(Collection<TopicPartition> partitions);

    void resume(Collection<TopicPartition> partitions);

    Map<TopicPartition, @Nullable OffsetAndTimestamp> offsetsForTimes(
            Map<TopicPartition, Long> times);

    Map<TopicPartition, @Nullable OffsetAndTimestamp> offsetsForTimes(
            Map<TopicPartition, Long> times, Duration timeout);

    Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions);

    Map<TopicPartition, Long> beginningOffsets(
            Collection<TopicPartition> partitions, Duration timeout);

    Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions);

    Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions, Duration timeout);

    /// Records between the position and the end, as far as the last fetch knew.
    OptionalLong currentLag(TopicPartition partition);

    ConsumerGroupMetadata groupMetadata();

    void enforceRebalance();

    void enforceRebalance(String reason);

    @Override
    void close();

    void close(Duration timeout);

    void close(CloseOptions options);

    /// Makes a call that waits, or the next one, throw `WakeupException`. Any thread.
    void wakeup();
}
