package io.millrace.clients.consumer;

import io.millrace.common.header.Headers;
import io.millrace.common.header.internals.RecordHeaders;
import io.millrace.common.record.TimestampType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A record that was read.
public class ConsumerRecord<K, V> {
    public static final long NO_TIMESTAMP = -1;
    public static final int NULL_SIZE = -1;

    private final String topic;
    private final int partition;
    private final long offset;
    private final long timestamp;
    private final TimestampType timestampType;
    private final int serializedKeySize;
    private final int serializedValueSize;
    private final Headers headers;
    private final @Nullable K key;
    private final @Nullable V value;
    private final Optional<Integer> leaderEpoch;
    private final Optional<Short> deliveryCount;

    public ConsumerRecord(
            String topic, int partition, long offset, @Nullable K key, @Nullable V value) {
        this(
                topic,
                partition,
                offset,
                NO_TIMESTAMP,
                TimestampType.NO_TIMESTAMP_TYPE,
                NULL_SIZE,
                NULL_SIZE,
                key,
                value,
                new RecordHeaders(),
                Optional.empty());
    }

    public ConsumerRecord(
            String topic,
            int partition,
            long offset,
            long timestamp,
            TimestampType timestampType,
            int serializedKeySize,
            int serializedValueSize,
            @Nullable K key,
            @Nullable V value,
            Headers headers,
            Optional<Integer> leaderEpoch) {
        this(
                topic,
                partition,
                offset,
                timestamp,
                timestampType,
                serializedKeySize,
                serializedValueSize,
                key,
                value,
                headers,
                leaderEpoch,
                Optional.empty());
    }

    public ConsumerRecord(
            String topic,
            int partition,
            long offset,
            long timestamp,
            TimestampType timestampType,
            int serializedKeySize,
            int serializedValueSize,
            @Nullable K key,
            @Nullable V value,
            Headers headers,
            Optional<Integer> leaderEpoch,
            Optional<Short> deliveryCount) {
        this.topic = topic;
        this.partition = partition;
        this.offset = offset;
        this.timestamp = timestamp;
        this.timestampType = timestampType;
        this.serializedKeySize = serializedKeySize;
        this.serializedValueSize = serializedValueSize;
        this.key = key;
        this.value = value;
        this.headers = headers;
        this.leaderEpoch = leaderEpoch;
        this.deliveryCount = deliveryCount;
    }

    public String topic() {
        return topic;
    }

    public int partition() {
        return partition;
    }

    public Headers headers() {
        return headers;
    }

    public @Nullable K key() {
        return key;
    }

    public @Nullable V value() {
        return value;
    }

    public long offset() {
        return offset;
    }

    public long timestamp() {
        return timestamp;
    }

    public TimestampType timestampType() {
        return timestampType;
    }

    /// -1 without a key.
    public int serializedKeySize() {
        return serializedKeySize;
    }

    /// -1 without a value.
    public int serializedValueSize() {
        return serializedValueSize;
    }

    public Optional<Integer> leaderEpoch() {
        return leaderEpoch;
    }

    public Optional<Short> deliveryCount() {
        return deliveryCount;
    }

    @Override
    public String toString() {
        return "ConsumerRecord(topic = " + topic + ", partition = " + partition + ", offset = "
                + offset + ", " + timestampType + " = " + timestamp + ", key = " + key
                + ", value = "
                + value + ")";
    }
}
