package io.millrace.transport;

import io.millrace.host.FileRegion;
import io.millrace.host.Loop;
import io.millrace.protocol.Records;
import io.millrace.protocol.WirePart;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// One end of a connection inside this process. What is sent is copied once, into the frame that
/// the other end gets on its own loop.
public final class LocalConnection implements Connection {
    private static final int PREFIX = 4;
    private static final long HIGH_WATER_MARK = 512 << 10;

    private final Loop loop;
    private final String peer;
    private final Queue<ByteBuffer> arrived = new ArrayDeque<>();
    private @Nullable LocalConnection other;
    private @Nullable Listener listener;
    private @Nullable String closedReason;
    private long unread; // bytes that the other end has not taken yet
    private boolean isPaused;
    private boolean isDelivering;

    private LocalConnection(Loop loop, String peer) {
        this.loop = loop;
        this.peer = peer;
    }

    /// The two ends of one connection.
    public record Pair(LocalConnection client, LocalConnection server) {}

    /// Connects two loops, which may be the same.
    public static Pair pair(Loop client, Loop server) {
        LocalConnection left = new LocalConnection(client, "127.0.0.1:0");
        LocalConnection right = new LocalConnection(server, "127.0.0.1:0");
        left.other = right;
        right.other = left;
        return new Pair(left, right);
    }

    private LocalConnection other() {
        if (other == null) {
            throw new IllegalStateException("half a connection");
        }
        return other;
    }

    @Override
    public void listen(Listener listener) {
        this.listener = listener;
        deliver();
        if (closedReason != null) {
            listener.closed(closedReason);
        }
    }

    @Override
    public void send(List<WirePart> parts, Runnable sent) {
        if (closedReason != null) {
            sent.run();
            return;
        }
        ByteBuffer frame = join(parts);
        unread += frame.remaining();
        other().loop.execute(() -> other().take(frame));
        loop.execute(sent);
    }

    private static ByteBuffer join(List<WirePart> parts) {
        int size = 0;
        for (WirePart part : parts) {
            size += part.sizeInBytes();
        }
        ByteBuffer all = ByteBuffer.allocate(size);
        for (WirePart part : parts) {
            all.put(
                    switch (part) {
                        case WirePart.Bytes(var buffer) -> buffer.duplicate();
                        case Records.InMemory(var buffer) -> buffer.duplicate();
                        case FileRegion region -> FilePart.read(region);
                        default ->
                            throw new IllegalArgumentException("cannot send " + part.getClass());
                    });
        }
        return all.flip().position(PREFIX).slice();
    }

    private void take(ByteBuffer frame) {
        if (closedReason == null) {
            arrived.add(frame);
            deliver();
        }
    }

    private void deliver() {
        if (isDelivering) {
            return;
        }
        isDelivering = true;
        while (listener != null && !isPaused && !arrived.isEmpty()) {
            ByteBuffer frame = arrived.remove();
            int size = frame.remaining();
            other().loop.execute(() -> other().taken(size));
            listener.frame(new HeapFrame(frame));
        }
        isDelivering = false;
    }

    private void taken(int size) {
        boolean wasCongested = isCongested();
        unread -= size;
        if (wasCongested && !isCongested() && listener != null && closedReason == null) {
            listener.drained();
        }
    }

    @Override
    public boolean isCongested() {
        return unread > HIGH_WATER_MARK;
    }

    @Override
    public void pause() {
        isPaused = true;
    }

    @Override
    public void resume() {
        isPaused = false;
        deliver();
    }

    @Override
    public void close() {
        if (closedReason == null) {
            loop.execute(() -> ended("closed here"));
            other().loop.execute(() -> other().ended("closed by the peer"));
        }
    }

    private void ended(String reason) {
        if (closedReason == null) {
            closedReason = reason;
            arrived.clear();
            if (listener != null) {
                listener.closed(reason);
            }
        }
    }

    @Override
    public String peer() {
        return peer;
    }
}
