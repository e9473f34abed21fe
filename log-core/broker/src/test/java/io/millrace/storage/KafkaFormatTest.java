package io.millrace.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.record.BatchBuilder;
import io.millrace.record.RecordHeader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.server.util.KafkaScheduler;
import org.apache.kafka.storage.internals.log.LogDirFailureChannel;
import org.apache.kafka.storage.internals.log.LogOffsetsListener;
import org.apache.kafka.storage.internals.log.ProducerStateManagerConfig;
import org.apache.kafka.storage.internals.log.UnifiedLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kafka's own classes read what we wrote, and we read what they wrote.
class KafkaFormatTest {
    @TempDir
    Path temp;

    @Test
    void kafkasDumpToolFindsNothingWrong() throws Exception {
        Path root = temp.resolve("log");
        write(root, 300);
        Path folder = root.resolve("t-0");
        List<String> files = new ArrayList<>();
        try (var names = Files.list(folder)) {
            names.map(Path::toString)
                    .filter(name -> name.endsWith(".log")
                            || name.endsWith("index")
                            || name.endsWith(".snapshot"))
                    .sorted()
                    .forEach(files::add);
        }
        String dump = dump(files);
        assertFalse(dump.contains("Mismatch"), dump);
        assertFalse(dump.contains("Found timestamp"), dump);
        assertFalse(dump.contains("Found out of order"), dump);
        assertFalse(dump.contains("not found"), dump);
        assertTrue(dump.contains("payload: value 299"), dump);
        assertTrue(dump.contains("producerId: 77"), dump);
    }

    private void write(Path root, int count) throws Exception {
        TestWorld world = new TestWorld(new FileDisk(), root);
        world.loop.now = System.currentTimeMillis(); // or Kafka lets the producer expire
        LogConfig config = TestWorld.small(5000);
        LogDirectory directory = world.load(config);
        PartitionLog log = world.create(directory, "t", config);
        BatchBuilder builder = new BatchBuilder();
        for (int i = 0; i < count; i++) {
            builder.begin(0);
            builder.producer(77, (short) 3, i);
            builder.append(
                    0, world.loop.now + i, null, TestWorld.bytes("value " + i), RecordHeader.NONE);
            log.append(TestWorld.copy(builder.finish()), new AppendOrigin.Client(4, world.batches));
            world.run();
        }
        assertTrue(log.segments().count() > 3);
        directory.close();
    }

    private static String dump(List<String> files) throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            org.apache.kafka.tools.DumpLogSegments.main(new String[] {
                "--files", String.join(",", files), "--print-data-log", "--deep-iteration"
            });
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void kafkaGoesOnWhereWeStopped() throws Exception {
        Path root = temp.resolve("log");
        write(root, 300);
        UnifiedLog kafka = kafka(root.resolve("t-0"), 300);
        assertEquals(300, kafka.logEndOffset());
        assertEquals(4, kafka.latestEpoch().orElseThrow());
        assertEquals(299, kafka.activeProducersWithLastSequence().get(77L));
        kafka.appendAsLeader(
                MemoryRecords.withRecords(
                        Compression.NONE,
                        new SimpleRecord(
                                5L,
                                "k".getBytes(StandardCharsets.UTF_8),
                                "kafka".getBytes(StandardCharsets.UTF_8))),
                5);
        kafka.close();

        TestWorld world = new TestWorld(new FileDisk(), root);
        Files.writeString(root.resolve("recovery-point-offset-checkpoint"), "0\n1\nt 0 301\n");
        Files.writeString(
                root.resolve(".kafka_cleanshutdown"), "{\"version\":0,\"brokerEpoch\":-1}");
        LogDirectory directory = world.load(TestWorld.small(5000));
        PartitionLog log = world.log(directory, "t");
        assertEquals(301, log.endOffset());
        assertEquals(5, log.lastEpoch());
        assertEquals(4, log.epochAt(299));
        assertEquals("300:k=kafka", world.readAll(log, 300).getFirst());
        assertEquals(301, world.readAll(log, 0).size());
        assertEquals(299, log.activeProducers().iterator().next().lastSequence());
        directory.close();
    }

    @Test
    void weGoOnWhereKafkaStopped() throws Exception {
        Path root = temp.resolve("log");
        Files.createDirectories(root.resolve("t-0"));
        UnifiedLog kafka = kafka(root.resolve("t-0"), 0);
        for (int i = 0; i < 300; i++) {
            kafka.appendAsLeader(
                    MemoryRecords.withRecords(
                            Compression.gzip().build(),
                            new SimpleRecord(
                                    1000L + i, ("value " + i).getBytes(StandardCharsets.UTF_8))),
                    2);
        }
        int segments = kafka.numberOfSegments();
        kafka.flush(true);
        kafka.close();
        for (boolean clean : new boolean[] {true, false}) {
            if (clean) {
                Files.writeString(
                        root.resolve("recovery-point-offset-checkpoint"), "0\n1\nt 0 300\n");
                Files.writeString(
                        root.resolve(".kafka_cleanshutdown"), "{\"version\":0,\"brokerEpoch\":5}");
            } else {
                Files.writeString(
                        root.resolve("recovery-point-offset-checkpoint"), "0\n1\nt 0 20\n");
                Files.deleteIfExists(root.resolve(".kafka_cleanshutdown"));
            }
            TestWorld world = new TestWorld(new FileDisk(), root);
            LogDirectory directory = world.load(TestWorld.small(5000));
            PartitionLog log = world.log(directory, "t");
            assertEquals(300, log.endOffset());
            assertEquals(2, log.lastEpoch());
            assertEquals(segments, log.segments().count());
            assertEquals("299:value 299", world.readAll(log, 0).getLast());
            assertEquals(
                    new OffsetAtTime(150, 1150, 2),
                    world.await(log.offsetForTime(1150, Long.MAX_VALUE)));
            assertEquals(new OffsetAtTime(299, 1299, 2), world.await(log.offsetOfMaxTime()));
            directory.close();
        }
    }

    private static UnifiedLog kafka(Path folder, long recoveryPoint) throws Exception {
        Properties properties = new Properties();
        properties.put("internal.segment.bytes", "5000");
        properties.put("index.interval.bytes", "200");
        var config = new org.apache.kafka.storage.internals.log.LogConfig(properties);
        KafkaScheduler scheduler = new KafkaScheduler(1, true);
        scheduler.startup();
        return UnifiedLog.create(
                folder.toFile(),
                config,
                0,
                recoveryPoint,
                scheduler,
                new org.apache.kafka.storage.log.metrics.BrokerTopicStats(),
                Time.SYSTEM,
                60_000,
                new ProducerStateManagerConfig(86_400_000, false),
                600_000,
                new LogDirFailureChannel(1),
                true,
                Optional.empty(),
                new ConcurrentHashMap<>(),
                false,
                LogOffsetsListener.NO_OP_OFFSETS_LISTENER);
    }
}
