package io.millrace.platform.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.broker.Broker;
import io.millrace.broker.BrokerConfig;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Commands that need no node, on the directory that one has left: `log dump` and `doctor`.
@Timeout(120)
final class LogFilesIT {
    @TempDir
    Path folder;

    private Path logs;

    @BeforeEach
    void fill() {
        logs = folder.resolve("log");
        Broker broker = start();
        try {
            String at = " -b 127.0.0.1:" + broker.port();
            ok("topic create dumped -c index.interval.bytes=1" + at);
            for (int i = 0; i < 3; i++) {
                TestCommands.run(
                                "k:one\nk:two\n",
                                ("produce dumped -K : -H h=x -z lz4 -T 1700000000000" + at)
                                        .split(" "))
                        .mustBeFine();
            }
            ok("consume dumped -g dumpers -n 6" + at);
        } finally {
            broker.stop();
        }
    }

    private Broker start() {
        return Broker.start(BrokerConfig.of(Map.of(
                "log.dirs", logs.toString(),
                "listeners", "PLAINTEXT://127.0.0.1:0",
                "offsets.topic.num.partitions", "1",
                "group.initial.rebalance.delay.ms", "0",
                "metrics.listen", "off")));
    }

    @Test
    void batchesAndRecordsOfASegmentAreShown() throws IOException {
        Path segment = only(logs.resolve("dumped-0"), ".log");
        List<JsonNode> batches = json("log dump --json " + segment);
        assertEquals(3, batches.size());
        assertEquals(0, batches.get(0).get("baseOffset").asLong());
        assertEquals(5, batches.get(2).get("lastOffset").asLong());
        assertEquals("lz4", batches.get(0).get("compression").asText());
        assertTrue(batches.get(0).get("isValid").asBoolean());
        List<JsonNode> all = json("log dump --json --records " + segment);
        assertEquals(3 + 6, all.size());
        JsonNode record = all.get(2);
        assertEquals(1, record.get("offset").asLong());
        assertEquals(1700000000000L, record.get("timestamp").asLong());
        assertEquals("k", record.get("key").asText());
        assertEquals("two", record.get("value").asText());
        assertEquals("x", record.get("header h").asText());
        assertTrue(ok("log dump " + segment).startsWith("baseOffset: 0 lastOffset: 1 count: 2 "));
    }

    @Test
    void indexesSnapshotsAndCheckpointsAreShown() throws IOException {
        Path partition = logs.resolve("dumped-0");
        assertTrue(ok("log dump " + only(partition, ".index")).contains("position: "));
        assertTrue(ok("log dump " + only(partition, ".timeindex")).contains("1700000000000"));
        assertTrue(ok("log dump " + only(partition, ".snapshot")).startsWith("producer: "));
        assertTrue(ok("log dump " + logs.resolve("recovery-point-offset-checkpoint"))
                .contains("dumped 0 6"));
        assertTrue(ok("log dump " + partition.resolve("partition.metadata")).contains("topic_id"));
    }

    @Test
    void internalLogsAreDecoded() throws IOException {
        Path metadata = only(logs.resolve("__cluster_metadata-0"), ".log");
        String text = ok("log dump --records " + metadata);
        assertTrue(text.contains("TopicRecord"), text);
        assertTrue(text.contains("control: leader change") || text.contains("control: "), text);
        Path offsets = only(logs.resolve("__consumer_offsets-0"), ".log");
        text = ok("log dump --records " + offsets);
        assertTrue(text.contains("OffsetCommit"), text);
        assertTrue(text.contains("dumpers"), text);
    }

