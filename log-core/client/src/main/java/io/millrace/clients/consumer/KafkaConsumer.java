package io.millrace.clients.consumer;

import io.millrace.clients.network.ClientNetwork;
import io.millrace.clients.network.ClientProperties;
import io.millrace.common.Metric;
import io.millrace.common.MetricName;
import io.millrace.common.PartitionInfo;
import io.millrace.common.TopicPartition;
import io.millrace.common.serialization.Deserializer;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads records from a cluster, alone or as a member of a group. A loop of the consumer's own
/// fetches ahead and keeps the membership alive; `poll` takes what is there and carries out
/// rebalances. Made from Kafka's properties ({@link ConsumerConfig}); must be closed.
public class KafkaConsumer<K, V> implements Consumer<K, V> {
    private static final Duration CLOSE = Duration.ofSeconds(30);

    private final OneThread thread = new OneThread();
    private final ConsumerParts<K, V> parts;

    public KafkaConsumer(Properties properties) {
        this(ClientProperties.of(properties));
    }

    public KafkaConsumer(
            Properties properties, @Nullable Deserializer<K> key, @Nullable Deserializer<V> value) {
        this(ClientProperties.of(properties), key, value);
    }

    public KafkaConsumer(Map<String, Object> configs) {
        this(configs, null, null);
    }

    public KafkaConsumer(
            Map<String, Object> configs,
            @Nullable Deserializer<K> key,
            @Nullable Deserializer<V> value) {
        this(configs, key, value, null);
    }

    /// @param network how servers are reached; null for sockets
    public KafkaConsumer(
            Map<String, Object> configs,
            @Nullable Deserializer<K> key,
            @Nullable Deserializer<V> value,
            @Nullable ClientNetwork network) {
        parts = new ConsumerParts<>(configs, key, value, network);
    }

    private Duration apiTimeout() {
        return parts.waiting.apiTimeout();
    }

    // ---- subscribing

    @Override
    public Set<TopicPartition> assignment() {
        return thread.alone(parts.reading::assignment);
    }

    @Override
    public Set<String> subscription() {
        return thread.alone(parts.subscribing::topics);
    }

    @Override
    public void subscribe(Collection<String> topics) {
        subscribe(topics, null);
    }

    @Override
    public void subscribe(Collection<String> topics, @Nullable ConsumerRebalanceListener listener) {
        if (topics.isEmpty()) {
            unsubscribe();
        } else {
            subscribe(new Subscribed.Topics(new LinkedHashSet<>(topics)), listener);
        }
    }

    @Override
    public void subscribe(Pattern pattern) {
        subscribe(new Subscribed.ByPattern(pattern), null);
    }

    @Override
    public void subscribe(Pattern pattern, ConsumerRebalanceListener listener) {
        subscribe(new Subscribed.ByPattern(pattern), listener);
    }

    @Override
    public void subscribe(SubscriptionPattern pattern) {
        subscribe(new Subscribed.ByServer(pattern), null);
    }

    @Override
    public void subscribe(SubscriptionPattern pattern, ConsumerRebalanceListener listener) {
        subscribe(new Subscribed.ByServer(pattern), listener);
    }

    private void subscribe(Subscribed what, @Nullable ConsumerRebalanceListener listener) {
        thread.alone(() -> parts.subscribing.subscribe(what, listener));
    }

    @Override
    public void assign(Collection<TopicPartition> partitions) {
        thread.alone(
                () -> parts.subscribing.assign(partitions, parts.committing::automaticallyNow));
    }

    @Override
    public void unsubscribe() {
        thread.alone(parts.subscribing::unsubscribe);
    }

    // ---- reading

    @Override
    public ConsumerRecords<K, V> poll(Duration timeout) {
        return thread.alone(() -> {
            parts.subscribing.polled();
            return parts.polling.poll(timeout);
        });
    }

    // ---- committing

    @Override
    public void commitSync() {
        commitSync(apiTimeout());
    }

    @Override
    public void commitSync(Duration timeout) {
        thread.alone(() -> parts.committing.sync(parts.committing.positions(), timeout));
    }

