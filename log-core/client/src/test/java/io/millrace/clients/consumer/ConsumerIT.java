package io.millrace.clients.consumer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.clients.testing.KafkaProcess;
import io.millrace.clients.testing.KafkaReader;
import io.millrace.common.TopicPartition;
import io.millrace.common.errors.WakeupException;
import io.millrace.common.serialization.StringDeserializer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Our consumer with partitions assigned by hand, against a real Kafka that Kafka's own producer
/// fills.
@Timeout(120)
@SuppressWarnings("NullAway") // what is missing fails the test
class ConsumerIT {
    private static final Duration TICK = Duration.ofMillis(200);
    private static KafkaProcess kafka;

    @BeforeAll
    static void start() {
        kafka = KafkaProcess.start();
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    private static KafkaConsumer<String, String> consumer(Map<String, Object> more) {
        Map<String, Object> configs = new HashMap<>(more);
        configs.put("bootstrap.servers", kafka.bootstrap());
        return new KafkaConsumer<>(configs, new StringDeserializer(), new StringDeserializer());
    }

    private static KafkaProducer<String, String> theirProducer(Map<String, Object> more) {
        Map<String, Object> configs = new HashMap<>(more);
        configs.put("bootstrap.servers", kafka.bootstrap());
        return new KafkaProducer<>(configs, new StringSerializer(), new StringSerializer());
    }

    private static TopicPartition fill(String topic, int count, Map<String, Object> more) {
        KafkaReader.createTopic(kafka.bootstrap(), topic, 1, Map.of());
        try (var producer = theirProducer(more)) {
            for (int i = 0; i < count; i++) {
                ProducerRecord<String, String> record =
                        new ProducerRecord<>(topic, 0, 1_000L * i, "k" + i, "value " + i);
                record.headers().add("h", new byte[] {1, (byte) i});
                producer.send(record);
            }
        }
        return new TopicPartition(topic, 0);
    }

    private static List<ConsumerRecord<String, String>> read(
            KafkaConsumer<String, String> consumer, int count) {
        List<ConsumerRecord<String, String>> all = new ArrayList<>();
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (all.size() < count && System.nanoTime() < deadline) {
            consumer.poll(TICK).forEach(all::add);
        }
        return all;
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip", "snappy", "lz4", "zstd"})
    void readsWhatKafkasProducerWrote(String compression) {
        TopicPartition from =
                fill("read-" + compression, 5_000, Map.of("compression.type", compression));
        try (var consumer = consumer(Map.of("auto.offset.reset", "earliest"))) {
            consumer.assign(List.of(from));
            List<ConsumerRecord<String, String>> all = read(consumer, 5_000);
            assertEquals(5_000, all.size());
            for (int i = 0; i < 5_000; i++) {
                ConsumerRecord<String, String> record = all.get(i);
                assertEquals(i, record.offset());
                assertEquals("k" + i, record.key());
                assertEquals("value " + i, record.value());
                assertEquals(1_000L * i, record.timestamp());
                assertArrayEquals(
                        new byte[] {1, (byte) i},
                        record.headers().lastHeader("h").value());
            }
            assertEquals(5_000, consumer.position(from));
            assertEquals(OptionalLong.of(0), consumer.currentLag(from));
        }
    }

    @Test
    void seeksPausesAndLooksOffsetsUp() {
        TopicPartition from = fill("seeks", 1_000, Map.of());
        try (var consumer = consumer(Map.of("max.poll.records", 10))) {
            consumer.assign(List.of(from));
            assertEquals(1_000, consumer.position(from));
            consumer.seek(from, 500);
            assertEquals(500, read(consumer, 1).getFirst().offset());
            assertEquals(510, consumer.position(from));
            consumer.seekToBeginning(List.of(from));
            assertEquals(0, read(consumer, 1).getFirst().offset());
            consumer.pause(List.of(from));
            assertEquals(Set.of(from), consumer.paused());
            assertTrue(consumer.poll(TICK).isEmpty());
            consumer.resume(List.of(from));
            assertEquals(10, read(consumer, 1).getFirst().offset());
            assertEquals(Map.of(from, 0L), consumer.beginningOffsets(List.of(from)));
            assertEquals(Map.of(from, 1_000L), consumer.endOffsets(List.of(from)));
            OffsetAndTimestamp found =
                    consumer.offsetsForTimes(Map.of(from, 299_500L)).get(from);
            assertEquals(300, found.offset());
            assertEquals(300_000, found.timestamp());
            assertNull(consumer.offsetsForTimes(Map.of(from, 2_000_000L)).get(from));
            assertEquals(1, consumer.partitionsFor("seeks").size());
            assertTrue(consumer.listTopics().containsKey("seeks"));
        }
    }

    @Test
    void whatWasCommittedIsWhereTheNextGoesOn() {
        TopicPartition from = fill("commits", 100, Map.of());
        Map<String, Object> configs = Map.of(
                "group.id",
                "commits",
                "enable.auto.commit",
                false,
                "auto.offset.reset",
                "earliest",
                "max.poll.records",
                40);
        try (var consumer = consumer(configs)) {
            consumer.assign(List.of(from));
            assertEquals(40, read(consumer, 1).size());
            consumer.commitSync();
            assertEquals(40, consumer.committed(Set.of(from)).get(from).offset());
            AtomicReference<Map<TopicPartition, OffsetAndMetadata>> told = new AtomicReference<>();
            consumer.commitAsync(
                    Map.of(from, new OffsetAndMetadata(60, "note")),
                    (offsets, failure) -> told.set(offsets));
            while (told.get() == null) {
                consumer.poll(TICK);
            }
            assertEquals(60, told.get().get(from).offset());
        }
        try (var consumer = consumer(configs)) {
            consumer.assign(List.of(from));
            assertEquals(60, read(consumer, 1).getFirst().offset());
            assertEquals("note", consumer.committed(Set.of(from)).get(from).metadata());
        }
        Map<String, Object> auto = new HashMap<>(configs);
        auto.put("enable.auto.commit", true);
        try (var consumer = consumer(auto)) {
            consumer.assign(List.of(from));
            assertEquals(40, read(consumer, 40).size());
        }
        try (var consumer = consumer(configs)) {
            assertEquals(100, consumer.committed(Set.of(from)).get(from).offset());
        }
    }

    @Test
    void resetsFollowThePolicy() {
        TopicPartition from = fill("resets", 10, Map.of());
        try (var consumer = consumer(Map.of("auto.offset.reset", "none"))) {
            consumer.assign(List.of(from));
            assertThrows(NoOffsetForPartitionException.class, () -> read(consumer, 1));
            consumer.seek(from, 99);
            assertThrows(OffsetOutOfRangeException.class, () -> read(consumer, 1));
        }
        try (var consumer = consumer(Map.of("auto.offset.reset", "earliest"))) {
            consumer.assign(List.of(from));
            consumer.seek(from, 99);
            assertEquals(0, read(consumer, 1).getFirst().offset());
        }
        try (var consumer = consumer(Map.of("auto.offset.reset", "by_duration:PT1H"))) {
            consumer.assign(List.of(from));
            assertEquals(10, consumer.position(from));
        }
    }

    @Test
    void leavesAbortedRecordsOut() {
        KafkaReader.createTopic(kafka.bootstrap(), "transactions", 1, Map.of());
        TopicPartition from = new TopicPartition("transactions", 0);
        try (var producer = theirProducer(Map.of("transactional.id", "t"))) {
            producer.initTransactions();
            for (int i = 0; i < 6; i++) {
                producer.beginTransaction();
                producer.send(new ProducerRecord<>("transactions", "k", "a" + i));
                producer.send(new ProducerRecord<>("transactions", "k", "b" + i));
                producer.flush();
                if (i % 2 == 0) {
                    producer.commitTransaction();
                } else {
                    producer.abortTransaction();
                }
            }
        }
        List<String> committed = List.of("a0", "b0", "a2", "b2", "a4", "b4");
        try (var consumer = consumer(
                Map.of("isolation.level", "read_committed", "auto.offset.reset", "earliest"))) {
            consumer.assign(List.of(from));
            assertEquals(
                    committed,
                    read(consumer, 6).stream().map(ConsumerRecord::value).toList());
            assertTrue(consumer.poll(TICK).isEmpty());
            assertEquals(18, consumer.position(from));
        }
        try (var consumer = consumer(Map.of("auto.offset.reset", "earliest"))) {
            consumer.assign(List.of(from));
            assertEquals(12, read(consumer, 12).size());
        }
    }

    @Test
    void wakingUpEndsAPoll() {
        TopicPartition from = fill("wakeup", 0, Map.of());
        try (var consumer = consumer(Map.of())) {
            consumer.assign(List.of(from));
            Thread other = new Thread(consumer::wakeup);
            other.start();
            assertThrows(WakeupException.class, () -> consumer.poll(Duration.ofSeconds(60)));
        }
    }
}
