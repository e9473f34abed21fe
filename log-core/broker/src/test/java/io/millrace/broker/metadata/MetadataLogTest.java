package io.millrace.broker.metadata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.cluster.ClusterImage;
import io.millrace.cluster.ControllerCommand;
import io.millrace.cluster.PartitionImage;
import io.millrace.protocol.BrokerHeartbeatResponse;
import io.millrace.protocol.DeleteTopicsRequest;
import io.millrace.protocol.DeleteTopicsResponse;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.Uuid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MetadataLogTest {
    private static final Uuid DIRECTORY_ID = new Uuid(0x1111222233334444L, 0x9999888877776666L);

    @TempDir
    Path directory;

    private final PlainDisk disk = new PlainDisk();

    private TestNode open() throws IOException {
        return TestNode.open(disk, directory, DIRECTORY_ID, 42);
    }

    private Path file(String name) {
        return directory.resolve("__cluster_metadata-0").resolve(name);
    }

    @Test
    void anEmptyDirectoryBecomesAClusterOfTheNewestLevels() throws IOException {
        TestNode node = open();
        assertEquals(30, node.image().feature("metadata.version"));
        assertEquals(2, node.image().feature("transaction.version"));
        assertEquals(1, node.driver.epoch());
        assertEquals(ErrorCode.NONE, node.register(DIRECTORY_ID, true).errorCode());
        assertEquals(
                "{\"leaderId\":1,\"leaderEpoch\":1,\"votedId\":-1,"
                        + "\"votedDirectoryId\":\"AAAAAAAAAAAAAAAAAAAAAA\",\"data_version\":1}",
                Files.readString(file("quorum-state")));
        assertTrue(Files.exists(file("00000000000000000000-0000000000.checkpoint")));
    }

    @Test
    void whatWasAnsweredIsThereAfterARestart() throws IOException {
        TestNode node = open();
        node.register(DIRECTORY_ID, true);
        assertEquals(
                ErrorCode.NONE, node.create("orders", 3).topics().getFirst().errorCode());
        node.create("gone", 1);
        node.call(
                new ControllerCommand.DeleteTopics(
                        DeleteTopicsRequest.DEFAULT.withTopicNames(List.of("gone")), 5),
                DeleteTopicsResponse.class);
        ClusterImage before = node.image();
        node.log.close();

        TestNode again = open();
        assertEquals(before, again.image());
        assertEquals(2, again.driver.epoch());
        assertEquals(
                "0\n2\n1 0\n2 " + (again.log.endOffset() - 1) + "\n",
                Files.readString(file("leader-epoch-checkpoint")));
    }

    @Test
    void aTornTailIsCut() throws IOException {
        TestNode node = open();
        node.register(DIRECTORY_ID, true);
        node.create("kept", 1);
        ClusterImage before = node.image();
        node.create("torn", 1);
        node.log.close();
        Path segment = file("00000000000000000000.log");
        try (var channel = Files.newByteChannel(segment, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() - 3);
        }
        assertEquals(before, open().image());
    }

    @Test
    void aSnapshotTakesThePlaceOfTheLog() throws IOException {
        TestNode node = open();
        node.register(DIRECTORY_ID, true);
        node.create("first", 2);
        node.driver.snapshot();
        node.loop.runAll();
        node.create("second", 1);
        node.driver.snapshot();
        node.loop.runAll();
        node.create("third", 1);
        ClusterImage before = node.image();
        node.log.close();
        assertFalse(
                Files.exists(file("00000000000000000000.log")), "the first segment is superfluous");
        assertFalse(Files.exists(file("00000000000000000000-0000000000.checkpoint")));

        TestNode again = open();
        assertEquals(before, again.image());
        again.create("fourth", 1);
        again.log.close();
        assertNotNull(open().image().topic("fourth"));
    }

    @Test
    void aLargeLogIsSummedUpByItself() throws IOException {
        TestNode node =
                TestNode.open(disk, directory, DIRECTORY_ID, 42, new SnapshotSettings(10_000, 0));
        node.register(DIRECTORY_ID, true);
        for (int i = 0; i < 200; i++) {
            node.create("topic-" + i, 2);
        }
        ClusterImage before = node.image();
        node.log.close();
        assertEquals(
                1,
                disk.list(directory.resolve("__cluster_metadata-0")).stream()
                        .filter(name -> SnapshotId.parse(name).isPresent())
                        .count());
        assertEquals(before, open().image());
    }

    @Test
    void aDeltaIsToldBeforeTheAnswer() throws IOException {
        TestNode node = open();
        node.register(DIRECTORY_ID, true);
        node.deltas.clear();
        Uuid id = node.create("orders", 2).topics().getFirst().topicId();
        assertEquals(1, node.deltas.size());
        assertEquals(
                List.of(0, 1), List.copyOf(node.deltas.getFirst().partitions().get(id)));
        assertTrue(node.deltas.getFirst().isNew(id, 1));
        node.call(
                new ControllerCommand.DeleteTopics(
                        DeleteTopicsRequest.DEFAULT.withTopicNames(List.of("orders")), 5),
                DeleteTopicsResponse.class);
        assertEquals("orders", node.deltas.getLast().deleted().getFirst().name());
    }

    @Test
    void anUncleanStopGivesNewEpochs() throws IOException {
        TestNode node = open();
        node.register(DIRECTORY_ID, true);
        node.create("orders", 1);
        node.call(new ControllerCommand.FenceBroker(TestNode.ID), BrokerHeartbeatResponse.class);
        node.log.close();
        TestNode clean = open();
        clean.register(DIRECTORY_ID, true);
        PartitionImage partition = clean.image().partition("orders", 0);
        assertNotNull(partition);
        assertEquals(0, partition.leaderEpoch());
        clean.log.close();
        TestNode unclean = open();
        unclean.register(DIRECTORY_ID, false);
        partition = unclean.image().partition("orders", 0);
        assertNotNull(partition);
        assertEquals(1, partition.leaderEpoch());
        assertEquals(1, partition.leader());
        assertEquals(DIRECTORY_ID, partition.directoryOf(1));
    }

    @Test
    void fiveThousandPartitionsLoadFast() throws IOException {
        TestNode node = open();
        node.register(DIRECTORY_ID, true);
        node.create("wide", 2500);
        for (int i = 0; i < 2500; i++) {
            node.create("narrow-" + i, 1);
        }
        node.log.close();
        open().log.close();
        long start = System.nanoTime();
        TestNode again = open();
        long tookMs = (System.nanoTime() - start) / 1_000_000;
        assertEquals(5000, again.image().topics().partitionCount());
        assertTrue(tookMs < 1000, "took " + tookMs + " ms");
    }
}
