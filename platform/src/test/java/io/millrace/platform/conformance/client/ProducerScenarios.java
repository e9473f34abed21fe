package io.millrace.platform.conformance.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.record.TimestampType;

/// What a producer sends is what is read.
public final class ProducerScenarios {
    private static final long THEN = 1_600_000_000_000L;

    private final Cluster cluster;

    public ProducerScenarios(String bootstrap, String version) {
        cluster = new Cluster(bootstrap, version);
    }

    public void everyCompressionArrivesInOrder() throws Exception {
        for (String compression : List.of("none", "gzip", "snappy", "lz4", "zstd")) {
            String topic = cluster.topic("compress-" + compression, 1, Map.of());
            List<String> values = IntStream.range(0, 500)
                    .mapToObj(i -> compression + " " + i + " " + "x".repeat(i))
                    .toList();
            try (KafkaProducer<String, String> producer =
                    cluster.producer(Map.of("compression.type", compression, "linger.ms", "20"))) {
                values.forEach(value -> producer.send(new ProducerRecord<>(topic, value)));
            }
            assertEquals(values, cluster.values(topic, 0), compression);
        }
    }

    public void theTopicsCompressionIsWhatIsStored() throws Exception {
        for (String stored : List.of("uncompressed", "gzip", "snappy", "lz4", "zstd")) {
            String topic =
                    cluster.topic("recompress-" + stored, 1, Map.of("compression.type", stored));
            List<String> values =
                    IntStream.range(0, 100).mapToObj(i -> "value " + i).toList();
            try (KafkaProducer<String, String> producer =
                    cluster.producer(Map.of("compression.type", "lz4", "linger.ms", "20"))) {
                values.forEach(value -> producer.send(new ProducerRecord<>(topic, value)));
            }
            assertEquals(values, cluster.values(topic, 0), stored);
        }
    }

    public void acksDecideWhatTheProducerLearns() throws Exception {
        String topic = cluster.topic("acks", 1, Map.of());
        List<Long> offsets = new ArrayList<>();
        for (String acks : List.of("1", "all", "0")) {
            try (KafkaProducer<String, String> producer =
                    cluster.producer(Map.of("acks", acks, "enable.idempotence", "false"))) {
                offsets.add(Cluster.get(producer.send(new ProducerRecord<>(topic, acks)))
                        .offset());
            }
        }
        assertEquals(List.of(0L, 1L, -1L), offsets);
        Cluster.await(
                "the record without acknowledgement",
                () -> cluster.values(topic, 0).equals(List.of("1", "all", "0")));
    }

    public void idempotentProducersKeepOrderInManyPartitions() throws Exception {
        String topic = cluster.topic("idempotent", 4, Map.of());
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try (KafkaProducer<String, String> producer = cluster.producer(Map.of(
                "enable.idempotence", "true",
                "acks", "all",
                "max.in.flight.requests.per.connection", "5",
                "batch.size", "1000"))) {
            for (int i = 0; i < 2000; i++) {
                sent.add(producer.send(new ProducerRecord<>(topic, i % 4, null, "" + i)));
            }
        }
        for (int i = 0; i < sent.size(); i++) {
            assertEquals(i / 4, Cluster.get(sent.get(i)).offset());
        }
        for (int partition = 0; partition < 4; partition++) {
            int first = partition;
            assertEquals(
                    IntStream.range(0, 500).mapToObj(i -> "" + (i * 4 + first)).toList(),
                    cluster.values(topic, partition));
        }
    }

    public void keysHeadersAndTimestampsAreKept() throws Exception {
        String topic = cluster.topic("headers", 1, Map.of());
        try (KafkaProducer<String, String> producer = cluster.producer(Map.of())) {
            ProducerRecord<String, String> record =
                    new ProducerRecord<>(topic, 0, THEN, "key", "value");
            record.headers()
                    .add("one", "1".getBytes(StandardCharsets.UTF_8))
                    .add("none", null)
                    .add("one", new byte[0]);
            producer.send(record);
            producer.send(
                    new ProducerRecord<String, String>(topic, 0, THEN + 1, null, (String) null));
        }
        List<ConsumerRecord<String, String>> read = cluster.read(topic, 0);
        ConsumerRecord<String, String> first = read.get(0);
        assertEquals("key", first.key());
        assertEquals("value", first.value());
        assertEquals(THEN, first.timestamp());
        assertEquals(TimestampType.CREATE_TIME, first.timestampType());
        assertEquals(3, first.headers().toArray().length);
        assertArrayEquals(
                "1".getBytes(StandardCharsets.UTF_8),
                first.headers().toArray()[0].value());
        assertNull(first.headers().toArray()[1].value());
        assertEquals(0, first.headers().toArray()[2].value().length);
        assertNull(read.get(1).key());
        assertNull(read.get(1).value());
        assertEquals(THEN + 1, read.get(1).timestamp());
    }

    public void logAppendTimeIsTheBrokers() throws Exception {
        String topic =
                cluster.topic("append-time", 1, Map.of("message.timestamp.type", "LogAppendTime"));
        long before = System.currentTimeMillis();
        for (String compression : List.of("none", "gzip")) {
            try (KafkaProducer<String, String> producer =
                    cluster.producer(Map.of("compression.type", compression))) {
                RecordMetadata sent = Cluster.get(
                        producer.send(new ProducerRecord<>(topic, 0, THEN, "key", "value")));
                assertTrue(sent.timestamp() >= before, "acknowledged with the broker's time");
            }
        }
        for (ConsumerRecord<String, String> record : cluster.read(topic, 0)) {
            assertEquals(TimestampType.LOG_APPEND_TIME, record.timestampType());
            assertTrue(record.timestamp() >= before);
            assertTrue(record.timestamp() <= System.currentTimeMillis());
        }
    }

