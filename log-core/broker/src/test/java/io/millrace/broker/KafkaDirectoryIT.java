package io.millrace.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.millrace.broker.kafka.KafkaProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A stopped node of Kafka and one of ours take over each other's whole data directory: topics,
/// records, configurations, groups and their offsets.
@Timeout(240)
final class KafkaDirectoryIT {
    private static final String CLUSTER_ID = "4L6g3nShT-eMCtK--X86sw";

    @TempDir
    Path work;

    private final List<String> written = new ArrayList<>();

    @Test
    void kafkasDirectoryIsTakenOverAndGivenBack() throws Exception {
        Path data = Files.createDirectory(work.resolve("data"));
        Map<String, String> settings = KafkaProcess.settings(data);
        KafkaProcess.format(work, settings, CLUSTER_ID);
        try (KafkaProcess kafka = KafkaProcess.start(work, settings)) {
            create(kafka.bootstrap());
            produce(kafka.bootstrap(), 100);
            assertEquals(written.subList(0, 60), consume(kafka.bootstrap(), 60));
            kafka.stop();
        }
        try (TestBroker ours = TestBroker.start(work, "log.dirs", data.toString())) {
            assertSame(ours.bootstrap());
            assertEquals(written.subList(60, 100), consume(ours.bootstrap(), 40));
            produce(ours.bootstrap(), 50);
            assertEquals(written.subList(100, 120), consume(ours.bootstrap(), 20));
        }
        try (KafkaProcess kafka = KafkaProcess.start(work, settings)) {
            assertSame(kafka.bootstrap());
            assertEquals(written.subList(120, 150), consume(kafka.bootstrap(), 30));
            assertEquals(written, readAll(kafka.bootstrap()));
            kafka.stop();
        }
    }

    @Test
    void kafkaTakesOverADirectoryOfOurs() throws Exception {
        Path data = work.resolve("log");
        try (TestBroker ours = TestBroker.start(work)) {
            create(ours.bootstrap());
            produce(ours.bootstrap(), 100);
            assertEquals(written.subList(0, 60), consume(ours.bootstrap(), 60));
        }
        Map<String, String> settings = new TreeMap<>(KafkaProcess.settings(data));
        try (KafkaProcess kafka = KafkaProcess.start(work, settings)) {
            assertSame(kafka.bootstrap());
            assertEquals(written.subList(60, 100), consume(kafka.bootstrap(), 40));
            produce(kafka.bootstrap(), 20);
            kafka.stop();
        }
        try (TestBroker ours = TestBroker.start(work)) {
            assertSame(ours.bootstrap());
            assertEquals(written.subList(100, 120), consume(ours.bootstrap(), 20));
            assertEquals(written, readAll(ours.bootstrap()));
        }
    }

    private static void create(String bootstrap) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            NewTopic topic = new NewTopic("orders", 1, (short) 1)
                    .configs(Map.of("retention.ms", "123456789", "max.message.bytes", "2000000"));
            admin.createTopics(List.of(topic)).all().get();
        }
    }

    private static void assertSame(String bootstrap) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, "orders");
            var config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
            assertNotNull(config);
            assertEquals("123456789", config.get("retention.ms").value());
            assertEquals("2000000", config.get("max.message.bytes").value());
        }
    }

    private void produce(String bootstrap, int count) {
        Map<String, Object> properties =
                Map.of("bootstrap.servers", bootstrap, "compression.type", "lz4");
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            for (int i = 0; i < count; i++) {
                String value = "record " + written.size();
                producer.send(new ProducerRecord<>("orders", "key " + i % 7, value));
                written.add(value);
            }
            producer.flush();
        }
    }

    /// Goes on where the group is, and commits.
    private static List<String> consume(String bootstrap, int count) {
        Map<String, Object> properties = Map.of(
                "bootstrap.servers", bootstrap,
                "group.id", "readers",
                "enable.auto.commit", "false",
                "max.poll.records", "10",
                "auto.offset.reset", "earliest");
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                properties, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of("orders"));
            while (values.size() < count) {
                consumer.poll(Duration.ofSeconds(1)).forEach(record -> values.add(record.value()));
            }
            consumer.commitSync();
        }
        return values;
    }

    private static List<String> readAll(String bootstrap) {
        List<String> values = new ArrayList<>();
        TopicPartition partition = new TopicPartition("orders", 0);
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofSeconds(1)).forEach(record -> values.add(record.value()));
            }
        }
        return values;
    }
}
