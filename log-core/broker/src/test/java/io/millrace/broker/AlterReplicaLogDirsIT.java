package io.millrace.broker;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeReplicaLogDirsResult.ReplicaLogDirInfo;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.ReplicaInfo;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionReplica;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.KafkaStorageException;
import org.apache.kafka.common.errors.LogDirNotFoundException;
import org.apache.kafka.common.errors.ReplicaNotAvailableException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// An administrator moves partitions between the directories of a node that is in use.
@Timeout(120)
final class AlterReplicaLogDirsIT {
    private static final int ROUNDS = 4;
    private static final int MOST_IN_FLIGHT = 500;

    @TempDir
    Path folder;

    private TestBroker broker;
    private Admin admin;
    private String first;
    private String second;
    private int node;

    @BeforeEach
    void start() throws Exception {
        first = folder.resolve("first").toString();
        second = folder.resolve("second").toString();
        open();
    }

    private void open() throws Exception {
        broker = TestBroker.start(folder, "log.dirs", first + "," + second);
        admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()));
        node = admin.describeCluster().nodes().get().iterator().next().id();
    }

    @AfterEach
    void stop() {
        admin.close();
        broker.close();
    }

    private TopicPartitionReplica replica(int partition) {
        return new TopicPartitionReplica("moved", partition, node);
    }

    private void create(int partitions) throws Exception {
        admin.createTopics(List.of(new NewTopic("moved", partitions, (short) 1)
                        .configs(Map.of("segment.bytes", "1048576"))))
                .all()
                .get();
    }

    private void move(int partition, String directory) throws Exception {
        admin.alterReplicaLogDirs(Map.of(replica(partition), directory)).all().get();
    }

    private ReplicaLogDirInfo where(int partition) throws Exception {
        TopicPartitionReplica replica = replica(partition);
        return requireNonNull(
                admin.describeReplicaLogDirs(List.of(replica)).all().get().get(replica));
    }

    private void awaitMoved(int partition, String directory) throws Exception {
        ReplicaLogDirInfo now = where(partition);
        while (!directory.equals(now.getCurrentReplicaLogDir())) {
            if (now.getFutureReplicaLogDir() != null) {
                assertEquals(directory, now.getFutureReplicaLogDir());
                assertTrue(now.getFutureReplicaOffsetLag() >= 0);
            }
            now = where(partition);
        }
        assertNull(now.getFutureReplicaLogDir());
        assertEquals(0, now.getCurrentReplicaOffsetLag());
    }

    private String other(String directory) {
        return directory.equals(first) ? second : first;
    }

    @Test
    void everyRecordIsThereAfterMovesUnderLoad() throws Exception {
        create(2);
        AtomicBoolean isOver = new AtomicBoolean();
        Map<TopicPartition, Map<Long, String>> written = new HashMap<>();
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        Thread producing = start(failures, () -> produceUntil(isOver, written));
        Thread reading = start(failures, () -> readUntil(isOver));
        try {
            for (int round = 0; round < ROUNDS; round++) {
                for (int partition = 0; partition < 2; partition++) {
                    String target = other(where(partition).getCurrentReplicaLogDir());
                    move(partition, target);
                    awaitMoved(partition, target);
                }
            }
        } finally {
            isOver.set(true);
            producing.join();
            reading.join();
        }
        assertEquals(List.of(), failures);
        checkAll(written);
        Map<Integer, String> places = Map.of(
                0, where(0).getCurrentReplicaLogDir(), 1, where(1).getCurrentReplicaLogDir());
        stop();
        open();
        checkAll(written);
        assertEquals(places.get(0), where(0).getCurrentReplicaLogDir());
        assertEquals(places.get(1), where(1).getCurrentReplicaLogDir());
        assertEquals(1, folders("moved-0").size());
        assertEquals(1, folders("moved-1").size());
    }

    private static Thread start(List<Throwable> failures, Call call) {
        return Thread.ofVirtual().start(() -> {
            try {
                call.run();
            } catch (Exception | Error failure) {
                failures.add(failure);
            }
        });
    }

    /// Reads along, and sees every offset once and in order.
    private void readUntil(AtomicBoolean isOver) {
        Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrap());
        List<TopicPartition> partitions =
                List.of(new TopicPartition("moved", 0), new TopicPartition("moved", 1));
        long[] next = new long[2];
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (!isOver.get()) {
                for (ConsumerRecord<String, String> record :
                        consumer.poll(Duration.ofMillis(100))) {
                    assertEquals(next[record.partition()]++, record.offset());
                }
            }
        }
        assertTrue(next[0] > 0 && next[1] > 0);
    }

    private void produceUntil(AtomicBoolean isOver, Map<TopicPartition, Map<Long, String>> written)
            throws Exception {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", broker.bootstrap(), "linger.ms", "1", "acks", "all");
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        int count = 0;
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            boolean wasOver = false;
            while (!wasOver) {
                wasOver = isOver.get();
                for (int i = 0; i < MOST_IN_FLIGHT; i++) {
                    sent.add(producer.send(
                            new ProducerRecord<>("moved", count % 2, null, value(count))));
                    count++;
                }
                for (int i = 0; i < sent.size(); i++) {
                    RecordMetadata metadata = sent.get(i).get();
                    String before = written.computeIfAbsent(
                                    new TopicPartition("moved", metadata.partition()),
                                    _ -> new HashMap<>())
                            .put(metadata.offset(), value(count - sent.size() + i));
                    assertNull(before, "an offset was given twice");
                }
                sent.clear();
            }
        }
    }

    private static String value(int number) {
        return "record " + number + " " + "x".repeat(number % 300);
    }

    private void checkAll(Map<TopicPartition, Map<Long, String>> written) {
        Map<TopicPartition, Map<Long, String>> read = new HashMap<>();
        Map<String, Object> settings =
                Map.of("bootstrap.servers", broker.bootstrap(), "auto.offset.reset", "earliest");
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(written.keySet());
            consumer.seekToBeginning(written.keySet());
            Map<TopicPartition, Long> ends = consumer.endOffsets(written.keySet());
            written.forEach((partition, records) -> {
                assertEquals(records.size(), ends.get(partition), "nothing more, nothing less");
            });
            long left = ends.values().stream().mapToLong(end -> end).sum();
            while (left > 0) {
                for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofSeconds(5))) {
                    read.computeIfAbsent(
                                    new TopicPartition(record.topic(), record.partition()),
                                    _ -> new HashMap<>())
                            .put(record.offset(), record.value());
                    left--;
                }
            }
        }
        assertEquals(written, read);
    }

    /// Folders of a partition, of whatever mark, that are not about to be deleted.
    private List<Path> folders(String name) throws IOException {
        List<Path> found = new ArrayList<>();
        for (String directory : List.of(first, second)) {
            try (Stream<Path> all = Files.list(Path.of(directory))) {
                all.filter(path -> path.getFileName().toString().startsWith(name))
                        .filter(path -> !path.toString().endsWith("-delete"))
                        .forEach(found::add);
            }
        }
        return found;
    }

    @Test
    void theFutureLogIsShown() throws Exception {
        create(1);
        fill(5_000_000);
        String target = other(where(0).getCurrentReplicaLogDir());
        throttle(1);
        move(0, target);
        ReplicaLogDirInfo shown = where(0);
        assertEquals(target, shown.getFutureReplicaLogDir());
        assertTrue(shown.getFutureReplicaOffsetLag() > 0);
        assertTrue(shownIn(target));
        throttle(Long.MAX_VALUE);
        awaitMoved(0, target);
    }

    private void throttle(long bytesPerSecond) throws Exception {
        admin.incrementalAlterConfigs(Map.of(
                        new ConfigResource(ConfigResource.Type.BROKER, String.valueOf(node)),
                        List.of(new AlterConfigOp(
                                new ConfigEntry(
                                        "replica.alter.log.dirs.io.max.bytes.per.second",
                                        String.valueOf(bytesPerSecond)),
                                AlterConfigOp.OpType.SET))))
                .all()
                .get();
    }

    private void fill(int bytes) throws Exception {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", broker.bootstrap(), "acks", "all");
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            for (int sent = 0; sent < bytes; sent += 100_000) {
                producer.send(new ProducerRecord<>("moved", 0, null, new byte[100_000]));
            }
        }
    }

    /// Whether the copy was seen in this directory before it had everything.
    private boolean shownIn(String directory) throws Exception {
        Map<String, LogDirDescription> all = requireNonNull(
                admin.describeLogDirs(List.of(node)).allDescriptions().get().get(node));
        ReplicaInfo shown = requireNonNull(all.get(directory))
                .replicaInfos()
                .get(new TopicPartition("moved", 0));
        return shown != null && shown.isFuture() && shown.offsetLag() > 0;
    }

    @Test
    void ofTwoLogsTheOneThatKnowsMoreIsTaken() throws Exception {
        assertCause(ReplicaNotAvailableException.class, () -> move(0, second));
        create(1);
        fill(1_000_000);
        stop();
        copy(Path.of(second, "moved-0"), folder.resolve("stale"));
        open();
        fill(1_000_000);
        stop();
        copy(folder.resolve("stale"), Path.of(first, "moved-0"));
        open();
        assertEquals(second, where(0).getCurrentReplicaLogDir());
        assertEquals(List.of(Path.of(second, "moved-0")), folders("moved-0"));
        TopicPartition partition = new TopicPartition("moved", 0);
        assertEquals(
                20,
                admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                        .partitionResult(partition)
                        .get()
                        .offset());
        fill(1_000_000);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectory(to);
        try (Stream<Path> all = Files.list(from)) {
            for (Path file : all.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    @Test
    void aMoveThatAStopCutOffBeginsAnew() throws Exception {
        assertCause(ReplicaNotAvailableException.class, () -> move(0, first));
        create(1);
        fill(1_000_000);
        stop();
        Path left = Path.of(second, "moved-0." + "0123456789abcdef".repeat(2) + "-future");
        Files.createDirectory(left);
        Files.writeString(left.resolve("00000000000000000000.log"), "half");
        open();
        awaitMoved(0, second);
        assertEquals(List.of(Path.of(second, "moved-0")), folders("moved-0"));
    }

    @Test
    void aDirectoryThatIsOfflineTakesNothing() throws Exception {
        assertCause(ReplicaNotAvailableException.class, () -> move(0, first));
        create(1);
        fill(100_000);
        stop();
        Files.writeString(Path.of(second, "recovery-point-offset-checkpoint"), "damaged");
        open();
        assertCause(KafkaStorageException.class, () -> move(0, second));
        assertEquals(first, where(0).getCurrentReplicaLogDir());
    }

    @Test
    void whatCannotBeMovedIsToldApart() throws Exception {
        create(1);
        assertCause(
                LogDirNotFoundException.class,
                () -> move(0, folder.resolve("unknown").toString()));
        move(0, where(0).getCurrentReplicaLogDir());
        assertNull(where(0).getFutureReplicaLogDir());
    }

    @Test
    void aPartitionThatIsNotMadeYetLiesWhereItWasWanted() throws Exception {
        for (int partition = 0; partition < 4; partition++) {
            int number = partition;
            assertCause(ReplicaNotAvailableException.class, () -> move(number, second));
        }
        create(4);
        for (int partition = 0; partition < 4; partition++) {
            assertEquals(second, where(partition).getCurrentReplicaLogDir());
        }
    }

    @Test
    void aTopicIsDeletedWithWhatWasOnItsWay() throws Exception {
        create(2);
        Map<TopicPartition, Map<Long, String>> written = new HashMap<>();
        produceUntil(new AtomicBoolean(true), written);
        for (int partition = 0; partition < 2; partition++) {
            move(partition, other(where(partition).getCurrentReplicaLogDir()));
        }
        admin.deleteTopics(List.of("moved")).all().get();
        create(2);
        written.clear();
        produceUntil(new AtomicBoolean(true), written);
        checkAll(written);
        assertEquals(1, folders("moved-0").size());
        assertEquals(1, folders("moved-1").size());
        assertFalse(folders("moved-0").getFirst().toString().endsWith("-future"));
    }

    private interface Call {
        void run() throws Exception;
    }

    private static void assertCause(Class<? extends Throwable> expected, Call call) {
        Throwable thrown = assertThrows(ExecutionException.class, call::run);
        assertInstanceOf(expected, thrown.getCause());
    }
}
