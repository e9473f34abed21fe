package io.millrace.clients.producer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.clients.testing.BreakingProxy;
import io.millrace.clients.testing.KafkaProcess;
import io.millrace.clients.testing.KafkaReader;
import io.millrace.common.serialization.StringSerializer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Connections break and answers get lost while the producer sends: every record is there once, in
/// order.
@Timeout(180)
class IdempotenceIT {
    private static final int PARTITIONS = 3;
    private static final int COUNT = 30_000;

    @ParameterizedTest
    @ValueSource(strings = {"none", "lz4"})
    void everyRecordIsStoredOnceAndInOrder(String compression) throws Exception {
        try (BreakingProxy proxy = new BreakingProxy();
                KafkaProcess kafka = KafkaProcess.behind(proxy)) {
            KafkaReader.createTopic(kafka.bootstrap(), "once", PARTITIONS, Map.of());
            sendWhileBreaking(proxy, kafka.bootstrap(), compression);
            check(KafkaReader.read(kafka.bootstrap(), "once", PARTITIONS, COUNT));
        }
    }

    private static void sendWhileBreaking(BreakingProxy proxy, String bootstrap, String compression)
            throws Exception {
        AtomicBoolean isDone = new AtomicBoolean();
        Thread breaker = new Thread(() -> {
            for (int i = 0; !isDone.get(); i++) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(150));
                if (i % 2 == 0) {
                    proxy.swallowAnswers();
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
                }
                proxy.breakAll();
            }
        });
        Map<String, Object> configs = new HashMap<>();
        configs.put("bootstrap.servers", bootstrap);
        configs.put("batch.size", 2_000);
        configs.put("compression.type", compression);
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try (var producer =
                new KafkaProducer<>(configs, new StringSerializer(), new StringSerializer())) {
            producer.partitionsFor("once");
            breaker.start();
            for (int i = 0; i < COUNT; i++) {
                sent.add(producer.send(
                        new ProducerRecord<>("once", i % PARTITIONS, "k", Integer.toString(i))));
                if (i % 100 == 0) {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
                }
            }
            for (Future<RecordMetadata> each : sent) {
                each.get(60, TimeUnit.SECONDS);
            }
        } finally {
            isDone.set(true);
            breaker.join();
        }
    }

    private static void check(List<ConsumerRecord<byte[], byte[]>> read) {
        int[] next = {0, 1, 2};
        for (ConsumerRecord<byte[], byte[]> record : read) {
            int value = Integer.parseInt(new String(record.value(), StandardCharsets.UTF_8));
            assertEquals(next[record.partition()], value, "partition " + record.partition());
            next[record.partition()] += PARTITIONS;
        }
        assertEquals(COUNT, read.size());
    }

    @Test
    void aProducerOutlivesARestartOfItsConnections() throws Exception {
        try (BreakingProxy proxy = new BreakingProxy();
                KafkaProcess kafka = KafkaProcess.behind(proxy)) {
            KafkaReader.createTopic(kafka.bootstrap(), "again", 1, Map.of());
            Map<String, Object> configs = Map.of("bootstrap.servers", kafka.bootstrap());
            try (var producer =
                    new KafkaProducer<>(configs, new StringSerializer(), new StringSerializer())) {
                for (int i = 0; i < 5; i++) {
                    RecordMetadata where = producer.send(new ProducerRecord<>("again", "v" + i))
                            .get();
                    assertEquals(i, where.offset());
                    proxy.breakAll();
                }
            }
            assertTrue(KafkaReader.read(kafka.bootstrap(), "again", 1, 5).size() == 5);
        }
    }
}
