package io.millrace.sim;

import io.millrace.protocol.Check;
import io.millrace.protocol.WirePart;
import io.millrace.transport.Connection;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// One end of a connection on a [SimNetwork]. Belongs to its loop.
public final class SimConnection implements Connection {
    private static final long HIGH_WATER_MARK = 256 << 10;

    private final SimNetwork network;
    private final String node;
    private final String peerNode;
    private final SimLoop loop;
    private final Queue<ByteBuffer> inTransit = new ArrayDeque<>(); // to this end
    private final Queue<ByteBuffer> arrived = new ArrayDeque<>();
    private @Nullable SimConnection other;
    private @Nullable Listener listener;
    private @Nullable String closedReason;
    private long lastArrivalNanos;
    private long unreadBytes; // that this end has sent and the other has not taken
    private int stalled;
    private boolean isPaused;

    SimConnection(SimNetwork network, String node, String peerNode, SimLoop loop) {
        this.network = network;
        this.node = node;
        this.peerNode = peerNode;
        this.loop = loop;
    }

    void join(SimConnection end) {
        other = end;
    }

    private SimConnection other() {
        SimConnection end = other;
        if (end == null) {
            throw Check.failed("half a connection");
        }
        return end;
    }

    boolean isBetween(String one, String another) {
        return node.equals(one) && peerNode.equals(another)
                || node.equals(another) && peerNode.equals(one);
    }

    boolean isOf(String name) {
        return node.equals(name) || peerNode.equals(name);
    }

    @Override
    public void listen(Listener heard) {
        listener = heard;
        deliver();
        if (closedReason != null) {
            heard.closed(closedReason);
        }
    }

    @Override
    public void send(List<WirePart> parts, Runnable sent) {
        loop.execute(sent);
        if (closedReason != null) {
            return;
        }
        ByteBuffer bytes = SimNetwork.bytes(parts);
        unreadBytes += bytes.remaining();
        other().inTransit.add(bytes);
        other().expectArrival();
    }

    private void expectArrival() {
        SimWorld world = network.world();
        lastArrivalNanos = Math.max(lastArrivalNanos, world.nowNanos() + network.delayNanos());
        world.enqueue(lastArrivalNanos, loop, new SimWorld.Task(this::arrive));
    }

    private void arrive() {
        if (closedReason != null) {
            return;
        }
        if (network.isCut(node, peerNode)) {
            stalled++;
            return;
        }
        ByteBuffer bytes = inTransit.poll();
        if (bytes != null) {
            arrived.add(bytes);
            deliver();
        }
    }

    /// The network is whole again: what was held up goes on.
    void pump() {
        for (; stalled > 0; stalled--) {
            expectArrival();
        }
    }

    private void deliver() {
        while (listener != null && !isPaused && closedReason == null && !arrived.isEmpty()) {
            ByteBuffer bytes = arrived.remove();
            int size = bytes.remaining();
            other().loop.execute(() -> other().taken(size));
            listener.frame(new SimFrame(network, bytes));
        }
    }

    private void taken(int bytes) {
        boolean wasCongested = isCongested();
        unreadBytes -= bytes;
        if (wasCongested && !isCongested() && listener != null && closedReason == null) {
            listener.drained();
        }
    }

    @Override
    public boolean isCongested() {
        return unreadBytes > HIGH_WATER_MARK;
    }

    @Override
    public void pause() {
        isPaused = true;
    }

    @Override
    public void resume() {
        isPaused = false;
        loop.execute(this::deliver);
    }

    @Override
    public void close() {
        if (closedReason == null) {
            loop.execute(() -> ended("closed here"));
            other().endLater("closed by the peer");
        }
    }

    /// Neither end closed it: each learns of it by itself, and what was on the way is lost.
    void breakOff(String reason) {
        endLater(reason);
        other().endLater(reason);
    }

    private void endLater(String reason) {
        SimWorld world = network.world();
        lastArrivalNanos = Math.max(lastArrivalNanos, world.nowNanos() + network.delayNanos());
        world.enqueue(lastArrivalNanos, loop, new SimWorld.Task(() -> ended(reason)));
    }

    private void ended(String reason) {
        if (closedReason == null) {
            closedReason = reason;
            inTransit.clear();
            arrived.clear();
            network.forget(this);
            if (listener != null) {
                listener.closed(reason);
            }
        }
    }

    @Override
    public String peer() {
        return peerNode + ":9092";
    }
}