    public void timestampsOutsideOfTheTopicsBoundsAreRefused() throws Exception {
        String topic = cluster.topic(
                "bounds",
                1,
                Map.of(
                        "message.timestamp.before.max.ms", "3600000",
                        "message.timestamp.after.max.ms", "3600000"));
        long now = System.currentTimeMillis();
        try (KafkaProducer<String, String> producer = cluster.producer(Map.of())) {
            for (long timestamp : new long[] {now - 7_200_000, now + 7_200_000}) {
                assertEquals(
                        "InvalidTimestampException",
                        Cluster.error(producer.send(
                                new ProducerRecord<>(topic, 0, timestamp, null, "late"))));
            }
            assertEquals(
                    0,
                    Cluster.get(producer.send(new ProducerRecord<>(topic, 0, now, null, "now")))
                            .offset());
        }
    }

    public void recordsThatAreTooLargeAreRefusedAndTheOthersAreNot() throws Exception {
        String topic = cluster.topic("large", 1, Map.of("max.message.bytes", "50000"));
        try (KafkaProducer<String, String> producer =
                cluster.producer(Map.of("max.request.size", "5000000"))) {
            assertEquals(
                    "RecordTooLargeException",
                    Cluster.error(producer.send(new ProducerRecord<>(topic, "x".repeat(60_000)))));
            assertEquals(
                    0,
                    Cluster.get(producer.send(new ProducerRecord<>(topic, "x".repeat(40_000))))
                            .offset());
        }
    }

    public void batchesThatAreTooLargeAreSplit() throws Exception {
        if (!cluster.isAtLeast("4")) {
            return; // Older clients split for ever when the topic's limit is below their batch
            // size.
        }
        String topic = cluster.topic("split", 1, Map.of("max.message.bytes", "50000"));
        try (KafkaProducer<String, String> producer =
                cluster.producer(Map.of("batch.size", "200000", "linger.ms", "200"))) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                sent.add(producer.send(new ProducerRecord<>(topic, i + "x".repeat(20_000))));
            }
            for (int i = 0; i < 8; i++) {
                assertEquals(i, Cluster.get(sent.get(i)).offset());
            }
        }
    }

    public void aMegabyteGoesThroughWhereTheTopicLetsIt() throws Exception {
        String topic = cluster.topic("megabytes", 1, Map.of("max.message.bytes", "8000000"));
        String value = "abcdefgh".repeat(500_000);
        try (KafkaProducer<String, String> producer = cluster.producer(
                Map.of("max.request.size", "9000000", "buffer.memory", "64000000"))) {
            Cluster.get(producer.send(new ProducerRecord<>(topic, value)));
            Cluster.get(producer.send(new ProducerRecord<>(topic, "small")));
        }
        assertEquals(List.of(value, "small"), cluster.values(topic, 0));
    }

    public void compactedTopicsRefuseRecordsWithoutKey() throws Exception {
        String topic = cluster.topic("keyless", 1, Map.of("cleanup.policy", "compact"));
        try (KafkaProducer<String, String> producer = cluster.producer(Map.of())) {
            assertEquals(
                    "InvalidRecordException",
                    Cluster.error(producer.send(new ProducerRecord<>(topic, "no key"))));
            assertEquals(
                    0,
                    Cluster.get(producer.send(new ProducerRecord<>(topic, "k", "v")))
                            .offset());
        }
    }

    public void producersCreateTopicsByUsingThem() throws Exception {
        String topic = cluster.name("created-by-use");
        try (KafkaProducer<String, String> producer = cluster.producer(Map.of())) {
            assertEquals(
                    0,
                    Cluster.get(producer.send(new ProducerRecord<>(topic, "first")))
                            .offset());
            assertEquals(1, producer.partitionsFor(topic).size());
        }
        assertEquals(List.of("first"), cluster.values(topic, 0));
    }

    public void badNamesAndPartitionsAreRefused() {
        try (KafkaProducer<String, String> producer =
                cluster.producer(Map.of("max.block.ms", "1500"))) {
            assertEquals(
                    "InvalidTopicException",
                    Cluster.error(producer.send(new ProducerRecord<>("not a name", "value"))));
            assertFalse(producer.partitionsFor(cluster.name("elsewhere")).isEmpty());
        }
    }

    public void keysChooseThePartitionThatEveryClientChooses() throws Exception {
        String topic = cluster.topic("keyed", 8, Map.of());
        try (KafkaProducer<String, String> producer = cluster.producer(Map.of())) {
            for (int i = 0; i < 100; i++) {
                RecordMetadata first =
                        Cluster.get(producer.send(new ProducerRecord<>(topic, "k" + i, "1")));
                int murmur = org.apache.kafka.common.utils.Utils.toPositive(
                        org.apache.kafka.common.utils.Utils.murmur2(
                                ("k" + i).getBytes(StandardCharsets.UTF_8)));
                assertEquals(murmur % 8, first.partition());
            }
        }
    }
}
