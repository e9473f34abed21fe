package io.millrace.broker.ours;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.broker.TestBroker;
import io.millrace.clients.admin.Admin;
import io.millrace.clients.admin.NewTopic;
import io.millrace.clients.producer.KafkaProducer;
import io.millrace.clients.producer.Partitioner;
import io.millrace.clients.producer.ProducerInterceptor;
import io.millrace.clients.producer.ProducerRecord;
import io.millrace.clients.producer.RecordMetadata;
import io.millrace.clients.producer.RoundRobinPartitioner;
import io.millrace.common.Cluster;
import io.millrace.common.errors.BufferExhaustedException;
import io.millrace.common.errors.TimeoutException;
import io.millrace.common.serialization.StringSerializer;
import io.millrace.record.RecordBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What our producer does before and around sending, on our broker.
@Timeout(60)
final class OwnProducerIT {
    private static final String TOPIC = "topic";
    private static final int PARTITIONS = 4;

    @TempDir
    Path folder;

    private TestBroker broker;

    @BeforeEach
    void start() throws Exception {
        broker = TestBroker.start(folder);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
            admin.createTopics(List.of(new NewTopic(TOPIC, PARTITIONS, (short) 1)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    private KafkaProducer<String, String> producer(Object... settings) {
        Map<String, Object> configs = new HashMap<>();
        configs.put("bootstrap.servers", broker.bootstrap());
        for (int i = 0; i < settings.length; i += 2) {
            configs.put(settings[i].toString(), settings[i + 1]);
        }
        return new KafkaProducer<>(configs, new StringSerializer(), new StringSerializer());
    }

    private static RecordMetadata get(Future<RecordMetadata> sent) throws Exception {
        return sent.get(30, TimeUnit.SECONDS);
    }

    /// Sends to the partition that the value names.
    public static final class ByValue implements Partitioner {
        @Override
        public void configure(Map<String, ?> configs) {}

        @Override
        public int partition(
                String topic,
                @Nullable Object key,
                byte @Nullable [] keyBytes,
                @Nullable Object value,
                byte @Nullable [] valueBytes,
                Cluster cluster) {
            return Integer.parseInt(String.valueOf(value))
                    % requireNonNull(cluster.partitionCountForTopic(topic));
        }
    }

    @Test
    void aPartitionerOfTheUsersDecides() throws Exception {
        try (var producer = producer("partitioner.class", ByValue.class.getName())) {
            for (int i = 0; i < 20; i++) {
                RecordMetadata stored =
                        get(producer.send(new ProducerRecord<>(TOPIC, "key", Integer.toString(i))));
                assertEquals(i % PARTITIONS, stored.partition());
            }
        }
    }

    @Test
    void roundRobinDealsInTurn() throws Exception {
        int[] counts = new int[PARTITIONS];
        try (var producer = producer("partitioner.class", RoundRobinPartitioner.class.getName())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                sent.add(producer.send(new ProducerRecord<>(TOPIC, "key", "v" + i)));
            }
            for (Future<RecordMetadata> each : sent) {
                counts[get(each).partition()]++;
            }
        }
        for (int count : counts) {
            assertEquals(10, count);
        }
    }

    /// Marks what passes, and remembers what became of it.
    public static final class Marking implements ProducerInterceptor<String, String> {
        static final Queue<Long> HEARD = new ConcurrentLinkedQueue<>();

        @Override
        public void configure(Map<String, ?> configs) {}

        @Override
        public ProducerRecord<String, String> onSend(ProducerRecord<String, String> record) {
            return new ProducerRecord<>(record.topic(), 2, record.key(), record.value() + "!");
        }

        @Override
        public void onAcknowledgement(RecordMetadata metadata, @Nullable Exception exception) {
            HEARD.add(metadata.offset());
        }
    }

    @Test
    void interceptorsChangeRecordsAndHearOfThem() throws Exception {
        Marking.HEARD.clear();
        try (var producer = producer("interceptor.classes", Marking.class.getName())) {
            RecordMetadata stored = get(producer.send(new ProducerRecord<>(TOPIC, "key", "value")));
            assertEquals(2, stored.partition());
            assertEquals("value!".length(), stored.serializedValueSize());
        }
        assertEquals(List.of(0L), List.copyOf(Marking.HEARD));
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip", "snappy", "lz4", "zstd"})
    void whatLingersIsSentTogether(String compression) throws Exception {
        try (var producer = producer(
                "linger.ms",
                600_000,
                "compression.type",
                compression,
                "delivery.timeout.ms",
                700_000)) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                sent.add(producer.send(new ProducerRecord<>(TOPIC, 0, "key", "v" + i)));
            }
            assertFalse(sent.getFirst().isDone());
            producer.flush();
            for (int i = 0; i < sent.size(); i++) {
                assertEquals(i, get(sent.get(i)).offset());
            }
        }
        assertEquals(List.of(50), batches());
    }

    /// The number of records of each batch of the first partition.
    private List<Integer> batches() throws IOException {
        ByteBuffer log = ByteBuffer.wrap(Files.readAllBytes(
                folder.resolve("log").resolve(TOPIC + "-0").resolve("00000000000000000000.log")));
        List<Integer> counts = new ArrayList<>();
        for (int at = 0; at < log.limit(); at += RecordBatch.sizeInBytes(log, at)) {
            counts.add(RecordBatch.count(log, at));
        }
        return counts;
    }

    @Test
    void whatIsNotDeliveredInTimeFails() throws Exception {
        try (var producer = producer(
                "delivery.timeout.ms", 2_000, "request.timeout.ms", 1_000, "linger.ms", 0)) {
            get(producer.send(new ProducerRecord<>(TOPIC, 0, "key", "before")));
            broker.close();
            Future<RecordMetadata> lost =
                    producer.send(new ProducerRecord<>(TOPIC, 0, "key", "after"));
            ExecutionException failure = assertThrows(ExecutionException.class, () -> get(lost));
            assertInstanceOf(TimeoutException.class, failure.getCause());
            broker = TestBroker.start(folder);
        }
    }

    @Test
    void fullMemoryHoldsSendersBack() throws Exception {
        String value = "x".repeat(1_000);
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try (var producer = producer("buffer.memory", 65_536)) {
            for (int i = 0; i < 2_000; i++) {
                sent.add(producer.send(new ProducerRecord<>(TOPIC, 1, "key", value)));
            }
            for (int i = 0; i < sent.size(); i++) {
                assertEquals(i, get(sent.get(i)).offset());
            }
        }
    }

    @Test
    void memoryThatStaysFullIsAnError() throws Exception {
        String value = "x".repeat(10_000);
        var producer = producer("buffer.memory", 65_536, "max.block.ms", 300);
        get(producer.send(new ProducerRecord<>(TOPIC, 0, "key", "before")));
        broker.close();
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            sent.add(producer.send(new ProducerRecord<>(TOPIC, 0, "key", value)));
        }
        ExecutionException failure =
                assertThrows(ExecutionException.class, () -> get(sent.getLast()));
        assertInstanceOf(BufferExhaustedException.class, failure.getCause());
        producer.close(Duration.ZERO);
        assertTrue(sent.getFirst().isDone());
        broker = TestBroker.start(folder);
    }
}
