package io.millrace.broker.metadata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.millrace.cluster.ClusterImage;
import io.millrace.cluster.ControllerCommand;
import io.millrace.host.Answer;
import io.millrace.protocol.CreateTopicsRequest;
import io.millrace.protocol.CreateTopicsRequest.CreatableTopic;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.Response;
import io.millrace.protocol.Uuid;
import io.millrace.sim.SimDisk;
import io.millrace.sim.SimWorld;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// Without room the cluster cannot be changed; with room again it can, and what was refused has
/// changed nothing.
final class MetadataFullDiskTest {
    private static final Uuid DIRECTORY_ID = new Uuid(1, 2);
    private static final Path PATH = Path.of("/log");
    private static final long ENDLESS = 1L << 40;

    private final SimDisk disk = new SimDisk(new SimWorld(5));

    private TestNode open() throws IOException {
        return TestNode.open(disk, PATH, DIRECTORY_ID, 42);
    }

    private ErrorCode create(TestNode node, String name) {
        CompletableFuture<Answer<Response>> answer = node.driver
                .submit(new ControllerCommand.CreateTopics(new CreateTopicsRequest(
                        List.of(new CreatableTopic(name, 1, (short) -1, List.of(), List.of())),
                        1000,
                        false)))
                .toCompletableFuture();
        node.loop.runAll();
        return switch (answer.getNow(new Answer.Refused<>(ErrorCode.REQUEST_TIMED_OUT))) {
            case Answer.Refused<Response>(ErrorCode reason) -> reason;
            case Answer.Replied<Response> _ -> ErrorCode.NONE;
        };
    }

    private static void pass(TestNode node) {
        node.loop.advance(1000);
        node.loop.runAll();
    }

    private void leaveRoom(long bytes) throws IOException {
        disk.faults().capacityBytes(ENDLESS);
        long used = ENDLESS - disk.usableBytes(PATH);
        disk.faults().capacityBytes(used + bytes);
    }

    @Test
    void itGoesOnWhenThereIsRoom() throws IOException {
        disk.createDirectories(PATH);
        TestNode node = open();
        node.register(DIRECTORY_ID, true);
        assertEquals(ErrorCode.NONE, create(node, "before"));
        ClusterImage before = node.image();
        for (int room = 0; room < 100; room += 7) {
            leaveRoom(room);
            assertEquals(ErrorCode.KAFKA_STORAGE_ERROR, create(node, "during"));
            pass(node);
            assertEquals(ErrorCode.KAFKA_STORAGE_ERROR, create(node, "during"));
            assertEquals(before, node.image());
            disk.faults().capacityBytes(ENDLESS);
            pass(node);
            assertEquals(before, node.image());
        }
        assertEquals(ErrorCode.NONE, create(node, "after"));
        ClusterImage after = node.image();
        assertNotNull(after.topic("before"));
        assertNull(after.topic("during"));
        assertNotNull(after.topic("after"));
        node.driver.snapshot();
        node.loop.runAll();
        disk.killProcess();
        assertEquals(after, open().image());
    }
}