    @Test
    void damagedFilesAreOneLine() throws IOException {
        Path segment = only(logs.resolve("dumped-0"), ".log");
        long size = Files.size(segment);
        try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
            file.seek(70);
            file.write(file.read() ^ 0xff);
        }
        TestCommands.Run run = TestCommands.run("", "log", "dump", segment.toString());
        assertOneLine(run, "1 damaged batches");
        assertEquals(3, run.out().lines().count(), "the others are shown");
        try (RandomAccessFile file = new RandomAccessFile(segment.toFile(), "rw")) {
            file.setLength(size - 1);
        }
        assertOneLine(
                TestCommands.run("", "log", "dump", segment.toString()), "no whole batch begins");
        Path index = only(logs.resolve("dumped-0"), ".index");
        Files.write(index, new byte[] {0, 0, 0, 9, 0, 0, 0, 3});
        assertOneLine(
                TestCommands.run("", "log", "dump", index.toString()), "no batch with the offset");
        Path other = Files.writeString(folder.resolve("readme.txt"), "hello");
        assertOneLine(TestCommands.run("", "log", "dump", other.toString()), "give .log");
        assertOneLine(TestCommands.run("", "log", "dump", folder.toString()), "a folder");
        assertOneLine(
                TestCommands.run("", "log", "dump", folder + "/0.log"), "there is no such file");
        Path snapshot = Files.write(folder.resolve("00000000000000000006.snapshot"), new byte[9]);
        assertOneLine(TestCommands.run("", "log", "dump", snapshot.toString()), "snapshot");
    }

    @Test
    void theDoctorNamesWhatIsWrong() throws IOException {
        String data = " --data " + folder + " --listen 127.0.0.1:0 --json";
        JsonNode healthy = new ObjectMapper().readTree(ok("doctor" + data));
        assertEquals("fine", state(healthy, "java"));
        assertEquals("fine", state(healthy, "log.dirs"));
        assertEquals("fine", state(healthy, "lock"));
        assertEquals("fine", state(healthy, "listeners"));
        try (ServerSocket taken = new ServerSocket(0)) {
            TestCommands.Run run = TestCommands.run(
                    "",
                    ("doctor --json --data " + folder + " --listen 127.0.0.1:"
                                    + taken.getLocalPort())
                            .split(" "));
            assertEquals(1, run.exit());
            assertEquals("bad", state(new ObjectMapper().readTree(run.out()), "listeners"));
        }
        Broker broker = start();
        try {
            TestCommands.Run run = TestCommands.run("", ("doctor" + data).split(" "));
            assertEquals(1, run.exit());
            assertEquals("bad", state(new ObjectMapper().readTree(run.out()), "lock"));
        } finally {
            broker.stop();
        }
        Path file = Files.writeString(folder.resolve("file"), "");
        assertEquals(1, TestCommands.run("", "doctor", "--data", file + "/x").exit());
        TestCommands.Run wrong = TestCommands.run(
                "", "doctor", "--json", "--data", folder.toString(), "--set", "nonsense=1");
        assertEquals(1, wrong.exit());
        assertEquals("bad", state(new ObjectMapper().readTree(wrong.out()), "settings"));
    }

    @Test
    void theDoctorComparesTheClockWithTheFiles() throws IOException {
        String command = "doctor --json --listen 127.0.0.1:0 --data " + folder;
        assertEquals("fine", state(new ObjectMapper().readTree(ok(command)), "clock"));
        Path segment = only(logs.resolve("dumped-0"), ".log");
        FileTime before = Files.getLastModifiedTime(segment);
        Files.setLastModifiedTime(segment, FileTime.from(Instant.now().plusSeconds(3_600)));
        JsonNode ahead = new ObjectMapper().readTree(ok(command));
        assertEquals("poor", state(ahead, "clock"));
        assertTrue(ahead.toString().contains("later than now"), ahead.toString());
        Files.setLastModifiedTime(segment, before);
        assertEquals("fine", state(new ObjectMapper().readTree(ok(command)), "clock"));
    }

    private static String state(JsonNode findings, String check) {
        String worst = "none";
        for (JsonNode each : findings) {
            if (each.get("check").asText().equals(check) && !worst.equals("bad")) {
                worst = each.get("state").asText();
            }
        }
        return worst;
    }

    private static Path only(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(it -> it.toString().endsWith(ending))
                    .sorted()
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no " + ending + " in " + folder));
        }
    }

    private static String ok(String command) {
        return TestCommands.run("", command.split(" ")).mustBeFine().out();
    }

    private static List<JsonNode> json(String command) throws IOException {
        List<JsonNode> rows = new java.util.ArrayList<>();
        for (String line : ok(command).lines().toList()) {
            rows.add(new ObjectMapper().readTree(line));
        }
        return rows;
    }

    private static void assertOneLine(TestCommands.Run run, String part) {
        assertEquals(1, run.exit(), run.err());
        assertEquals(1, run.err().lines().count(), run.err());
        assertTrue(run.err().startsWith("millrace: "), run.err());
        assertTrue(run.err().contains(part), run.err());
    }
}
