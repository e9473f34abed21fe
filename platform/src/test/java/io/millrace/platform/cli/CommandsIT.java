package io.millrace.platform.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.broker.Broker;
import io.millrace.broker.BrokerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Every command that talks to a cluster, against a node of this process: what it prints, for
/// people and for programs, and how it ends.
@Timeout(120)
final class CommandsIT {
    @TempDir
    static Path folder;

    private static Broker broker;

    @BeforeAll
    static void start() {
        broker = Broker.start(BrokerConfig.of(Map.of(
                "log.dirs",
                folder.resolve("log").toString(),
                "listeners",
                "PLAINTEXT://127.0.0.1:0",
                "group.initial.rebalance.delay.ms",
                "0",
                "metrics.listen",
                "off")));
    }

    @AfterAll
    static void stop() {
        broker.stop();
    }

    @Test
    void topicsAreCreatedListedDescribedGrownAndDeleted() throws IOException {
        assertEquals("created life\n", ok("topic create life -p 2 -c retention.ms=60000"));
        assertTrue(ok("topic list").contains("life"));
        JsonNode topics = json("topic list --json");
        assertEquals(2, find(topics, "topic", "life").get("partitions").asInt());
        assertEquals("life has 3 partitions\n", ok("topic grow life -p 3"));
        JsonNode described = json("topic describe life --json");
        assertEquals(3, described.size());
        assertEquals(0, described.get(0).get("end").asInt());
        assertTrue(ok("topic describe life").startsWith("TOPIC  PARTITION  LEADER"));
        assertEquals("deleted life\n", ok("topic delete life"));
        fails("topic describe life", "UnknownTopicOrPartition");
        fails("topic delete life", "UnknownTopicOrPartition");
    }

    @Test
    void aTopicThatExistsIsRefusedInOneLine() {
        ok("topic create twice");
        fails("topic create twice", "TopicExists");
        fails("topic create bad/name", "InvalidTopic");
        fails("topic grow twice -p 1", "InvalidPartitions");
    }

    @Test
    void recordsGoInAndOutWithKeysHeadersPartitionsAndTimes() {
        ok("topic create full -p 2");
        assertEquals(
                "",
                run("a:1\nb:2\n", "produce full -K : -p 1 -T 1700000000000 -H h=x -H i=y")
                        .out());
        assertEquals(
                "full 1 0 1700000000000 a 1 1 1 h=x,i=y\nfull 1 1 1700000000000 b 1 2 1 h=x,i=y\n",
                run("", "consume", "full", "-e", "-f", "%t %p %o %T %k %K %s %S %h\\n")
                        .out());
        assertEquals("1\n2\n", ok("consume full -e"));
        assertEquals("2\n", ok("consume full -e -o 1 -p 1"));
        assertEquals("2\n", ok("consume full -e -o -1 -p 1"));
        assertEquals("", ok("consume full -e -o end"));
        assertEquals("1\n2\n", ok("consume full -e -o @1700000000000"));
        assertEquals("", ok("consume full -e -o @1700000000001"));
        assertEquals("1\n2\n", ok("consume full -e -o @2023-01-01T00:00:00Z"));
        assertEquals("1\n", ok("consume full -n 1 -o start"));
    }

    @Test
    void jsonGoesInAndOutAlike() throws IOException {
        ok("topic create lines");
        String first = "{\"key\":\"k\",\"value\":\"v\",\"timestamp\":1,"
                + "\"headers\":[{\"key\":\"h\",\"value\":\"w\"}]}";
        String others = "{\"value_base64\":\"/wA=\"}\n{\"key\":\"gone\",\"value\":null}\n";
        run(first + "\n" + others, "produce lines --json").mustBeFine();
        List<String> printed = ok("consume lines -e --json").lines().toList();
        assertEquals(3, printed.size());
        JsonNode record = new ObjectMapper().readTree(printed.get(0));
        assertEquals("k", record.get("key").asText());
        assertEquals("v", record.get("value").asText());
        assertEquals(1, record.get("timestamp").asLong());
        assertEquals("w", record.get("headers").get(0).get("value").asText());
        record = new ObjectMapper().readTree(printed.get(1));
        assertEquals("/wA=", record.get("value_base64").asText());
        assertTrue(new ObjectMapper().readTree(printed.get(2)).get("value").isNull());
        // What was printed can be written again.
        ok("topic create copies");
        run(
                        ok("consume lines -e --json").replace("\"lines\"", "\"copies\""),
                        "produce copies --json")
                .mustBeFine();
        assertEquals(
                ok("consume lines -e --json").replace("\"lines\"", "\"copies\""),
                ok("consume copies -e --json"));
    }

