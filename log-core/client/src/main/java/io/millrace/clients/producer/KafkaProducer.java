package io.millrace.clients.producer;

import io.millrace.clients.network.Blocking;
import io.millrace.clients.network.ClientNetwork;
import io.millrace.clients.network.ClientProperties;
import io.millrace.clients.network.ClusterClient;
import io.millrace.clients.network.ClusterView;
import io.millrace.clients.network.ConnectionSettings;
import io.millrace.clients.network.SocketNetwork;
import io.millrace.common.KafkaException;
import io.millrace.common.Metric;
import io.millrace.common.MetricName;
import io.millrace.common.PartitionInfo;
import io.millrace.common.TopicPartition;
import io.millrace.common.config.ConfigException;
import io.millrace.common.errors.ApiException;
import io.millrace.common.errors.InterruptException;
import io.millrace.common.errors.RecordTooLargeException;
import io.millrace.common.errors.SerializationException;
import io.millrace.common.errors.TimeoutException;
import io.millrace.common.header.internals.RecordHeaders;
import io.millrace.common.serialization.Serializer;
import io.millrace.common.utils.Murmur2;
import io.millrace.host.Loop;
import io.millrace.protocol.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// Sends records to a cluster, each at most once and in order by default (idempotence). `send`
/// encodes the record into its partition's batch on the caller's thread; a loop of the producer's
/// own sends the batches. Made from Kafka's properties ({@link ProducerConfig}); must be closed.
public class KafkaProducer<K, V> implements Producer<K, V> {
    private static final long MS = 1_000_000;
    private static final long CLOSE_NETWORK_MS = 5_000;

    private final ClientNetwork network;
    private final ClusterClient client;
    private final Loop loop;
    private final ProducerSettings settings;
    private final Accumulator accumulator;
    private final Sender sender;
    private final Spread spread;
    private final Serializer<K> keySerializer;
    private final Serializer<V> valueSerializer;
    private final @Nullable Partitioner partitioner;
    private final Interceptors<K, V> interceptors;
    private volatile boolean isClosed;

    public KafkaProducer(Properties properties) {
        this(ClientProperties.of(properties));
    }

    public KafkaProducer(
            Properties properties, @Nullable Serializer<K> key, @Nullable Serializer<V> value) {
        this(ClientProperties.of(properties), key, value);
    }

    public KafkaProducer(Map<String, Object> configs) {
        this(configs, null, null);
    }

    public KafkaProducer(
            Map<String, Object> configs,
            @Nullable Serializer<K> key,
            @Nullable Serializer<V> value) {
        this(configs, key, value, null);
    }

    /// @param network how servers are reached; null for sockets
    @SuppressWarnings("unchecked")
    public KafkaProducer(
            Map<String, Object> configs,
            @Nullable Serializer<K> key,
            @Nullable Serializer<V> value,
            @Nullable ClientNetwork network) {
        ClientProperties properties =
                new ClientProperties(configs, ConnectionSettings.class, ProducerSettings.class);
        ConnectionSettings connection = properties.get(ConnectionSettings.class);
        settings = properties.get(ProducerSettings.class);
        if (settings.deliveryTimeoutMs() < settings.lingerMs() + connection.requestTimeoutMs()) {
            throw new ConfigException(
                    "delivery.timeout.ms must be at least linger.ms plus " + "request.timeout.ms");
        }
        keySerializer = serializer(properties, key, true);
        valueSerializer = serializer(properties, value, false);
        partitioner = properties.plugin(ProducerConfig.PARTITIONER_CLASS_CONFIG, Partitioner.class);
        if (partitioner != null) {
            partitioner.configure(properties.given());
        }
        interceptors =
                new Interceptors<>((List<ProducerInterceptor<K, V>>) (List<?>) properties.plugins(
                        ProducerConfig.INTERCEPTOR_CLASSES_CONFIG, ProducerInterceptor.class));
        interceptors.configure(properties.given());
        this.network =
                network != null ? network : new SocketNetwork(connection.connectionsMaxIdleMs());
        client = new ClusterClient(this.network, connection);
        client.metadata().allowCreation(true);
        loop = client.loop();
        spread = new Spread(client, settings);
        CompressionRatio ratio = new CompressionRatio(!settings.compression().equals("none"));
        accumulator = new Accumulator(settings, ratio, this::wakeSender);
        sender = new Sender(client, settings, accumulator, spread);
    }

