package io.millrace.broker.metadata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.broker.kafka.Captured;
import io.millrace.cluster.ControllerCommand;
import io.millrace.protocol.AllocateProducerIdsRequest;
import io.millrace.protocol.AllocateProducerIdsResponse;
import io.millrace.protocol.IncrementalAlterConfigsRequest;
import io.millrace.protocol.IncrementalAlterConfigsResponse;
import io.millrace.protocol.Uuid;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.tools.DumpLogSegments;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kafka's dump tool reads our metadata log, its snapshots and the bootstrap file.
final class KafkaToolsTest {
    private static final Uuid DIRECTORY_ID = new Uuid(0x1111222233334444L, 0x9999888877776666L);

    @TempDir
    Path directory;

    private String dump(String name) throws Exception {
        Path file = directory.resolve(name);
        return Captured.output(() -> DumpLogSegments.main(
                new String[] {"--cluster-metadata-decoder", "--files", file.toString()}));
    }

    @Test
    void theDumpToolReadsLogAndSnapshots() throws Exception {
        TestNode node = filled();
        String log = dump("__cluster_metadata-0/00000000000000000000.log");
        assertTrue(log.contains("LeaderChange: {\"version\":0,\"leaderId\":1"), log);
        assertTrue(log.contains("KRaftVersion {\"version\":0,\"kRaftVersion\":1}"), log);
        assertTrue(log.contains("\"voterDirectoryId\":\"" + DIRECTORY_ID + "\""), log);
        assertTrue(log.contains("{\"name\":\"metadata.version\",\"featureLevel\":30}"), log);
        assertTrue(log.contains("\"type\":\"REGISTER_BROKER_RECORD\",\"version\":4"), log);
        assertTrue(log.contains("\"type\":\"PARTITION_RECORD\",\"version\":2"), log);
        assertTrue(log.contains("\"name\":\"retention.ms\",\"value\":\"1000\""), log);
        assertTrue(log.contains("\"type\":\"PRODUCER_IDS_RECORD\""), log);
        assertEquals(0, count(log, "isvalid: false"));

        long end = node.driver.committed();
        node.driver.snapshot();
        node.loop.runAll();
        String snapshot = dump("__cluster_metadata-0/" + new SnapshotId(end, 1).fileName());
        assertTrue(snapshot.contains("Snapshot end offset: " + end + ", epoch: 1"), snapshot);
        assertTrue(snapshot.contains("SnapshotHeader"), snapshot);
        assertTrue(snapshot.contains("SnapshotFooter"), snapshot);
        assertTrue(snapshot.contains("KRaftVoters"), snapshot);
        assertEquals(3, count(snapshot, "PARTITION_RECORD"));
        assertTrue(dump("bootstrap.checkpoint")
                .contains("\"transaction.version\",\"featureLevel\":2"));
    }

    private static int count(String text, String part) {
        return text.split(java.util.regex.Pattern.quote(part), -1).length - 1;
    }

    private TestNode filled() throws IOException {
        TestNode node = TestNode.open(new PlainDisk(), directory, DIRECTORY_ID, 42);
        long epoch = node.register(DIRECTORY_ID, true).brokerEpoch();
        node.create("orders", 3);
        node.call(
                new ControllerCommand.AllocateProducerIds(
                        new AllocateProducerIdsRequest(TestNode.ID, epoch)),
                AllocateProducerIdsResponse.class);
        var change = new IncrementalAlterConfigsRequest.AlterableConfig(
                "retention.ms", (byte) 0, "1000");
        node.call(
                new ControllerCommand.IncrementalAlterConfigs(new IncrementalAlterConfigsRequest(
                        List.of(new IncrementalAlterConfigsRequest.AlterConfigsResource(
                                (byte) 2, "orders", List.of(change))),
                        false)),
                IncrementalAlterConfigsResponse.class);
        return node;
    }
}
