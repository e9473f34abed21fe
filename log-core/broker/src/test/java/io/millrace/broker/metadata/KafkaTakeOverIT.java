package io.millrace.broker.metadata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.broker.kafka.KafkaProcess;
import io.millrace.cluster.ConfigResource;
import io.millrace.cluster.ControllerCommand;
import io.millrace.cluster.PartitionImage;
import io.millrace.protocol.BrokerHeartbeatResponse;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.Uuid;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Metadata goes from Kafka to us, back, and to us again: as Kafka's storage tool formats it, and
/// as we do.
final class KafkaTakeOverIT {
    private static final String CLUSTER_ID = "4L6g3nShT-eMCtK--X86sw";

    @TempDir
    Path work;

    private Uuid directoryId(Path data) throws Exception {
        Properties properties = new Properties();
        try (var in = Files.newInputStream(data.resolve("meta.properties"))) {
            properties.load(in);
        }
        return Uuid.parse(properties.getProperty("directory.id"));
    }

    @Test
    void kafkasMetadataIsTakenOverAndGivenBack() throws Exception {
        Path data = Files.createDirectory(work.resolve("data"));
        Map<String, String> settings = KafkaProcess.settings(data);
        KafkaProcess.format(work, settings, CLUSTER_ID);
        try (KafkaProcess kafka = KafkaProcess.start(work, settings);
                Admin admin = kafka.admin()) {
            admin.createTopics(List.of(new NewTopic("theirs", 3, (short) 1)
                            .configs(Map.of("retention.ms", "1234"))))
                    .all()
                    .get();
            kafka.stop();
        }

        Uuid directoryId = directoryId(data);
        TestNode node = TestNode.open(new PlainDisk(), data, directoryId, 1);
        assertEquals(
                "1234", node.image().config(ConfigResource.topic("theirs")).get("retention.ms"));
        assertEquals(ErrorCode.NONE, node.register(directoryId, true).errorCode());
        PartitionImage partition = node.image().partition("theirs", 2);
        assertNotNull(partition);
        assertEquals(1, partition.leader());
        assertEquals(List.of(1), partition.isr());
        assertEquals(1 + 1, partition.leaderEpoch());
        node.create("ours", 2);
        node.driver.snapshot();
        node.loop.runAll();
        node.create("after the snapshot".replace(' ', '-'), 1);
        node.call(new ControllerCommand.FenceBroker(TestNode.ID), BrokerHeartbeatResponse.class);
        node.log.close();

        try (KafkaProcess kafka = KafkaProcess.start(work, settings);
                Admin admin = kafka.admin()) {
            assertEquals(
                    Set.of("theirs", "ours", "after-the-snapshot"),
                    admin.listTopics().names().get());
            var described =
                    admin.describeTopics(List.of("ours")).topicNameValues().get("ours");
            assertNotNull(described);
            assertEquals(2, described.get().partitions().size());
            admin.deleteTopics(List.of("ours")).all().get();
            kafka.stop();
        }
        TestNode again = TestNode.open(new PlainDisk(), data, directoryId, 2);
        assertNull(again.image().topic("ours"));
        assertNotNull(again.image().topic("theirs"));
    }

    @Test
    void kafkaTakesOverWhatWeFormatted() throws Exception {
        Path data = Files.createDirectory(work.resolve("data"));
        Uuid directoryId = new Uuid(0x1111222233334444L, 0x1999888877776666L);
        TestNode node = TestNode.open(new PlainDisk(), data, directoryId, 1);
        node.register(directoryId, true);
        node.create("ours", 2);
        node.log.close(); // as if it was killed: the node is still registered as running
        Files.writeString(
                data.resolve("meta.properties"),
                "version=1\ncluster.id=" + CLUSTER_ID + "\nnode.id=1\ndirectory.id=" + directoryId
                        + "\n");
        Map<String, String> settings = KafkaProcess.settings(data);
        try (KafkaProcess kafka = KafkaProcess.start(work, settings);
                Admin admin = kafka.admin()) {
            assertEquals(Set.of("ours"), admin.listTopics().names().get());
            var quorum = admin.describeMetadataQuorum().quorumInfo().get();
            assertEquals(1, quorum.leaderId());
            assertTrue(quorum.leaderEpoch() > 1, "epoch " + quorum.leaderEpoch());
            String features = admin.describeFeatures()
                    .featureMetadata()
                    .get()
                    .finalizedFeatures()
                    .toString();
            assertTrue(
                    features.contains(
                            "metadata.version=FinalizedVersionRange[min_version_level:30"),
                    features);
            assertTrue(
                    features.contains("kraft.version=FinalizedVersionRange[min_version_level:1"),
                    features);
            kafka.stop();
        }
    }
}