    private void wakeSender() {
        sender.wake();
    }

    @SuppressWarnings("unchecked")
    private static <T> Serializer<T> serializer(
            ClientProperties properties, @Nullable Serializer<T> given, boolean isKey) {
        if (given != null) {
            return given;
        }
        String key = isKey
                ? ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG
                : ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG;
        Serializer<T> made = (Serializer<T>) properties.plugin(key, Serializer.class);
        if (made == null) {
            throw new ConfigException(key + " must name a serializer, or one must be given");
        }
        made.configure(properties.given(), isKey);
        return made;
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<K, V> record) {
        return send(record, null);
    }

    @Override
    public CompletionStage<RecordMetadata> sendAsync(ProducerRecord<K, V> record) {
        CompletableFuture<RecordMetadata> result = new CompletableFuture<>();
        send(record, (metadata, failure) -> {
            if (failure == null) {
                result.complete(metadata);
            } else {
                result.completeExceptionally(failure);
            }
        });
        return result;
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<K, V> record, @Nullable Callback callback) {
        if (isClosed) {
            throw new IllegalStateException("The producer is closed");
        }
        ProducerRecord<K, V> seen = interceptors.isEmpty() ? record : interceptors.onSend(record);
        try {
            return append(
                    seen, interceptors.isEmpty() ? callback : interceptors.around(seen, callback));
        } catch (ApiException e) {
            return failed(seen, callback, e);
        } catch (KafkaException e) {
            interceptors.failed(seen, e);
            throw e;
        }
    }

    /// What the cluster or the record's size is to blame for is told by the future and the
    /// callback.
    private Future<RecordMetadata> failed(
            ProducerRecord<K, V> record, @Nullable Callback callback, ApiException failure) {
        Integer partition = record.partition();
        RecordMetadata nowhere = new RecordMetadata(
                new TopicPartition(record.topic(), partition == null ? -1 : partition),
                -1,
                0,
                -1,
                -1,
                -1);
        if (callback != null) {
            callback.onCompletion(nowhere, failure);
        }
        interceptors.failed(record, failure);
        return CompletableFuture.failedFuture(failure);
    }

    private SendFuture append(ProducerRecord<K, V> record, @Nullable Callback callback) {
        String topic = record.topic();
        long start = loop.nanoTime();
        ClusterView.TopicView view = topic(topic, record.partition());
        byte[] key = serialize(keySerializer, record, record.key());
        byte[] value = serialize(valueSerializer, record, record.value());
        if (record.headers() instanceof RecordHeaders headers) {
            headers.setReadOnly();
        }
        long mostBytes = BatchSizes.mostBytes(key, value, record.headers());
        if (mostBytes + BatchSizes.HEADER_BYTES > settings.maxRequestBytes()) {
            throw new RecordTooLargeException("The record takes about " + mostBytes
                    + " bytes, more than max.request.size=" + settings.maxRequestBytes());
        }
        Long given = record.timestamp();
        Accumulator.Entry entry = new Accumulator.Entry(
                given == null ? loop.nowMs() : given,
                key,
                value,
                record.headers(),
                (int) mostBytes,
                callback);
        int count = view.partitions().size();
        int chosen = choose(record, key, value, count);
        StickyChoice sticky = chosen >= 0 ? null : spread.of(topic);
        int partition = sticky == null ? chosen : sticky.current(count, random());
        PartitionQueue queue = queue(topic, partition);
        long left = settings.maxBlockMs() * MS - (loop.nanoTime() - start);
        Accumulator.Appended appended = accumulator.append(queue, entry, start, left);
        if (sticky != null) {
            sticky.wrote(partition, entry.mostBytes(), appended.endedBatch(), count, random());
        }
        return appended.future();
    }

