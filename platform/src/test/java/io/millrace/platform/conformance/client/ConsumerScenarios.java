package io.millrace.platform.conformance.client;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// Reading without a group: positions, times, resets, commits.
public final class ConsumerScenarios {
    private static final long THEN = 1_600_000_000_000L;

    private final Cluster cluster;

    public ConsumerScenarios(String bootstrap, String version) {
        cluster = new Cluster(bootstrap, version);
    }

    private static List<String> poll(KafkaConsumer<String, String> consumer, int count) {
        List<String> values = new ArrayList<>();
        Cluster.await(count + " records", () -> {
            consumer.poll(Cluster.SHORT).forEach(record -> values.add(record.value()));
            return values.size() >= count;
        });
        return values;
    }

    public void seeksGoWhereTheySay() throws Exception {
        TopicPartition partition = new TopicPartition(cluster.topic("seek", 1, Map.of()), 0);
        cluster.write(partition.topic(), 0, "a", "b", "c", "d");
        try (KafkaConsumer<String, String> consumer =
                cluster.consumer(Map.of("max.poll.records", "1"))) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, 2);
            assertEquals(List.of("c"), poll(consumer, 1));
            consumer.seekToBeginning(List.of(partition));
            assertEquals(List.of("a"), poll(consumer, 1));
            assertEquals(1, consumer.position(partition));
            consumer.seekToEnd(List.of(partition));
            assertEquals(4, consumer.position(partition));
            assertEquals(Map.of(partition, 0L), consumer.beginningOffsets(List.of(partition)));
            assertEquals(Map.of(partition, 4L), consumer.endOffsets(List.of(partition)));
        }
    }

    public void timesFindTheFirstRecordThatIsNotOlder() throws Exception {
        String topic = cluster.topic("times", 1, Map.of());
        try (KafkaProducer<String, String> producer = cluster.producer(Map.of())) {
            for (int i = 0; i < 10; i++) {
                Cluster.get(
                        producer.send(new ProducerRecord<>(topic, 0, THEN + i * 10, null, "" + i)));
            }
            // Older than the one before: a time finds the first in the log's order.
            Cluster.get(producer.send(new ProducerRecord<>(topic, 0, THEN + 35, null, "late")));
        }
        TopicPartition partition = new TopicPartition(topic, 0);
        try (KafkaConsumer<String, String> consumer = cluster.consumer(Map.of())) {
            assertEquals(0, found(consumer, partition, THEN - 5).offset());
            assertEquals(3, found(consumer, partition, THEN + 30).offset());
            OffsetAndTimestamp between = found(consumer, partition, THEN + 31);
            assertEquals(4, between.offset());
            assertEquals(THEN + 40, between.timestamp());
            assertNull(lookup(consumer, partition, THEN + 91));
        }
    }

    private static OffsetAndTimestamp found(
            KafkaConsumer<String, String> consumer, TopicPartition partition, long time) {
        OffsetAndTimestamp found = lookup(consumer, partition, time);
        if (found == null) {
            throw new AssertionError("nothing at " + time);
        }
        return found;
    }

    private static @Nullable OffsetAndTimestamp lookup(
            KafkaConsumer<String, String> consumer, TopicPartition partition, long time) {
        return consumer.offsetsForTimes(Map.of(partition, time)).get(partition);
    }

    public void resetsDoWhatIsAsked() throws Exception {
        TopicPartition partition = new TopicPartition(cluster.topic("reset", 1, Map.of()), 0);
        cluster.write(partition.topic(), 0, "a", "b");
        try (KafkaConsumer<String, String> consumer =
                cluster.consumer(Map.of("auto.offset.reset", "latest"))) {
            consumer.assign(List.of(partition));
            assertEquals(2, consumer.position(partition));
            consumer.seek(partition, 100);
            cluster.write(partition.topic(), 0, "c");
            Cluster.await("reset to the end", () -> {
                consumer.poll(Cluster.SHORT);
                return consumer.position(partition) == 3;
            });
        }
        try (KafkaConsumer<String, String> consumer = cluster.consumer(
                Map.of("auto.offset.reset", "none", "group.id", cluster.name("reset-none")))) {
            consumer.assign(List.of(partition));
            assertThrows(
                    NoOffsetForPartitionException.class,
                    () -> consumer.poll(java.time.Duration.ofSeconds(20)));
            consumer.seek(partition, 100);
            assertThrows(OffsetOutOfRangeException.class, () -> poll(consumer, 1));
        }
    }

    public void commitsComeBackWithTheirMetadata() throws Exception {
        TopicPartition partition = new TopicPartition(cluster.topic("commit", 2, Map.of()), 1);
        cluster.write(partition.topic(), 1, "a", "b", "c");
        String group = cluster.name("committing");
        try (KafkaConsumer<String, String> consumer = cluster.member(group, Map.of())) {
            consumer.assign(List.of(partition));
            assertNull(consumer.committed(Set.of(partition)).get(partition));
            consumer.commitSync(Map.of(partition, new OffsetAndMetadata(2, "here")));
            Map<TopicPartition, OffsetAndMetadata> async = new HashMap<>();
            consumer.commitAsync(
                    Map.of(partition, new OffsetAndMetadata(1, "there")),
                    (offsets, problem) -> async.putAll(offsets));
            Cluster.await("the commit's callback", () -> {
                consumer.poll(Cluster.SHORT);
                return !async.isEmpty();
            });
        }
        try (KafkaConsumer<String, String> consumer = cluster.member(group, Map.of())) {
            OffsetAndMetadata committed = consumer.committed(Set.of(partition)).get(partition);
            assertNotNull(committed);
            assertEquals(1, committed.offset());
            assertEquals("there", committed.metadata());
            consumer.assign(List.of(partition));
            assertEquals(List.of("b", "c"), poll(consumer, 2));
        }
    }

    public void pausedPartitionsGiveNothing() throws Exception {
        String topic = cluster.topic("pause", 2, Map.of());
        cluster.write(topic, 0, "a");
        cluster.write(topic, 1, "b");
        TopicPartition paused = new TopicPartition(topic, 0);
        TopicPartition other = new TopicPartition(topic, 1);
        try (KafkaConsumer<String, String> consumer = cluster.consumer(Map.of())) {
            consumer.assign(List.of(paused, other));
            consumer.pause(List.of(paused));
            assertEquals(List.of("b"), poll(consumer, 1));
            assertEquals(0, consumer.poll(Cluster.SHORT).count());
            consumer.resume(List.of(paused));
            assertEquals(List.of("a"), poll(consumer, 1));
        }
    }

    public void deletedRecordsAreGone() throws Exception {
        String topic = cluster.topic("deleted-records", 1, Map.of());
        TopicPartition partition = new TopicPartition(topic, 0);
        cluster.write(topic, 0, "a", "b", "c", "d");
        try (Admin admin = cluster.admin()) {
            assertEquals(3, Cluster.deleteBefore(admin, partition, 3));
        }
        assertEquals(List.of("d"), cluster.values(topic, 0));
        try (KafkaConsumer<String, String> consumer = cluster.consumer(Map.of())) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, 1);
            assertEquals(List.of("d"), poll(consumer, 1));
            assertEquals(Map.of(partition, 3L), consumer.beginningOffsets(List.of(partition)));
        }
    }

    public void smallFetchesAndLargeRecordsStillMakeProgress() throws Exception {
        String topic = cluster.topic("progress", 3, Map.of());
        for (int partition = 0; partition < 3; partition++) {
            cluster.write(topic, partition, "x".repeat(50_000), "y".repeat(50_000));
        }
        try (KafkaConsumer<String, String> consumer = cluster.consumer(
                Map.of("fetch.max.bytes", "1000", "max.partition.fetch.bytes", "1000"))) {
            consumer.assign(List.of(
                    new TopicPartition(topic, 0),
                    new TopicPartition(topic, 1),
                    new TopicPartition(topic, 2)));
            assertEquals(6, poll(consumer, 6).size());
        }
    }

    public void waitingFetchesEndWhenARecordArrives() throws Exception {
        String topic = cluster.topic("waiting", 1, Map.of());
        TopicPartition partition = new TopicPartition(topic, 0);
        try (KafkaConsumer<String, String> consumer =
                        cluster.consumer(Map.of("fetch.max.wait.ms", "20000"));
                KafkaProducer<String, String> producer = cluster.producer(Map.of())) {
            producer.partitionsFor(topic);
            consumer.assign(List.of(partition));
            consumer.poll(Cluster.SHORT);
            long before = System.nanoTime();
            producer.send(new ProducerRecord<>(topic, "here"));
            assertEquals(List.of("here"), poll(consumer, 1));
            assertTrue(System.nanoTime() - before < 5_000_000_000L, "a fetch slept");
        }
    }

    public void fetchSessionsFollowPartitionsThatComeAndGo() throws Exception {
        String topic = cluster.topic("sessions", 20, Map.of());
        List<TopicPartition> all = new ArrayList<>();
        for (int partition = 0; partition < 20; partition++) {
            all.add(new TopicPartition(topic, partition));
        }
        try (KafkaConsumer<String, String> consumer = cluster.consumer(Map.of())) {
            for (int round = 0; round < 20; round++) {
                consumer.assign(all.subList(0, 20 - round));
                for (int partition = 0; partition < 20; partition += 7) {
                    cluster.write(topic, partition, round + "/" + partition);
                }
                int expected = 0;
                for (int partition = 0; partition < 20; partition += 7) {
                    expected += partition < 20 - round ? 1 : 0;
                }
                int count = expected;
                List<String> got = poll(consumer, count);
                assertEquals(count, got.size(), () -> "round " + got);
            }
        }
    }

    public void topicsAreListedWithTheirPartitions() throws Exception {
        String topic = cluster.topic("listed", 3, Map.of());
        try (KafkaConsumer<String, String> consumer = cluster.consumer(Map.of())) {
            assertEquals(3, consumer.partitionsFor(topic).size());
            assertEquals(3, requireNonNull(consumer.listTopics().get(topic)).size());
        }
    }
}
