package io.millrace.platform.conformance.client;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// Opens clients of one release, and does what every scenario needs.
final class Cluster {
    static final Duration SHORT = Duration.ofMillis(100);
    private static final long PATIENCE_MS = 30_000;

    private final String bootstrap;
    private final String version;

    Cluster(String bootstrap, String version) {
        this.bootstrap = bootstrap;
        this.version = version;
    }

    /// A name that the other releases do not use, since all work on one broker.
    String name(String what) {
        return what + "-" + version;
    }

    boolean isAtLeast(String other) {
        return version.compareTo(other) >= 0;
    }

    Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrap));
    }

    KafkaProducer<String, String> producer(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>();
        all.put("bootstrap.servers", bootstrap);
        all.putAll(settings);
        return new KafkaProducer<>(all, new StringSerializer(), new StringSerializer());
    }

    KafkaConsumer<String, String> consumer(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>();
        all.put("bootstrap.servers", bootstrap);
        all.put("auto.offset.reset", "earliest");
        all.put("enable.auto.commit", "false");
        all.put("fetch.max.wait.ms", "100");
        all.putAll(settings);
        return new KafkaConsumer<>(all, new StringDeserializer(), new StringDeserializer());
    }

    KafkaConsumer<String, String> member(String group, Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("group.id", group);
        return consumer(all);
    }

    /// Creates a topic of this release's own, and returns its name.
    String topic(String what, int partitions, Map<String, String> settings) throws Exception {
        String topic = name(what);
        try (Admin admin = admin()) {
            get(admin.createTopics(
                            List.of(new NewTopic(topic, Optional.of(partitions), Optional.empty())
                                    .configs(settings)))
                    .all());
        }
        return topic;
    }

    int partitions(String topic) {
        try (KafkaConsumer<String, String> consumer = consumer(Map.of())) {
            return consumer.partitionsFor(topic).size();
        }
    }

    void write(String topic, int partition, String... values) throws Exception {
        try (KafkaProducer<String, String> producer = producer(Map.of())) {
            for (String value : values) {
                producer.send(new ProducerRecord<>(topic, partition, null, value));
            }
            producer.flush();
        }
    }

    /// Everything in a partition from its first record on.
    List<ConsumerRecord<String, String>> read(String topic, int partition) {
        TopicPartition from = new TopicPartition(topic, partition);
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = consumer(Map.of())) {
            consumer.assign(List.of(from));
            consumer.seekToBeginning(List.of(from));
            long end = requireNonNull(consumer.endOffsets(List.of(from)).get(from));
            await("all of " + from, () -> {
                consumer.poll(SHORT).forEach(records::add);
                return consumer.position(from) >= end;
            });
        }
        return records;
    }

    List<String> values(String topic, int partition) {
        return read(topic, partition).stream().map(ConsumerRecord::value).toList();
    }

    static void await(String what, BooleanSupplier isReached) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
        while (!isReached.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("in vain: " + what);
            }
            java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
        }
    }

    static <T> T get(Future<T> future) throws Exception {
        try {
            return future.get(PATIENCE_MS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("no answer", e);
        }
    }

    /// The first offset that is left.
    static long deleteBefore(Admin admin, TopicPartition partition, long offset) throws Exception {
        var deleted = admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(offset)));
        return get(requireNonNull(deleted.lowWatermarks().get(partition))).lowWatermark();
    }

    /// The class of the error that a future ends with.
    static String error(Future<?> future) {
        Throwable thrown =
                assertThrows(ExecutionException.class, () -> get(future)).getCause();
        return requireNonNull(thrown).getClass().getSimpleName();
    }
}