    @Override
    public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
        commitSync(offsets, apiTimeout());
    }

    @Override
    public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
        thread.alone(() -> parts.committing.sync(offsets, timeout));
    }

    @Override
    public void commitAsync() {
        commitAsync(null);
    }

    @Override
    public void commitAsync(@Nullable OffsetCommitCallback callback) {
        thread.alone(() -> parts.committing.async(parts.committing.positions(), callback));
    }

    @Override
    public void commitAsync(
            Map<TopicPartition, OffsetAndMetadata> offsets,
            @Nullable OffsetCommitCallback callback) {
        thread.alone(() -> parts.committing.async(offsets, callback));
    }

    @Override
    public Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions) {
        return committed(partitions, apiTimeout());
    }

    @Override
    public Map<TopicPartition, OffsetAndMetadata> committed(
            Set<TopicPartition> partitions, Duration timeout) {
        return thread.alone(() -> parts.committing.committed(partitions, timeout));
    }

    // ---- positions

    @Override
    public void seek(TopicPartition partition, long offset) {
        if (offset < 0) {
            throw new IllegalArgumentException("An offset cannot be negative: " + offset);
        }
        seek(partition, new OffsetAndMetadata(offset));
    }

    @Override
    public void seek(TopicPartition partition, OffsetAndMetadata offset) {
        thread.alone(() -> parts.reading.seek(partition, offset));
    }

    @Override
    public void seekToBeginning(Collection<TopicPartition> partitions) {
        thread.alone(() -> parts.seeking.seek(partitions, new OffsetReset.Earliest()));
    }

    @Override
    public void seekToEnd(Collection<TopicPartition> partitions) {
        thread.alone(() -> parts.seeking.seek(partitions, new OffsetReset.Latest()));
    }

    @Override
    public long position(TopicPartition partition) {
        return position(partition, apiTimeout());
    }

    @Override
    public long position(TopicPartition partition, Duration timeout) {
        return thread.alone(() -> parts.seeking.position(partition, timeout));
    }

    @Override
    public Set<TopicPartition> paused() {
        return thread.alone(parts.seeking::paused);
    }

    @Override
    public void pause(Collection<TopicPartition> partitions) {
        thread.alone(() -> parts.seeking.pause(partitions, true));
    }

    @Override
    public void resume(Collection<TopicPartition> partitions) {
        thread.alone(() -> parts.seeking.pause(partitions, false));
    }

    @Override
    public OptionalLong currentLag(TopicPartition partition) {
        return thread.alone(() -> parts.reading.lag(partition));
    }

    // ---- asking the cluster

    @Override
    public Map<TopicPartition, @Nullable OffsetAndTimestamp> offsetsForTimes(
            Map<TopicPartition, Long> times) {
        return offsetsForTimes(times, apiTimeout());
    }

    @Override
    public Map<TopicPartition, @Nullable OffsetAndTimestamp> offsetsForTimes(
            Map<TopicPartition, Long> times, Duration timeout) {
        return thread.alone(() -> parts.questions.offsetsForTimes(times, timeout));
    }

    @Override
    public Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions) {
        return beginningOffsets(partitions, apiTimeout());
    }

    @Override
    public Map<TopicPartition, Long> beginningOffsets(
            Collection<TopicPartition> partitions, Duration timeout) {
        return thread.alone(
                () -> parts.questions.ends(partitions, OffsetReset.EARLIEST_TIMESTAMP, timeout));
    }

    @Override
    public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions) {
        return endOffsets(partitions, apiTimeout());
    }

    @Override
    public Map<TopicPartition, Long> endOffsets(
            Collection<TopicPartition> partitions, Duration timeout) {
        return thread.alone(
                () -> parts.questions.ends(partitions, OffsetReset.LATEST_TIMESTAMP, timeout));
    }

    @Override
    public Map<MetricName, ? extends Metric> metrics() {
        return Map.of();
    }

    @Override
    public List<PartitionInfo> partitionsFor(String topic) {
        return partitionsFor(topic, apiTimeout());
    }

    @Override
    public List<PartitionInfo> partitionsFor(String topic, Duration timeout) {
        return thread.alone(() -> parts.questions.partitions(topic, timeout));
    }

    @Override
    public Map<String, List<PartitionInfo>> listTopics() {
        return listTopics(apiTimeout());
    }

    @Override
    public Map<String, List<PartitionInfo>> listTopics(Duration timeout) {
        return thread.alone(() -> parts.questions.topics(timeout));
    }

    // ---- the group, and the end

    @Override
    public ConsumerGroupMetadata groupMetadata() {
        return thread.alone(parts.subscribing::groupMetadata);
    }

    @Override
    public void enforceRebalance() {
        enforceRebalance("the program asked for it");
    }

    @Override
    public void enforceRebalance(String reason) {
        thread.alone(() -> parts.subscribing.rejoin(reason));
    }

    @Override
    public void close() {
        close(CLOSE);
    }

    @Override
    public void close(Duration timeout) {
        close(CloseOptions.timeout(timeout));
    }

    @Override
    public void close(CloseOptions options) {
        thread.close(() -> parts.close(options, options.timeout().orElse(CLOSE)));
    }

    @Override
    public void wakeup() {
        parts.inbox.wakeUp();
    }
}
