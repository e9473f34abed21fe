package io.millrace.broker;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A group and an administrator, through a restart.
@Timeout(60)
final class NodeIT {
    @TempDir
    Path folder;

    private TestBroker broker;

    @BeforeEach
    void start() {
        broker = TestBroker.start(folder, "group.initial.rebalance.delay.ms", "0");
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    @Test
    void aDirectoryMayBeGivenRelativeToTheWorkingOne() throws Exception {
        produce("kept", 1, 3);
        broker.close();
        Path relative = Path.of("").toAbsolutePath().relativize(folder.toAbsolutePath());
        broker = TestBroker.start(relative);
        try (Admin admin = admin()) {
            TopicPartition partition = new TopicPartition("kept", 0);
            var ends = admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                    .all()
                    .get();
            assertEquals(3, requireNonNull(ends.get(partition)).offset());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "consumer"})
    void aGroupGoesOnWhereItCommitted(String protocol) throws Exception {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic("events", 4, (short) 1)))
                    .all()
                    .get();
        }
        produce("events", 4, 100);
        assertEquals(100, consume(protocol, 100));
        broker.close();
        broker = TestBroker.start(folder, "group.initial.rebalance.delay.ms", "0");
        produce("events", 4, 20);
        assertEquals(20, consume(protocol, 20));
        try (Admin admin = admin()) {
            long committed = admin
                    .listConsumerGroupOffsets("group")
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .values()
                    .stream()
                    .mapToLong(offset -> offset.offset())
                    .sum();
            assertEquals(120, committed);
            assertEquals(1, admin.listGroups().all().get().size());
        }
    }

    private int consume(String protocol, int count) {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", broker.bootstrap());
        properties.put("group.id", "group");
        properties.put("group.protocol", protocol);
        properties.put("auto.offset.reset", "earliest");
        properties.put("enable.auto.commit", "false");
        int seen = 0;
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of("events"));
            while (seen < count) {
                seen += consumer.poll(Duration.ofSeconds(5)).count();
            }
            consumer.commitSync();
        }
        return seen;
    }

    private void produce(String topic, int partitions, int count) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrap()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < count; i++) {
                producer.send(new ProducerRecord<>(topic, i % partitions, null, new byte[10]));
            }
        }
    }

    @Test
    void anAdministratorManagesTopics() throws Exception {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic("made", 2, (short) 1)
                            .configs(Map.of("retention.ms", "60000"))))
                    .all()
                    .get();
            assertTrue(admin.listTopics().names().get().contains("made"));
            admin.createPartitions(Map.of("made", NewPartitions.increaseTo(3)))
                    .all()
                    .get();
            assertEquals(
                    3,
                    found(admin.describeTopics(List.of("made")).allTopicNames().get(), "made")
                            .partitions()
                            .size());
            ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, "made");
            ConfigEntry retention = found(
                            admin.describeConfigs(List.of(topic)).all().get(), topic)
                    .get("retention.ms");
            assertEquals("60000", retention.value());
            assertEquals(1, admin.describeCluster().nodes().get().size());

            produce("made", 3, 30);
            TopicPartition partition = new TopicPartition("made", 1);
            assertEquals(
                    4,
                    found(
                                    admin.deleteRecords(Map.of(
                                                    partition, RecordsToDelete.beforeOffset(4)))
                                            .lowWatermarks(),
                                    partition)
                            .get()
                            .lowWatermark());
            assertEquals(
                    4,
                    admin.listOffsets(Map.of(partition, OffsetSpec.earliest()))
                            .partitionResult(partition)
                            .get()
                            .offset());
            List<Long> sizes = new ArrayList<>();
            found(admin.describeLogDirs(List.of(1)).allDescriptions().get(), 1)
                    .values()
                    .forEach(directory -> directory.replicaInfos().forEach((id, replica) -> {
                        if (id.topic().equals("made")) {
                            sizes.add(replica.size());
                        }
                    }));
            assertEquals(3, sizes.size());

            admin.deleteTopics(List.of("made")).all().get();
            assertTrue(admin.listTopics().names().get().isEmpty());
            admin.createTopics(List.of(new NewTopic("made", 1, (short) 1)))
                    .all()
                    .get();
            assertEquals(
                    0,
                    admin.listOffsets(Map.of(new TopicPartition("made", 0), OffsetSpec.latest()))
                            .partitionResult(new TopicPartition("made", 0))
                            .get()
                            .offset());
        }
    }

    private static <K, V> V found(Map<K, V> map, K key) {
        V value = map.get(key);
        assertNotNull(value);
        return value;
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", broker.bootstrap()));
    }
}
