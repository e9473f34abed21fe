package io.millrace.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.protocol.WireWriter;
import io.millrace.transport.Connection;
import io.millrace.transport.Frame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SimNetworkTest {
    private final SimWorld world = new SimWorld(3);
    private final SimNetwork network = new SimNetwork(world);
    private final SimNode nodeA = new SimNode(world, "a");
    private final SimNode nodeB = new SimNode(world, "b");
    private final SimNetwork.Pair pair = network.connect("a", nodeA.loop(), "b", nodeB.loop());
    private final Heard atServer = new Heard();
    private final Heard atClient = new Heard();

    private static final class Heard implements Connection.Listener {
        final List<Integer> numbers = new ArrayList<>();
        final List<String> closed = new ArrayList<>();
        boolean drained;

        @Override
        public void frame(Frame frame) {
            numbers.add(frame.buffer().getInt());
            frame.release();
        }

        @Override
        public void drained() {
            drained = true;
        }

        @Override
        public void closed(String reason) {
            closed.add(reason);
        }
    }

    private void send(int number, int padding) {
        WireWriter out = WireWriter.frame();
        out.int32(number);
        for (int i = 0; i < padding; i++) {
            out.int64(i);
        }
        pair.client().send(out.finish(), () -> {});
    }

    private void listen() {
        pair.server().listen(atServer);
        pair.client().listen(atClient);
    }

    @Test
    void framesArriveWholeAndInOrder() {
        listen();
        IntStream.range(0, 100).forEach(number -> send(number, number % 7));
        assertEquals(List.of(), atServer.numbers);
        world.runFor(1_000);
        assertEquals(IntStream.range(0, 100).boxed().toList(), atServer.numbers);
        assertEquals(0, network.liveFrames());
        assertEquals("b:9092", pair.client().peer());
    }

    @Test
    void aPartitionHoldsFramesUpUntilItHeals() {
        listen();
        network.partition("b", "a", false);
        send(1, 0);
        send(2, 0);
        world.runFor(1_000);
        assertEquals(List.of(), atServer.numbers);
        network.heal();
        send(3, 0);
        world.runFor(1_000);
        assertEquals(List.of(1, 2, 3), atServer.numbers);
    }

    @Test
    void aCrashClosesTheOtherEndOnce() {
        listen();
        nodeB.kill();
        network.crashed("b");
        send(1, 0);
        world.runFor(1_000);
        assertEquals(List.of("b is gone"), atClient.closed);
        assertEquals(List.of(), atServer.closed);
        pair.client().close();
        world.runFor(1_000);
        assertEquals(1, atClient.closed.size());
    }

    @Test
    void aPausedReaderCongestsTheSender() {
        listen();
        pair.server().pause();
        IntStream.range(0, 100).forEach(number -> send(number, 1_000));
        world.runFor(1_000);
        assertTrue(pair.client().isCongested());
        pair.server().resume();
        world.runFor(1_000);
        assertTrue(atClient.drained);
        assertEquals(100, atServer.numbers.size());
    }

    @Test
    void aFrameIsReleasedOnce() {
        SimFrame frame = new SimFrame(network, ByteBuffer.allocate(1));
        assertEquals(1, network.liveFrames());
        frame.retain();
        frame.release();
        frame.release();
        assertEquals(0, network.liveFrames());
        assertThrows(IllegalStateException.class, frame::release);
        assertThrows(IllegalStateException.class, frame::buffer);
    }
}