    @Test
    void aFileIsProducedAndAnEmptyLineCanBeATombstone() throws IOException {
        ok("topic create stones");
        Path file = Files.writeString(folder.resolve("stones.txt"), "a=1\na=\n");
        ok("produce stones -K = -Z -z zstd -a all -f " + file);
        assertEquals(
                "a 1\na -1\n",
                run("", "consume", "stones", "-e", "-f", "%k %S\\n").out());
        ok("produce stones -k fixed -a 1 -f " + file);
        assertEquals(
                "fixed a=1\nfixed a=\n",
                run("", "consume", "stones", "-e", "-o", "2", "-f", "%k %s\\n").out());
    }

    @Test
    void aGroupIsReadListedDescribedMovedAndDeleted() throws IOException {
        ok("topic create grouped");
        run("1\n2\n3\n", "produce grouped").mustBeFine();
        assertEquals("1\n2\n", ok("consume grouped -g readers -n 2"));
        assertEquals("3\n", ok("consume grouped -g readers -n 1"));
        JsonNode group = find(json("group list --json"), "group", "readers");
        assertEquals("Empty", group.get("state").asText());
        JsonNode row = json("group describe readers --json").get(0);
        assertEquals(3, row.get("committed").asInt());
        assertEquals(0, row.get("lag").asInt());
        ok("group seek readers --to start");
        assertEquals(3, json("group describe readers --json").get(0).get("lag").asInt());
        ok("group seek readers --to 1 -t grouped");
        assertEquals("2\n3\n", ok("consume grouped -g readers -n 2"));
        assertEquals("deleted readers\n", ok("group delete readers"));
        fails("group delete readers", "GroupIdNotFound");
    }

    @Test
    void settingsAreShownSetAndUnset() throws IOException {
        ok("topic create tuned");
        assertEquals("changed 1 setting(s)\n", ok("config set topic tuned retention.ms=1234"));
        JsonNode row = find(json("config get topic tuned --json"), "key", "retention.ms");
        assertEquals("1234", row.get("value").asText());
        assertTrue(ok("config get topic tuned --all").contains("segment.bytes"));
        assertEquals("changed 1 setting(s)\n", ok("config unset topic tuned retention.ms"));
        assertTrue(!ok("config get topic tuned").contains("1234"));
        fails("config set topic tuned retention.ms=soon", "InvalidConfig");
        fails("config set topic tuned nonsense=1", "InvalidConfig");
        fails("config get planet tuned", "write topic, broker or group");
        assertTrue(ok("config get broker 1 --all").contains("num.partitions"));
    }

    @Test
    void directoriesAreShownAndLogsTrimmed() throws IOException {
        ok("topic create trimmed");
        run("1\n2\n3\n", "produce trimmed").mustBeFine();
        JsonNode directory = json("log dirs --json").get(0);
        assertEquals(
                folder.resolve("log").toString(), directory.get("directory").asText());
        assertTrue(directory.get("bytes").asLong() > 0);
        assertEquals("trimmed-0 now starts at 2\n", ok("log trim trimmed -p 0 --before 2"));
        assertEquals("3\n", ok("consume trimmed -e"));
        fails("log trim trimmed -p 0 --before 99", "OffsetOutOfRange");
    }

    @Test
    void theQuorumIsDescribed() throws IOException {
        JsonNode quorum = json("quorum describe --json");
        assertEquals(1, quorum.size());
        assertEquals("leader", quorum.get(0).get("role").asText());
    }

