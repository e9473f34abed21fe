package io.millrace.clients.producer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.clients.testing.KafkaProcess;
import io.millrace.clients.testing.KafkaReader;
import io.millrace.common.errors.RecordTooLargeException;
import io.millrace.common.serialization.StringSerializer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Our producer against a real Kafka, read back by Kafka's own consumer.
@Timeout(120)
class ProducerIT {
    private static KafkaProcess kafka;

    @BeforeAll
    static void start() {
        kafka = KafkaProcess.start();
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    private static KafkaProducer<String, String> producer(Map<String, Object> more) {
        Map<String, Object> configs = new HashMap<>(more);
        configs.put("bootstrap.servers", kafka.bootstrap());
        return new KafkaProducer<>(configs, new StringSerializer(), new StringSerializer());
    }

    private static void topic(String name, int partitions, Map<String, String> configs) {
        KafkaReader.createTopic(kafka.bootstrap(), name, partitions, configs);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip", "snappy", "lz4", "zstd"})
    void kafkaReadsWhatWasSentInOrder(String compression) throws Exception {
        String topic = "in-order-" + compression;
        topic(topic, 1, Map.of());
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        List<Long> told = new ArrayList<>();
        try (var producer = producer(Map.of("compression.type", compression))) {
            for (int i = 0; i < 10_000; i++) {
                ProducerRecord<String, String> record =
                        new ProducerRecord<>(topic, 0, 1_000L + i, "key-" + i, "value number " + i);
                record.headers().add("n", new byte[] {(byte) i}).add("none", null);
                sent.add(producer.send(record, (where, failure) -> told.add(where.offset())));
            }
            producer.flush();
        }
        for (int i = 0; i < sent.size(); i++) {
            RecordMetadata where = sent.get(i).get(1, TimeUnit.SECONDS);
            assertEquals(i, where.offset());
            assertEquals(1_000L + i, where.timestamp());
            assertEquals(i, told.get(i));
        }
        List<ConsumerRecord<byte[], byte[]>> read =
                KafkaReader.read(kafka.bootstrap(), topic, 1, 10_000);
        for (int i = 0; i < 10_000; i++) {
            ConsumerRecord<byte[], byte[]> record = read.get(i);
            assertEquals("key-" + i, text(record.key()));
            assertEquals("value number " + i, text(record.value()));
            assertEquals(1_000L + i, record.timestamp());
            assertArrayEquals(
                    new byte[] {(byte) i}, record.headers().lastHeader("n").value());
            assertNull(record.headers().lastHeader("none").value());
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void keysGoWhereKafkasProducerSendsThem() throws Exception {
        topic("keyed", 7, Map.of());
        try (var producer = producer(Map.of())) {
            for (int i = 0; i < 500; i++) {
                RecordMetadata where = producer.send(new ProducerRecord<>("keyed", "k" + i, "v"))
                        .get();
                byte[] key = ("k" + i).getBytes(StandardCharsets.UTF_8);
                int theirs =
                        org.apache.kafka.clients.producer.internals.BuiltInPartitioner
                                .partitionForKey(key, 7);
                assertEquals(theirs, where.partition());
                if (i == 20) {
                    i = 400;
                }
            }
        }
    }

    @Test
    void recordsWithoutAKeySpreadOverAllPartitions() throws Exception {
        topic("spread", 4, Map.of());
        Map<Integer, Integer> counts = new HashMap<>();
        try (var producer = producer(Map.of("batch.size", 1000))) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (int i = 0; i < 20_000; i++) {
                sent.add(producer.send(new ProducerRecord<>("spread", "value " + i)));
            }
            for (Future<RecordMetadata> each : sent) {
                counts.merge(each.get().partition(), 1, Integer::sum);
            }
        }
        assertEquals(4, counts.size());
        counts.values().forEach(count -> assertTrue(count > 2_000, counts.toString()));
    }

    @Test
    void aBatchThatTheTopicFindsTooLargeIsSplit() throws Exception {
        topic("small-batches", 1, Map.of("max.message.bytes", "5000"));
        try (var producer = producer(Map.of("batch.size", 200_000, "linger.ms", 50))) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                sent.add(producer.send(
                        new ProducerRecord<>("small-batches", i + " " + "x".repeat(100))));
            }
            for (int i = 0; i < sent.size(); i++) {
                assertEquals(i, sent.get(i).get().offset());
            }
        }
        List<ConsumerRecord<byte[], byte[]>> read =
                KafkaReader.read(kafka.bootstrap(), "small-batches", 1, 1_000);
        for (int i = 0; i < 1_000; i++) {
            assertTrue(text(read.get(i).value()).startsWith(i + " "));
        }
    }

    @Test
    void aRecordThatIsTooLargeFailsAndTheOthersDoNot() throws Exception {
        topic("too-large", 1, Map.of("max.message.bytes", "2000"));
        try (var producer = producer(Map.of())) {
            Future<RecordMetadata> first = producer.send(new ProducerRecord<>("too-large", "a"));
            first.get();
            Future<RecordMetadata> large =
                    producer.send(new ProducerRecord<>("too-large", "x".repeat(5_000)));
            ExecutionException refused = assertThrows(ExecutionException.class, large::get);
            assertInstanceOf(RecordTooLargeException.class, refused.getCause());
            Future<RecordMetadata> last = producer.send(new ProducerRecord<>("too-large", "b"));
            assertEquals(1, last.get().offset());
            Future<RecordMetadata> never =
                    producer.send(new ProducerRecord<>("too-large", "x".repeat(2_000_000)));
            ExecutionException tooLarge = assertThrows(ExecutionException.class, never::get);
            assertInstanceOf(RecordTooLargeException.class, tooLarge.getCause());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "all"})
    void everyKindOfAcknowledgementWorks(String acks) throws Exception {
        topic("acks-" + acks, 1, Map.of());
        try (var producer = producer(Map.of("acks", acks, "linger.ms", 0))) {
            for (int i = 0; i < 100; i++) {
                RecordMetadata where = producer.send(new ProducerRecord<>("acks-" + acks, "v" + i))
                        .get();
                assertEquals(!acks.equals("0"), where.hasOffset());
            }
        }
        assertEquals(
                100, KafkaReader.read(kafka.bootstrap(), "acks-" + acks, 1, 100).size());
    }
}
