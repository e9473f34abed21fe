package io.millrace.clients.producer;

import io.millrace.common.header.Header;
import io.millrace.common.header.Headers;
import io.millrace.common.header.internals.RecordHeaders;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A record to be sent. Without a partition, the key decides, or the producer where there is none;
/// without a timestamp, it is the time of sending.
public class ProducerRecord<K, V> {
    private final String topic;
    private final @Nullable Integer partition;
    private final Headers headers;
    private final @Nullable K key;
    private final @Nullable V value;
    private final @Nullable Long timestamp;

    public ProducerRecord(
            String topic,
            @Nullable Integer partition,
            @Nullable Long timestamp,
            @Nullable K key,
            @Nullable V value,
            @Nullable Iterable<Header> headers) {
        if (topic == null) {
            throw new IllegalArgumentException("A record needs a topic");
        }
        if (timestamp != null && timestamp < 0) {
            throw new IllegalArgumentException("A timestamp cannot be negative: " + timestamp);
        }
        if (partition != null && partition < 0) {
            throw new IllegalArgumentException("A partition cannot be negative: " + partition);
        }
        this.topic = topic;
        this.partition = partition;
        this.key = key;
        this.value = value;
        this.timestamp = timestamp;
        this.headers = headers == null ? new RecordHeaders() : new RecordHeaders(headers);
    }

    public ProducerRecord(
            String topic,
            @Nullable Integer partition,
            @Nullable Long timestamp,
            @Nullable K key,
            @Nullable V value) {
        this(topic, partition, timestamp, key, value, null);
    }

    public ProducerRecord(
            String topic,
            @Nullable Integer partition,
            @Nullable K key,
            @Nullable V value,
            @Nullable Iterable<Header> headers) {
        this(topic, partition, null, key, value, headers);
    }

    public ProducerRecord(
            String topic, @Nullable Integer partition, @Nullable K key, @Nullable V value) {
        this(topic, partition, null, key, value, null);
    }

    public ProducerRecord(String topic, @Nullable K key, @Nullable V value) {
        this(topic, null, null, key, value, null);
    }

    public ProducerRecord(String topic, @Nullable V value) {
        this(topic, null, null, null, value, null);
    }

    public String topic() {
        return topic;
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

    public @Nullable Long timestamp() {
        return timestamp;
    }

    public @Nullable Integer partition() {
        return partition;
    }

    @Override
    public String toString() {
        return "ProducerRecord(topic=" + topic + ", partition=" + partition + ", headers="
                + List.of(headers.toArray()) + ", key=" + key + ", value=" + value + ", timestamp="
                + timestamp + ")";
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ProducerRecord<?, ?> that
                && topic.equals(that.topic)
                && Objects.equals(partition, that.partition)
                && headers.equals(that.headers)
                && Objects.equals(key, that.key)
                && Objects.equals(value, that.value)
                && Objects.equals(timestamp, that.timestamp);
    }

    @Override
    public int hashCode() {
        return Objects.hash(topic, partition, headers, key, value, timestamp);
    }
}