    @Test
    void loadIsMeasured() throws IOException {
        ok("topic create load -p 2");
        assertEquals(
                1000,
                json("perf produce load -n 1000 -s 100 --json")
                        .get(0)
                        .get("records")
                        .asInt());
        assertEquals(
                500,
                json("perf produce load -n 500 -r 5000 --json")
                        .get(0)
                        .get("records")
                        .asInt());
        JsonNode read = json("perf consume load -n 1500 --json").get(0);
        assertTrue(read.get("records").asInt() >= 1500);
        JsonNode trip = json("perf latency load -n 20 --json").get(0);
        assertEquals(20, trip.get("records").asInt());
        assertTrue(trip.get("p50_ms").asDouble() > 0);
        fails("perf produce no/topic -n 1", "InvalidTopic");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "topic create",
                "topic nonsense",
                "produce",
                "consume",
                "consume t --colour red",
                "group seek g",
                "config set topic",
                "log trim t",
                "perf produce t -n many",
                "nonsense"
            })
    void aCommandThatIsNoneIsOneLineAndExitCode2(String command) {
        TestCommands.Run run = run("", command);
        assertEquals(2, run.exit(), run.err());
        assertEquals("", run.out());
        assertEquals(1, run.err().lines().count(), run.err());
        assertTrue(run.err().startsWith("millrace: "), run.err());
    }

    @Test
    void wrongValuesAreOneLine() {
        ok("topic create checked");
        fails("consume checked -e -o yesterday", "no position");
        fails("consume checked -e -p 7", "no such partition");
        assertOneLine(run("", "consume", "checked", "-e", "-f", "%y"), "knows no %y");
        assertOneLine(run("novalue\n", "produce checked -K :"), "no key delimiter");
        assertOneLine(run("{\n", "produce checked --json"), "not JSON");
        assertOneLine(run("[]\n", "produce checked --json"), "JSON object");
        assertOneLine(run("a:1\nb\n", "produce checked -K :"), "line 2: no key delimiter");
        fails("consume checked -g g -o 5", "group seek g --to 5");
        fails("consume checked -g g -p 0", "leave --partition or --group");
        fails("consume checked -n -1", "must not be negative");
        fails("consume checked --json -f %s", "exclude each other");
        fails("perf produce checked -s -1", "--size must lie between");
        fails("perf produce checked -s 2000000000", "--size must lie between");
        fails("perf consume checked -n -1", "must not be negative");
        fails("produce checked -H noequals", "key=value");
        fails("produce checked -f " + folder.resolve("missing"), "cannot read");
        assertOneLine(run("x\n", "produce checked -p 9"), "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{|not JSON",
                "''|JSON object",
                "{} {}|not JSON",
                "{\"value\":1,\"value\":2}|not JSON",
                "{\"vlaue\":1}|no field is named 'vlaue'",
                "{\"topic\":7}|topic must be a text",
                "{\"partition\":\"1\"}|partition must be a whole number",
                "{\"partition\":-1}|partition must be a whole number",
                "{\"partition\":3000000000}|partition must be a whole number",
                "{\"timestamp\":1.5}|timestamp must be a whole number",
                "{\"timestamp\":99999999999999999999}|timestamp must be a whole number",
                "{\"headers\":{}}|headers must be a list",
                "{\"headers\":[{\"value\":1}]}|a header must have a key",
                "{\"headers\":[{\"key\":\"k\",\"v\":1}]}|no field is named 'v'",
                "{\"key_base64\":\"%\"}|key_base64 is not base64",
                "{\"key\":1,\"key_base64\":\"YQ==\"}|key and key_base64 exclude each other"
            })
    void aBadLineOfJsonIsNamedByItsNumber(String line, String part) {
        TestCommands.Run run =
                run("{\"value\":\"fine\"}\n" + line + "\n", "produce", "badlines", "--json");
        assertOneLine(run, "line 2: ");
        assertOneLine(run, part);
    }

    @Test
    void aGroupWithoutOffsetsBeginsAtTheStartOrTheEnd() {
        ok("topic create fresh");
        run("1\n2\n", "produce fresh").mustBeFine();
        assertEquals("1\n2\n", ok("consume fresh -g early -e -o start"));
        assertEquals("", ok("consume fresh -g late -e -o end"));
        run("3\n", "produce fresh").mustBeFine();
        assertEquals("3\n", ok("consume fresh -g early -e -o start"));
    }

    @Test
    void aClusterThatIsNotThereIsOneLine() {
        TestCommands.Run run = TestCommands.run(
                "",
                "topic",
                "list",
                "-b",
                "127.0.0.1:1",
                "-X",
                "request.timeout.ms=500",
                "-X",
                "default.api.timeout.ms=1000");
        assertOneLine(run, "");
    }

    private static void assertOneLine(TestCommands.Run run, String part) {
        assertEquals(1, run.exit(), run.err());
        List<String> lines =
                run.err().lines().filter(it -> it.startsWith("millrace: ")).toList();
        assertEquals(1, lines.size(), run.err());
        assertTrue(lines.getFirst().contains(part), run.err());
        assertTrue(!run.err().contains("\tat "), run.err());
    }

    private static void fails(String command, String part) {
        TestCommands.Run run = run("", command);
        assertEquals("", run.out());
        assertOneLine(run, part);
    }

    private static String ok(String command) {
        return run("", command).mustBeFine().out();
    }

    private static JsonNode json(String command) throws IOException {
        return new ObjectMapper().readTree(ok(command));
    }

    private static JsonNode find(JsonNode rows, String column, String value) {
        for (JsonNode row : rows) {
            if (row.get(column).asText().equals(value)) {
                return row;
            }
        }
        throw new AssertionError("no " + column + " " + value + " in " + rows);
    }

    private static TestCommands.Run run(String input, String command) {
        return run(input, command.split(" "));
    }

    private static TestCommands.Run run(String input, String... words) {
        boolean isNone = words.length == 1 && !words[0].matches("produce|consume");
        String[] all = java.util.Arrays.copyOf(words, words.length + (isNone ? 0 : 2));
        if (!isNone) {
            all[words.length] = "-b";
            all[words.length + 1] = "127.0.0.1:" + broker.port();
        }
        return TestCommands.run(input, all);
    }
}