    private PartitionQueue queue(String topic, int partition) {
        return accumulator.queue(new TopicPartition(topic, partition));
    }

    private static int random() {
        return ThreadLocalRandom.current().nextInt();
    }

    /// The partition that the record, the partitioner or the key says; -1 for "any".
    private int choose(
            ProducerRecord<K, V> record,
            byte @Nullable [] key,
            byte @Nullable [] value,
            int count) {
        Integer given = record.partition();
        if (given != null) {
            return given;
        }
        if (partitioner != null) {
            int chosen = partitioner.partition(
                    record.topic(),
                    record.key(),
                    key,
                    record.value(),
                    value,
                    client.view().cluster());
            if (chosen < 0) {
                throw new IllegalArgumentException("The partitioner chose " + chosen);
            }
            return chosen;
        }
        return key == null || settings.ignoreKeys() ? -1 : Murmur2.partition(key, count);
    }

    private <T> byte @Nullable [] serialize(
            Serializer<T> serializer, ProducerRecord<K, V> record, @Nullable T part) {
        try {
            return serializer.serialize(record.topic(), record.headers(), part);
        } catch (ClassCastException e) {
            throw new SerializationException(
                    serializer.getClass().getName() + " cannot take what the record has", e);
        }
    }

    private ClusterView.TopicView topic(String name, @Nullable Integer partition) {
        ClusterView.TopicView known = client.view().topic(name);
        if (known != null
                && known.error() == ErrorCode.NONE
                && (partition == null || partition < known.partitions().size())) {
            return known;
        }
        long deadline = loop.nanoTime() + settings.maxBlockMs() * MS;
        ClusterView.TopicView found = Blocking.await(
                client.call(() -> client.metadata().topic(name, settings.maxBlockMs())),
                settings.maxBlockMs() + CLOSE_NETWORK_MS);
        while (partition != null && partition >= found.partitions().size()) {
            if (loop.nanoTime() - deadline > 0) {
                throw new TimeoutException(
                        "Topic " + name + " has no partition " + partition + " after max.block.ms");
            }
            ClusterView fresh =
                    Blocking.await(client.call(client.metadata()::refresh), settings.maxBlockMs());
            ClusterView.TopicView again = fresh.topic(name);
            found = again == null ? found : again;
        }
        return found;
    }

    @Override
    public void flush() {
        sender.flushing();
        try {
            accumulator.awaitAll();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } finally {
            sender.flushed();
        }
    }

    @Override
    public List<PartitionInfo> partitionsFor(String topic) {
        ClusterView.TopicView found = topic(topic, null);
        ClusterView view = client.view();
        return found.partitions().stream()
                .map(each -> view.partitionOf(found, each))
                .toList();
    }

    @Override
    public Map<MetricName, ? extends Metric> metrics() {
        return Map.of();
    }

    @Override
    public void close() {
        close(Duration.ofMillis(Long.MAX_VALUE / MS / 4));
    }

    @Override
    public void close(Duration timeout) {
        if (isClosed) {
            return;
        }
        isClosed = true;
        boolean interrupted = false;
        if (!loop.isCurrent()) {
            loop.execute(sender::closing);
            try {
                accumulator.awaitAll(timeout.toNanos());
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        CompletableFuture<Void> ended = client.call(() -> {
                    sender.abort(new KafkaException(
                            "The producer was closed before the record was stored"));
                    client.close();
                    return CompletableFuture.completedFuture(null);
                })
                .thenCompose(nothing -> network.close());
        if (!loop.isCurrent()) {
            Blocking.await(ended.handle((value, failure) -> true), CLOSE_NETWORK_MS);
        }
        keySerializer.close();
        valueSerializer.close();
        if (partitioner != null) {
            partitioner.close();
        }
        interceptors.close();
        if (interrupted) {
            throw new InterruptException("Interrupted while closing the producer");
        }
    }
}
