package io.millrace.broker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Kafka's own producer and consumer against a node.
@Timeout(30)
final class ProduceConsumeIT {
    @TempDir
    Path folder;

    private TestBroker broker;

    @BeforeEach
    void start() {
        broker = TestBroker.start(folder);
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    @ParameterizedTest
    @CsvSource({
        "none,all,true",
        "gzip,all,true",
        "snappy,all,true",
        "lz4,all,true",
        "zstd,all,true",
        "none,1,false",
        "none,0,false",
        "zstd,all,false"
    })
    void whatIsProducedIsConsumed(String compression, String acks, boolean idempotent)
            throws Exception {
        List<byte[]> sent = new ArrayList<>();
        Random random = new Random(1);
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of(
                "compression.type",
                compression,
                "acks",
                acks,
                "enable.idempotence",
                Boolean.toString(idempotent),
                "linger.ms",
                "5"))) {
            List<Future<RecordMetadata>> answers = new ArrayList<>();
            for (int i = 0; i < 2000; i++) {
                byte[] value = new byte[random.nextInt(300)];
                random.nextBytes(value);
                sent.add(value);
                answers.add(producer.send(new ProducerRecord<>("events", 0, null, value)));
            }
            producer.flush();
            for (int i = 0; i < answers.size(); i++) {
                long offset = answers.get(i).get().offset();
                assertEquals(acks.equals("0") ? -1 : i, offset);
            }
        }
        List<ConsumerRecord<byte[], byte[]>> read = read("events", 0, 2000);
        for (int i = 0; i < sent.size(); i++) {
            assertEquals(i, read.get(i).offset());
            assertArrayEquals(sent.get(i), read.get(i).value());
        }
    }

    @Test
    void aStoppedNodeHasEverythingWhenItStartsAgain() throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
            for (int i = 0; i < 100; i++) {
                producer.send(new ProducerRecord<>("kept", 0, null, new byte[] {(byte) i}));
            }
        }
        broker.close();
        broker = TestBroker.start(folder);
        List<ConsumerRecord<byte[], byte[]>> read = read("kept", 0, 100);
        for (int i = 0; i < 100; i++) {
            assertArrayEquals(new byte[] {(byte) i}, read.get(i).value());
        }
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
            assertEquals(
                    100,
                    producer.send(new ProducerRecord<>("kept", 0, null, new byte[1]))
                            .get()
                            .offset());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip"})
    void largeRecordsArePassedAndTooLargeOnesRefused(String compression) throws Exception {
        byte[] large = new byte[1_000_000];
        new Random(5).nextBytes(large);
        try (KafkaProducer<byte[], byte[]> producer =
                producer(Map.of("max.request.size", "20000000", "compression.type", compression))) {
            assertEquals(
                    0,
                    producer.send(new ProducerRecord<>("large", 0, null, large))
                            .get()
                            .offset());
            byte[] tooLarge = new byte[3_000_000];
            new Random(6).nextBytes(tooLarge);
            ExecutionException refused = assertThrows(
                    ExecutionException.class,
                    () -> producer.send(new ProducerRecord<>("large", 0, null, tooLarge))
                            .get());
            assertInstanceOf(RecordTooLargeException.class, refused.getCause());
            assertEquals(
                    1,
                    producer.send(new ProducerRecord<>("large", 0, null, large))
                            .get()
                            .offset());
        }
        List<ConsumerRecord<byte[], byte[]>> read = read("large", 0, 2);
        assertArrayEquals(large, read.get(0).value());
        assertArrayEquals(large, read.get(1).value());
    }

    @Test
    void offsetsAreFoundByTime() throws Exception {
        TopicPartition partition = new TopicPartition("times", 0);
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of("linger.ms", "0"))) {
            for (int i = 0; i < 50; i++) {
                producer.send(new ProducerRecord<>(
                                "times", 0, 1_000_000L + i * 10, null, new byte[1]))
                        .get();
            }
        }
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            assertEquals(0L, consumer.beginningOffsets(List.of(partition)).get(partition));
            assertEquals(50L, consumer.endOffsets(List.of(partition)).get(partition));
            OffsetAndTimestamp found =
                    consumer.offsetsForTimes(Map.of(partition, 1_000_015L)).get(partition);
            assertNotNull(found);
            assertEquals(2, found.offset());
            assertEquals(1_000_020L, found.timestamp());
            assertEquals(
                    Collections.singletonMap(partition, null),
                    consumer.offsetsForTimes(Map.of(partition, 9_000_000L)));
        }
    }

    @Test
    void aWaitingFetchIsWokenByAnAppend() throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of("linger.ms", "0"));
                KafkaConsumer<byte[], byte[]> consumer = consumer("fetch.max.wait.ms", "30000")) {
            TopicPartition partition = new TopicPartition("slow", 0);
            producer.send(new ProducerRecord<>("slow", 0, null, new byte[1])).get();
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            assertEquals(1, consumer.poll(Duration.ofSeconds(10)).count());
            assertEquals(0, consumer.poll(Duration.ofMillis(300)).count());
            long began = System.nanoTime();
            producer.send(new ProducerRecord<>("slow", 0, null, new byte[1])).get();
            assertEquals(1, consumer.poll(Duration.ofSeconds(20)).count());
            assertEquals(
                    0, (System.nanoTime() - began) / 5_000_000_000L, "woken within five seconds");
            consumer.close(
                    CloseOptions.timeout(Duration.ZERO)); // its fetch waits for half a minute
        }
    }

    @Test
    void manyPartitionsAreReadByOneConsumer() throws Exception {
        broker.close();
        broker = TestBroker.start(folder, "num.partitions", "100");
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
            for (int i = 0; i < 5000; i++) {
                producer.send(new ProducerRecord<>("many", i % 100, null, new byte[10]));
            }
        }
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            List<TopicPartition> all = consumer.partitionsFor("many").stream()
                    .map(info -> new TopicPartition("many", info.partition()))
                    .toList();
            assertEquals(100, all.size());
            consumer.assign(all);
            consumer.seekToBeginning(all);
            int[] next = new int[100];
            int count = 0;
            while (count < 5000) {
                for (ConsumerRecord<byte[], byte[]> record :
                        consumer.poll(Duration.ofSeconds(10))) {
                    assertEquals(next[record.partition()]++, record.offset());
                    count++;
                }
            }
        }
    }

    private List<ConsumerRecord<byte[], byte[]>> read(String topic, int partition, int count) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            TopicPartition from = new TopicPartition(topic, partition);
            consumer.assign(List.of(from));
            consumer.seekToBeginning(List.of(from));
            while (records.size() < count) {
                consumer.poll(Duration.ofSeconds(10)).forEach(records::add);
            }
        }
        assertEquals(count, records.size());
        return records;
    }

    private KafkaProducer<byte[], byte[]> producer(Map<String, String> settings) {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", broker.bootstrap());
        properties.putAll(settings);
        return new KafkaProducer<>(
                properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private KafkaConsumer<byte[], byte[]> consumer(String... settings) {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", broker.bootstrap());
        for (int i = 0; i < settings.length; i += 2) {
            properties.put(settings[i], settings[i + 1]);
        }
        return new KafkaConsumer<>(
                properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
