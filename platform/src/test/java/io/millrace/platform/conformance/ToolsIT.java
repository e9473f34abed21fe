package io.millrace.platform.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Kafka's own command-line tools, unmodified, each in a process of its own.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ToolsIT {
    private static final String TOOLS = "org.apache.kafka.tools.";

    private Path folder;
    private Backend backend;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        backend = Backend.start(folder, Map.of("group.initial.rebalance.delay.ms", "0"));
    }

    @AfterAll
    void stop() throws IOException {
        backend.close();
    }

    private KafkaTool tool(String name) {
        return new KafkaTool(folder, TOOLS + name);
    }

    private KafkaTool.Outcome run(String name, String... arguments)
            throws IOException, InterruptedException {
        return tool(name).run(withBootstrap(arguments));
    }

    private String[] withBootstrap(String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "--bootstrap-server";
        all[1] = backend.bootstrap();
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return all;
    }

    private void create(String topic, int partitions) throws IOException, InterruptedException {
        run("TopicCommand", "--create", "--topic", topic, "--partitions", "" + partitions)
                .well();
    }

    private void produce(String topic, String lines) throws IOException, InterruptedException {
        tool("ConsoleProducer")
                .runWith(
                        lines,
                        withBootstrap(
                                "--topic",
                                topic,
                                "--property",
                                "parse.key=true",
                                "--property",
                                "key.separator=:"))
                .well();
    }

    private static void assertContains(String text, String pattern) {
        assertTrue(
                Pattern.compile(pattern).matcher(text).find(),
                () -> pattern + " is not in " + text);
    }

    @Test
    void topicsAreCreatedDescribedAlteredAndDeleted() throws IOException, InterruptedException {
        String created = run(
                        "TopicCommand",
                        "--create",
                        "--topic",
                        "tooled",
                        "--partitions",
                        "3",
                        "--replication-factor",
                        "1",
                        "--config",
                        "retention.ms=100000")
                .well();
        assertContains(created, "Created topic tooled");
        assertContains(run("TopicCommand", "--list").well(), "(?m)^tooled$");
        String described =
                run("TopicCommand", "--describe", "--topic", "tooled").well();
        assertContains(
                described,
                "Topic: tooled\\s+TopicId: \\S+\\s+PartitionCount: 3\\s+ReplicationFactor: 1"
                        + "\\s+Configs: .*retention.ms=100000");
        assertContains(described, "Partition: 2\\s+Leader: 1\\s+Replicas: 1\\s+Isr: 1");
        run("TopicCommand", "--alter", "--topic", "tooled", "--partitions", "5").well();
        assertContains(
                run("TopicCommand", "--describe", "--topic", "tooled").well(), "PartitionCount: 5");
        KafkaTool.Outcome again =
                run("TopicCommand", "--create", "--topic", "tooled", "--partitions", "3");
        assertNotEquals(0, again.exit());
        assertContains(again.text(), "already exists");
        run("TopicCommand", "--delete", "--topic", "tooled").well();
        assertNotEquals(
                0, run("TopicCommand", "--describe", "--topic", "tooled").exit());
    }

    @Test
    void configurationsAreAlteredAndDescribed() throws IOException, InterruptedException {
        create("configured", 1);
        KafkaTool configs = new KafkaTool(folder, "kafka.admin.ConfigCommand");
        configs.run(withBootstrap(
                        "--alter",
                        "--entity-type",
                        "topics",
                        "--entity-name",
                        "configured",
                        "--add-config",
                        "segment.bytes=2000000,cleanup.policy=[compact,delete]"))
                .well();
        String topic = configs.run(withBootstrap(
                        "--describe", "--entity-type", "topics", "--entity-name", "configured"))
                .well();
        assertContains(
                topic,
                "segment.bytes=2000000 sensitive=false "
                        + "synonyms=\\{DYNAMIC_TOPIC_CONFIG:segment.bytes=2000000, "
                        + "DEFAULT_CONFIG:log.segment.bytes=1073741824\\}");
        assertContains(topic, "cleanup.policy=compact,delete");
        configs.run(withBootstrap(
                        "--alter",
                        "--entity-type",
                        "brokers",
                        "--entity-default",
                        "--add-config",
                        "log.retention.ms=500000000"))
                .well();
        assertContains(
                configs.run(withBootstrap(
                                "--describe",
                                "--entity-type",
                                "brokers",
                                "--entity-name",
                                "1",
                                "--all"))
                        .well(),
                "log.retention.ms=500000000");
        configs.run(withBootstrap(
                        "--alter",
                        "--entity-type",
                        "brokers",
                        "--entity-default",
                        "--delete-config",
                        "log.retention.ms"))
                .well();
        KafkaTool.Outcome bad = configs.run(withBootstrap(
                "--alter",
                "--entity-type",
                "topics",
                "--entity-name",
                "configured",
                "--add-config",
                "no.such=1"));
        assertNotEquals(0, bad.exit());
    }

    @Test
    void linesGoFromConsoleToConsole() throws IOException, InterruptedException {
        create("console", 2);
        produce("console", "a:1\nb:2\nc:3\nd:4\n");
        String read = run(
                        "consumer.ConsoleConsumer",
                        "--topic",
                        "console",
                        "--from-beginning",
                        "--max-messages",
                        "4",
                        "--timeout-ms",
                        "20000",
                        "--property",
                        "print.key=true",
                        "--property",
                        "print.timestamp=true")
                .well();
        for (String line : new String[] {"a\t1", "b\t2", "c\t3", "d\t4"}) {
            assertContains(read, "(?m)^CreateTime:\\d+\t" + line + "$");
        }
        assertContains(read, "Processed a total of 4 messages");
        String offsets = run("GetOffsetShell", "--topic", "console").well();
        int sum = offsets.lines()
                .filter(line -> line.startsWith("console:"))
                .mapToInt(line -> Integer.parseInt(line.substring(line.lastIndexOf(':') + 1)))
                .sum();
        assertEquals(4, sum);
        Path request = Files.writeString(folder.resolve("delete.json"), """
                {"partitions": [{"topic": "console", "partition": 0, "offset": -1}], "version": 1}
                """);
        assertContains(
                run("DeleteRecordsCommand", "--offset-json-file", request.toString())
                        .well(),
                "partition: console-0\\s+low_watermark: \\d+");
        String logs =
                run("LogDirsCommand", "--describe", "--topic-list", "console").well();
        assertContains(logs, "\"partition\":\"console-1\"");
    }

    @Test
    void groupsAreDescribedResetAndDeleted() throws IOException, InterruptedException {
        create("grouped", 1);
        produce(
                "grouped",
                IntStream.range(0, 10).mapToObj(i -> "k:" + i).collect(Collectors.joining("\n")));
        for (String protocol : new String[] {"classic", "consumer"}) {
            String group = "tool-" + protocol;
            run(
                            "consumer.ConsoleConsumer",
                            "--topic",
                            "grouped",
                            "--from-beginning",
                            "--max-messages",
                            "10",
                            "--timeout-ms",
                            "20000",
                            "--group",
                            group,
                            "--consumer-property",
                            "group.protocol=" + protocol)
                    .well();
            assertContains(run("consumer.group.ConsumerGroupCommand", "--list").well(), group);
            String described = run(
                            "consumer.group.ConsumerGroupCommand", "--describe", "--group", group)
                    .text();
            assertContains(described, group + "\\s+grouped\\s+0\\s+10\\s+10\\s+0");
            run(
                            "consumer.group.ConsumerGroupCommand",
                            "--group",
                            group,
                            "--topic",
                            "grouped",
                            "--reset-offsets",
                            "--to-offset",
                            "4",
                            "--execute")
                    .well();
            assertContains(
                    run("consumer.group.ConsumerGroupCommand", "--describe", "--group", group)
                            .text(),
                    group + "\\s+grouped\\s+0\\s+4\\s+10\\s+6");
            assertContains(
                    run(
                                    "consumer.group.ConsumerGroupCommand",
                                    "--describe",
                                    "--group",
                                    group,
                                    "--state")
                            .text(),
                    group + ".*Empty\\s+0");
            assertContains(run("GroupsCommand", "--list").well(), group);
            run("consumer.group.ConsumerGroupCommand", "--delete", "--group", group)
                    .well();
        }
        String left = run("consumer.group.ConsumerGroupCommand", "--list").well();
        assertFalse(left.contains("tool-"), left);
    }

    @Test
    void theClusterSaysWhatItIs() throws IOException, InterruptedException {
        String quorum = run("MetadataQuorumCommand", "describe", "--status").well();
        assertContains(quorum, "LeaderId:\\s+1");
        assertContains(run("MetadataQuorumCommand", "describe", "--replication").well(), "Leader");
        String features = run("FeatureCommand", "describe").well();
        assertContains(
                features,
                "metadata.version\\s+SupportedMinVersion: \\S+\\s+"
                        + "SupportedMaxVersion: \\S+\\s+FinalizedVersionLevel: 4.3");
        String versions = run("BrokerApiVersionsCommand").well();
        assertContains(versions, "Produce\\(0\\): 0 to 13");
        assertContains(versions, "Fetch\\(1\\): 4 to 18");
        assertContains(
                new KafkaTool(folder, TOOLS + "ClusterTool")
                        .run("cluster-id", "--bootstrap-server", backend.bootstrap())
                        .well(),
                "Cluster ID: \\S+");
        create("elected", 1);
        KafkaTool.Outcome election = run(
                "LeaderElectionCommand",
                "--election-type",
                "preferred",
                "--topic",
                "elected",
                "--partition",
                "0");
        assertContains(election.text(), "Valid replica already elected");
    }

    @Test
    void performanceToolsMoveWhatTheySay() throws IOException, InterruptedException {
        create("perf", 1);
        String produced = run(
                        "ProducerPerformance",
                        "--topic",
                        "perf",
                        "--num-records",
                        "20000",
                        "--record-size",
                        "100",
                        "--throughput",
                        "-1")
                .well();
        assertContains(produced, "20000 records sent");
        String consumed = run("ConsumerPerformance", "--topic", "perf", "--messages", "20000")
                .well();
        assertContains(consumed, "\\b20\\d{3}\\b");
        String verified = run("VerifiableProducer", "--topic", "perf", "--max-messages", "50")
                .well();
        assertContains(verified, "\"acked\":50");
        String dumped = tool("DumpLogSegments")
                .run(
                        "--files",
                        backend.logDirectory()
                                .resolve("perf-0/00000000000000000000.log")
                                .toString())
                .well();
        assertContains(dumped, "baseOffset: 0 lastOffset: \\d+ count: \\d+");
        assertContains(dumped, "isvalid: true");
    }
}
