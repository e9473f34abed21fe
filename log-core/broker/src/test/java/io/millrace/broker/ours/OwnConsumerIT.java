package io.millrace.broker.ours;

import static io.millrace.broker.ours.OwnCluster.TICK;
import static io.millrace.broker.ours.OwnCluster.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.clients.admin.RecordsToDelete;
import io.millrace.clients.consumer.ConsumerRecord;
import io.millrace.clients.consumer.ConsumerRecords;
import io.millrace.clients.consumer.KafkaConsumer;
import io.millrace.clients.consumer.NoOffsetForPartitionException;
import io.millrace.clients.consumer.OffsetAndMetadata;
import io.millrace.clients.consumer.OffsetAndTimestamp;
import io.millrace.clients.consumer.OffsetOutOfRangeException;
import io.millrace.clients.producer.ProducerRecord;
import io.millrace.common.TopicPartition;
import io.millrace.common.errors.InvalidGroupIdException;
import io.millrace.common.errors.WakeupException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Our consumer on our broker, with partitions assigned by hand, over a socket and without one.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(90)
@SuppressWarnings("NullAway") // what is missing fails the test
final class OwnConsumerIT {
    private OwnCluster cluster;

    @BeforeAll
    void start(@TempDir Path folder) {
        cluster = OwnCluster.start(folder);
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    private TopicPartition fill(String topic, int count) throws Exception {
        cluster.topic(topic, 1);
        cluster.number(topic, 1, 0, count);
        return new TopicPartition(topic, 0);
    }

    private static List<Long> offsets(KafkaConsumer<String, String> consumer, int count) {
        List<Long> offsets = new ArrayList<>();
        until(
                () -> offsets.size() >= count,
                () -> consumer.poll(TICK).forEach(each -> offsets.add(each.offset())));
        return offsets;
    }

    private static List<Long> range(int from, int to) {
        return IntStream.range(from, to).mapToObj(Long::valueOf).toList();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theProgramGoesWhereItWants(boolean isLocal) throws Exception {
        TopicPartition from = fill("seek-" + isLocal, 100);
        try (var consumer = cluster.consumer(isLocal, "max.poll.records", 10)) {
            consumer.assign(List.of(from));
            assertEquals(Set.of(from), consumer.assignment());
            assertEquals(0, consumer.position(from));
            assertEquals(range(0, 10), offsets(consumer, 10));
            assertEquals(10, consumer.position(from));
            assertEquals(OptionalLong.of(90), consumer.currentLag(from));
            consumer.seek(from, 37);
            assertEquals(range(37, 47), offsets(consumer, 10));
            consumer.seekToBeginning(List.of());
            assertEquals(0, consumer.position(from));
            assertEquals(range(0, 10), offsets(consumer, 10));
            consumer.seekToEnd(List.of(from));
            assertEquals(100, consumer.position(from));
            cluster.number(from.topic(), 1, 100, 105);
            assertEquals(range(100, 105), offsets(consumer, 5));
            consumer.seek(from, new OffsetAndMetadata(99, "a note"));
            assertEquals(range(99, 105), offsets(consumer, 6));
            assertThrows(IllegalArgumentException.class, () -> consumer.seek(from, -1));
            TopicPartition other = new TopicPartition("other", 0);
            assertThrows(IllegalStateException.class, () -> consumer.seek(other, 0));
            assertThrows(IllegalStateException.class, () -> consumer.position(other));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theEndsAndTimesAreFound(boolean isLocal) throws Exception {
        String topic = "times-" + isLocal;
        TopicPartition from = fill(topic, 100);
        TopicPartition empty = new TopicPartition(topic + "-empty", 0);
        cluster.topic(empty.topic(), 1);
        cluster.admin()
                .deleteRecords(Map.of(from, RecordsToDelete.beforeOffset(5)))
                .all()
                .get(30, TimeUnit.SECONDS);
        try (var consumer = cluster.consumer(isLocal)) {
            Set<TopicPartition> both = Set.of(from, empty);
            assertEquals(Map.of(from, 5L, empty, 0L), consumer.beginningOffsets(both));
            assertEquals(Map.of(from, 100L, empty, 0L), consumer.endOffsets(both));
            assertFound(5, 5_000, consumer, from, 0);
            assertFound(40, 40_000, consumer, from, 40_000);
            assertFound(41, 41_000, consumer, from, 40_001);
            assertFound(99, 99_000, consumer, from, 99_000);
            Map<TopicPartition, OffsetAndTimestamp> none =
                    consumer.offsetsForTimes(Map.of(from, 99_001L, empty, 0L));
            assertEquals(both, none.keySet());
            assertNull(none.get(from));
            assertNull(none.get(empty));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> consumer.offsetsForTimes(Map.of(from, -1L)));
            assertEquals(1, consumer.partitionsFor(topic).size());
            assertEquals(1, consumer.listTopics().get(topic).size());
        }
    }

    private static void assertFound(
            long offset,
            long timestamp,
            KafkaConsumer<String, String> consumer,
            TopicPartition partition,
            long asked) {
        OffsetAndTimestamp found =
                consumer.offsetsForTimes(Map.of(partition, asked)).get(partition);
        assertEquals(offset, found.offset());
        assertEquals(timestamp, found.timestamp());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsPausedComesLater(boolean isLocal) throws Exception {
        String topic = "pause-" + isLocal;
        cluster.topic(topic, 2);
        cluster.number(topic, 2, 0, 2_000);
        TopicPartition held = new TopicPartition(topic, 0);
        TopicPartition free = new TopicPartition(topic, 1);
        Map<TopicPartition, List<Long>> read = new HashMap<>();
        read.put(held, new ArrayList<>());
        read.put(free, new ArrayList<>());
        try (var consumer = cluster.consumer(isLocal, "max.poll.records", 7)) {
            consumer.assign(List.of(held, free));
            until(() -> !read.get(held).isEmpty(), () -> take(consumer, read));
            int before = read.get(held).size();
            consumer.pause(List.of(held));
            assertEquals(Set.of(held), consumer.paused());
            until(() -> read.get(free).size() == 1_000, () -> take(consumer, read));
            cluster.number(topic, 2, 2_000, 2_100);
            until(() -> read.get(free).size() == 1_050, () -> take(consumer, read));
            assertEquals(before, read.get(held).size());
            consumer.resume(List.of(held));
            assertEquals(Set.of(), consumer.paused());
            until(() -> read.get(held).size() == 1_050, () -> take(consumer, read));
            assertEquals(range(0, 1_050), read.get(held));
            assertEquals(range(0, 1_050), read.get(free));
            consumer.pause(List.of(held, free));
            consumer.seek(held, 500);
            assertTrue(consumer.poll(TICK).isEmpty());
            assertEquals(500, consumer.position(held));
            consumer.resume(List.of(held));
            assertEquals(500, offsets(consumer, 1).getFirst());
            assertThrows(
                    IllegalStateException.class,
                    () -> consumer.pause(List.of(new TopicPartition("other", 0))));
        }
    }

    private static void take(
            KafkaConsumer<String, String> consumer, Map<TopicPartition, List<Long>> read) {
        ConsumerRecords<String, String> records = consumer.poll(TICK);
        for (ConsumerRecord<String, String> each : records) {
            read.get(new TopicPartition(each.topic(), each.partition())).add(each.offset());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void resetsFollowThePolicy(boolean isLocal) throws Exception {
        TopicPartition from = fill("resets-" + isLocal, 10);
        long now = System.currentTimeMillis();
        cluster.send(List.of(
                new ProducerRecord<>(from.topic(), 0, now - 7_200_000, "key", "10"),
                new ProducerRecord<>(from.topic(), 0, now - 1_800_000, "key", "11")));
        try (var consumer = cluster.consumer(isLocal, "auto.offset.reset", "earliest")) {
            consumer.assign(List.of(from));
            assertEquals(range(0, 12), offsets(consumer, 12));
            consumer.seek(from, 1_000);
            assertEquals(range(0, 12), offsets(consumer, 12));
        }
        try (var consumer = cluster.consumer(isLocal, "auto.offset.reset", "by_duration:PT1H")) {
            consumer.assign(List.of(from));
            assertEquals(11, consumer.position(from));
        }
        try (var consumer = cluster.consumer(isLocal, "auto.offset.reset", "by_duration:PT1S")) {
            consumer.assign(List.of(from));
            assertEquals(12, consumer.position(from));
        }
        try (var consumer = cluster.consumer(isLocal, "auto.offset.reset", "latest")) {
            consumer.assign(List.of(from));
            assertEquals(12, consumer.position(from));
            cluster.number(from.topic(), 1, 12, 14);
            assertEquals(range(12, 14), offsets(consumer, 2));
        }
        try (var consumer = cluster.consumer(isLocal, "auto.offset.reset", "none")) {
            consumer.assign(List.of(from));
            var missing =
                    assertThrows(NoOffsetForPartitionException.class, () -> offsets(consumer, 1));
            assertEquals(Set.of(from), missing.partitions());
            consumer.seek(from, 99);
            var outside = assertThrows(OffsetOutOfRangeException.class, () -> offsets(consumer, 1));
            assertEquals(Map.of(from, 99L), outside.offsetOutOfRangePartitions());
            consumer.seek(from, 13);
            assertEquals(range(13, 14), offsets(consumer, 1));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theNextGoesOnWhereThisOneCommitted(boolean isLocal) throws Exception {
        TopicPartition from = fill("commits-" + isLocal, 100);
        Object[] settings = {
            "group.id", from.topic(), "enable.auto.commit", false, "max.poll.records", 40
        };
        try (var consumer = cluster.consumer(isLocal, settings)) {
            consumer.assign(List.of(from));
            assertNull(consumer.committed(Set.of(from)).get(from));
            assertEquals(range(0, 40), offsets(consumer, 40));
            consumer.commitSync();
            assertEquals(40, consumer.committed(Set.of(from)).get(from).offset());
            List<Long> told = new ArrayList<>();
            for (long offset = 50; offset < 61; offset++) {
                consumer.commitAsync(
                        Map.of(from, new OffsetAndMetadata(offset, "note")), (offsets, failure) -> {
                            assertNull(failure);
                            told.add(offsets.get(from).offset());
                        });
            }
            consumer.commitSync(Map.of());
            assertEquals(range(50, 61), told);
        }
        try (var consumer = cluster.consumer(isLocal, settings)) {
            consumer.assign(List.of(from));
            assertEquals("note", consumer.committed(Set.of(from)).get(from).metadata());
            assertEquals(range(60, 100), offsets(consumer, 40));
        }
        settings[3] = true;
        try (var consumer = cluster.consumer(isLocal, settings)) {
            consumer.assign(List.of(from));
            assertEquals(range(60, 100), offsets(consumer, 40));
        }
        try (var consumer = cluster.consumer(isLocal, settings)) {
            assertEquals(100, consumer.committed(Set.of(from)).get(from).offset());
        }
        try (var consumer = cluster.consumer(isLocal)) {
            consumer.assign(List.of(from));
            assertThrows(InvalidGroupIdException.class, consumer::commitSync);
            assertThrows(
                    InvalidGroupIdException.class, () -> consumer.subscribe(List.of(from.topic())));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void wakingUpEndsAWaitAndNoMore(boolean isLocal) throws Exception {
        TopicPartition from = fill("wakeup-" + isLocal, 1);
        try (var consumer = cluster.consumer(isLocal)) {
            consumer.assign(List.of(from));
            assertEquals(range(0, 1), offsets(consumer, 1));
            consumer.wakeup();
            assertThrows(WakeupException.class, () -> consumer.poll(Duration.ofDays(1)));
            assertTrue(consumer.poll(TICK).isEmpty());
            Thread other = Thread.ofVirtual().start(consumer::wakeup);
            assertThrows(WakeupException.class, () -> consumer.poll(Duration.ofDays(1)));
            other.join();
            cluster.number(from.topic(), 1, 1, 2);
            assertEquals(range(1, 2), offsets(consumer, 1));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void oneThreadUsesItAndNobodyAfterTheEnd(boolean isLocal) throws Exception {
        TopicPartition from = fill("threads-" + isLocal, 1);
        var consumer = cluster.consumer(isLocal, "group.id", from.topic());
        consumer.assign(List.of(from));
        CountDownLatch isIn = new CountDownLatch(1);
        CompletableFuture<Boolean> polling = CompletableFuture.supplyAsync(() -> {
            consumer.poll(TICK);
            isIn.countDown();
            try {
                return consumer.poll(Duration.ofDays(1)).isEmpty();
            } catch (WakeupException e) {
                return true;
            }
        });
        isIn.await();
        until(
                () -> {
                    try {
                        consumer.assignment();
                        return false;
                    } catch (ConcurrentModificationException e) {
                        return true;
                    }
                },
                () -> {});
        consumer.wakeup();
        polling.get(30, TimeUnit.SECONDS);
        consumer.close();
        consumer.close();
        assertThrows(IllegalStateException.class, () -> consumer.poll(TICK));
        assertThrows(IllegalStateException.class, consumer::commitSync);
        ExecutionException late = assertThrows(
                ExecutionException.class,
                () -> CompletableFuture.supplyAsync(() -> consumer.poll(TICK)).get());
        assertInstanceOf(IllegalStateException.class, late.getCause());
    }
}
