package io.millrace.platform.fault;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.KafkaStorageException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Disks of the real process that are full for a while, or broken.
final class FailingDiskIT {
    private static final String TOPIC = "things";
    private static final int PARTITIONS = 4;
    private static Path library;

    @TempDir
    private Path folder;

    private int port;

    @BeforeAll
    static void build() throws IOException, InterruptedException {
        library = Preload.build("diskfault");
    }

    @BeforeEach
    void choosePort() throws IOException {
        port = NodeProcess.freePort();
        Files.createDirectories(folder.resolve("switches"));
    }

    private NodeProcess start(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(
                "up",
                "--listen",
                "127.0.0.1:" + port,
                "--set",
                "offsets.topic.num.partitions=2",
                "--set",
                "log.initial.task.delay.ms=100"));
        all.addAll(List.of(arguments));
        return NodeProcess.launch(
                folder.resolve("output"),
                Map.of(
                        "LD_PRELOAD",
                        library.toString(),
                        "DISKFAULT_DIRECTORY",
                        folder.resolve("switches").toString()),
                all.toArray(String[]::new));
    }

    private void turnOn(String name, Path below) throws IOException {
        Path ready = Files.writeString(folder.resolve("switch"), below.toString());
        Files.move(ready, folder.resolve("switches").resolve(name));
    }

    private void turnOff(String name) throws IOException {
        Files.delete(folder.resolve("switches").resolve(name));
    }

    @Test
    void aFullDiskServesReadsAndTakesWritesAgainLater()
            throws IOException, InterruptedException, ExecutionException {
        Path data = folder.resolve("data");
        NodeProcess node = start("--data", data.toString()).awaitReady();
        try {
            create(TOPIC);
            assertEquals("", produce(0, "one"));
            commit(1);
            turnOn("full", data);
            assertEquals("KafkaStorageException", produce(0, "refused"));
            assertEquals("KafkaStorageException", produce(0, "refused"));
            assertInstanceOf(
                    KafkaStorageException.class,
                    assertThrows(ExecutionException.class, () -> create("refused"))
                            .getCause());
            assertInstanceOf(
                    KafkaStorageException.class,
                    assertThrows(ExecutionException.class, () -> create("refused"))
                            .getCause());
            assertThrows(KafkaException.class, () -> commit(2));
            assertEquals(List.of("one"), read(0));
            assertEquals(1, committed());
            turnOff("full");
            until(() -> produce(0, "two").isEmpty());
            until(() -> succeeds(() -> create("later")));
            until(() -> succeeds(() -> commit(3)));
            assertEquals(List.of("one", "two"), read(0));
            node.kill();
            node = start("--data", data.toString()).awaitReady();
            assertEquals(List.of("one", "two"), read(0));
            assertEquals(3, committed());
            try (Admin admin = admin()) {
                assertEquals(
                        List.of("later", TOPIC),
                        admin.listTopics().names().get().stream().sorted().toList());
            }
        } finally {
            node.close();
        }
    }

    @Test
    void oneBrokenDirectoryLeavesTheOthersServing()
            throws IOException, InterruptedException, ExecutionException {
        Path good = folder.resolve("good");
        Path bad = folder.resolve("bad");
        String directories = "log.dirs=" + good + "," + bad;
        NodeProcess node = start("--set", directories).awaitReady();
        try {
            create(TOPIC);
            for (int partition = 0; partition < PARTITIONS; partition++) {
                assertEquals("", produce(partition, "one"));
            }
            turnOn("broken", bad);
            checkServed(bad, "two");
            assertTrue(node.isAlive());
            assertEquals(List.of(bad.toString()), offline());
            turnOff("broken");
            node.kill();

            node = start("--set", directories).awaitReady();
            List<List<String>> all = new ArrayList<>();
            for (int partition = 0; partition < PARTITIONS; partition++) {
                all.add(read(partition));
            }
            for (int partition = 0; partition < PARTITIONS; partition++) {
                List<String> expected = liesIn(bad, partition)
                        ? all.get(partition).subList(0, 1)
                        : List.of("one", "two");
                assertEquals(expected, all.get(partition).subList(0, expected.size()));
                assertEquals("one", all.get(partition).getFirst());
            }
            node.kill();

            // Damaged at the start: what lies there does not begin anew elsewhere.
            Files.writeString(bad.resolve("recovery-point-offset-checkpoint"), "0\nmany\n");
            node = start("--set", directories).awaitReady();
            checkServed(bad, "three");
            assertEquals(List.of(bad.toString()), offline());
            node.kill();

            Files.writeString(good.resolve("recovery-point-offset-checkpoint"), "0\nmany\n");
            node = start("--set", directories);
            assertEquals(1, node.exitCode());
            assertEquals(1, node.errors().lines().count(), node.errors());
        } finally {
            node.close();
        }
    }

    /// Neither the rest of the directory nor another one need to be hurt.
    @Test
    void aNodeWithoutItsMetadataLogEnds()
            throws IOException, InterruptedException, ExecutionException {
        Path metadata = folder.resolve("metadata");
        String[] places = {
            "--set",
            "log.dirs=" + folder.resolve("data") + "," + metadata,
            "--set",
            "metadata.log.dir=" + metadata
        };
        NodeProcess node = start(places).awaitReady();
        try {
            create(TOPIC);
            assertEquals("", produce(0, "one"));
            turnOn("broken", metadata.resolve("__cluster_metadata-0"));
            try (Admin admin = admin()) {
                // The answer may be that it is gone.
                admin.createTopics(List.of(new NewTopic("refused", 1, (short) 1)));
                checkEnd(node, metadata);
            }
            turnOff("broken");
            node = start(places).awaitReady();
            assertEquals(List.of("one"), read(0));

            turnOn("broken", metadata);
            try (Admin admin = admin()) {
                admin.createTopics(List.of(new NewTopic("refused", 1, (short) 1)));
                checkEnd(node, metadata);
            }
            turnOff("broken");
            node = start(places).awaitReady();
            assertEquals(List.of("one"), read(0));
        } finally {
            node.close();
        }
    }

    private static void checkEnd(NodeProcess node, Path directory)
            throws IOException, InterruptedException {
        assertEquals(1, node.exitCode());
        String last = node.errors().lines().toList().getLast();
        assertTrue(
                last.startsWith("millrace: The disk of " + directory
                        + ", where the metadata log lies, failed: "),
                node.errors());
    }

    /// Each partition takes the value unless it lies in the directory.
    private void checkServed(Path broken, String value) throws IOException, InterruptedException {
        int served = 0;
        for (int partition = 0; partition < PARTITIONS; partition++) {
            String error = produce(partition, value);
            boolean isBroken = liesIn(broken, partition);
            assertEquals(isBroken ? "KafkaStorageException" : "", error, TOPIC + "-" + partition);
            if (!isBroken) {
                served++;
                assertTrue(read(partition).contains(value));
            }
        }
        assertEquals(PARTITIONS / 2, served);
    }

    private static boolean liesIn(Path directory, int partition) {
        return Files.exists(directory.resolve(TOPIC + "-" + partition));
    }

    private List<String> offline() throws InterruptedException, ExecutionException {
        try (Admin admin = admin()) {
            return requireNonNull(admin.describeLogDirs(List.of(1))
                            .allDescriptions()
                            .get()
                            .get(1))
                    .entrySet()
                    .stream()
                    .filter(each -> each.getValue().error() != null)
                    .map(Map.Entry::getKey)
                    .toList();
        }
    }

    private interface Attempt {
        boolean succeeds() throws IOException, InterruptedException;
    }

    private interface Work {
        void run() throws InterruptedException, ExecutionException;
    }

    private static boolean succeeds(Work work) throws InterruptedException {
        try {
            work.run();
            return true;
        } catch (ExecutionException | KafkaException notYet) {
            return false;
        }
    }

    private static void until(Attempt attempt) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!attempt.succeeds()) {
            assertTrue(System.nanoTime() < deadline, "it does not go back to work");
            LockSupport.parkNanos(100_000_000);
        }
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", "127.0.0.1:" + port));
    }

    private void create(String topic) throws InterruptedException, ExecutionException {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1)))
                    .all()
                    .get();
        }
    }

    /// The name of the error, empty when it was acknowledged.
    private String produce(int partition, String value) throws InterruptedException {
        try (var producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers", "127.0.0.1:" + port,
                        "acks", "all",
                        "retries", "0",
                        "enable.idempotence", "false"),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>(TOPIC, partition, null, value)).get();
            return "";
        } catch (ExecutionException failed) {
            return requireNonNull(failed.getCause()).getClass().getSimpleName();
        }
    }

    private KafkaConsumer<String, String> consumer() {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", "127.0.0.1:" + port,
                        "group.id", "group",
                        "enable.auto.commit", "false"),
                new StringDeserializer(),
                new StringDeserializer());
    }

    private List<String> read(int partition) {
        List<String> values = new ArrayList<>();
        try (var consumer = consumer()) {
            TopicPartition from = new TopicPartition(TOPIC, partition);
            consumer.assign(List.of(from));
            consumer.seekToBeginning(List.of(from));
            long end = requireNonNull(consumer.endOffsets(List.of(from)).get(from));
            while (consumer.position(from) < end) {
                for (ConsumerRecord<String, String> each : consumer.poll(Duration.ofMillis(200))) {
                    values.add(each.value());
                }
            }
        }
        return values;
    }

    private void commit(long offset) {
        try (var consumer = consumer()) {
            consumer.commitSync(
                    Map.of(new TopicPartition(TOPIC, 0), new OffsetAndMetadata(offset)),
                    Duration.ofSeconds(5));
        }
    }

    private long committed() {
        TopicPartition partition = new TopicPartition(TOPIC, 0);
        try (var consumer = consumer()) {
            return requireNonNull(consumer.committed(Set.of(partition)).get(partition))
                    .offset();
        }
    }
}
