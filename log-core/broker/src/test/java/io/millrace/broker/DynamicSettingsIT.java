package io.millrace.broker;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What is set while the node runs is what it does from then on.
@Timeout(60)
final class DynamicSettingsIT {
    private static final TopicPartition PARTITION = new TopicPartition("t", 0);

    @TempDir
    Path folder;

    private TestBroker broker;
    private Admin admin;

    @BeforeEach
    void start() {
        broker = TestBroker.start(
                folder,
                "log.initial.task.delay.ms",
                "0",
                "log.cleaner.backoff.ms",
                "3600000",
                "producer.id.expiration.check.interval.ms",
                "10");
        admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()));
    }

    @AfterEach
    void stop() {
        admin.close();
        broker.close();
    }

    private void set(String key, String value) throws Exception {
        admin.incrementalAlterConfigs(Map.of(
                        new ConfigResource(ConfigResource.Type.BROKER, ""),
                        List.of(new AlterConfigOp(
                                new ConfigEntry(key, value), AlterConfigOp.OpType.SET))))
                .all()
                .get();
    }

    private void create(Map<String, String> configs) throws Exception {
        admin.createTopics(List.of(new NewTopic("t", 1, (short) 1).configs(configs)))
                .all()
                .get();
    }

    private void produce(int records, int keys) throws Exception {
        try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrap(), "batch.size", "1000"),
                new StringSerializer(),
                new StringSerializer())) {
            for (int i = 0; i < records; i++) {
                producer.send(new ProducerRecord<>("t", "k" + i % keys, "v" + i));
            }
            producer.flush();
        }
    }

    /// Asks until the answer is this; the test's timeout ends it.
    private static <T> void eventually(T wanted, Callable<T> question) throws Exception {
        while (!wanted.equals(question.call())) {
            Thread.onSpinWait();
        }
    }

    @Test
    void producersExpireAfterAnotherTime() throws Exception {
        create(Map.of());
        produce(1, 1);
        assertEquals(1, producers());
        set("producer.id.expiration.ms", "1");
        eventually(0, this::producers);
    }

    private int producers() throws Exception {
        return admin.describeProducers(List.of(PARTITION))
                .partitionResult(PARTITION)
                .get()
                .activeProducers()
                .size();
    }

    @Test
    void logsAreCompactedInAnotherRhythm() throws Exception {
        create(Map.of(
                "cleanup.policy",
                "compact",
                "segment.bytes",
                "1048576",
                "segment.ms",
                "1",
                "min.cleanable.dirty.ratio",
                "0"));
        produce(200, 10);
        produce(1, 1); // into another segment, so that the first can be compacted
        assertEquals(201, records());
        set("log.cleaner.backoff.ms", "10");
        eventually(11, this::records);
    }

    private int records() {
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrap(), "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.assign(List.of(PARTITION));
            consumer.seekToBeginning(List.of(PARTITION));
            long end = requireNonNull(consumer.endOffsets(List.of(PARTITION)).get(PARTITION));
            int records = 0;
            while (consumer.position(PARTITION) < end) {
                records += consumer.poll(Duration.ofMillis(100)).count();
            }
            return records;
        }
    }
}
