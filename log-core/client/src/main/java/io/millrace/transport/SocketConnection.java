package io.millrace.transport;

import io.millrace.host.FileRegion;
import io.millrace.protocol.MalformedFrame;
import io.millrace.protocol.Records;
import io.millrace.protocol.WirePart;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.WriteBufferWaterMark;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/// A socket, accepted or opened. It stands in the channel's pipeline before Vert.x's own handler,
/// which from then on hears only of the end: Vert.x accepts, connects and closes, and frames pass
/// it by.
///
/// What is sent while a read is being worked on, or within one task, is flushed once.
final class SocketConnection extends ChannelInboundHandlerAdapter implements Connection {
    /// Bytes in memory that wait for a slow peer; regions of files do not count.
    private static final WriteBufferWaterMark WATER_MARK =
            new WriteBufferWaterMark(128 << 10, 512 << 10);

    private static final Listener NOBODY = new Listener() {
        @Override
        public void frame(Frame frame) {
            frame.release();
        }

        @Override
        public void closed(String reason) {
            // nobody listens
        }
    };

    private final VertxLoop loop;
    private final Channel channel;
    private final FrameDecoder decoder;
    private final IdleList idle;
    private final String peer;
    private final Runnable ended;
    private final Runnable flushing = this::flush;
    private Queue<Frame> early = new ArrayDeque<>(0);
    private @Nullable Listener listener;
    private @Nullable String closedReason;
    private boolean isFlushDue;
    private boolean isReadingBatch;

    // The neighbours in `idle`, and when this one was last heard of.
    @Nullable
    SocketConnection older;

    @Nullable
    SocketConnection younger;

    long activeNanos;

    /// @param ended runs once when the connection has ended
    private SocketConnection(
            VertxLoop loop, Channel channel, int maxFrameBytes, IdleList idle, Runnable ended) {
        this.loop = loop;
        this.channel = channel;
        this.idle = idle;
        this.ended = ended;
        this.peer = name(channel);
        this.decoder = new FrameDecoder(
                maxFrameBytes, loop.budget(), channel.alloc(), this::arrived, this::applyReading);
    }

    /// Takes a socket over from Vert.x, on its loop, before anything was read from it.
    static SocketConnection over(
            NetSocket socket, VertxLoop loop, int maxFrameBytes, IdleList idle, Runnable ended) {
        ChannelHandlerContext vertx = ((NetSocketInternal) socket).channelHandlerContext();
        Channel channel = vertx.channel();
        SocketConnection connection =
                new SocketConnection(loop, channel, maxFrameBytes, idle, ended);
        channel.config().setRecvByteBufAllocator(new ReceiveBuffers(connection.decoder));
        channel.config().setWriteBufferWaterMark(WATER_MARK);
        channel.pipeline().addBefore(vertx.name(), "frames", connection);
        idle.add(connection);
        return connection;
    }

    private static String name(Channel channel) {
        return channel.remoteAddress() instanceof InetSocketAddress address
                ? address.getAddress().getHostAddress() + ":" + address.getPort()
                : String.valueOf(channel.remoteAddress());
    }

    @Override
    public void listen(Listener listener) {
        this.listener = listener;
        Queue<Frame> waiting = early;
        early = new ArrayDeque<>(0);
        for (Frame frame = waiting.poll(); frame != null; frame = waiting.poll()) {
            listener.frame(frame);
        }
        if (closedReason != null) {
            listener.closed(closedReason);
        }
    }

    @Override
    public void send(List<WirePart> parts, Runnable sent) {
        if (!channel.isActive()) {
            sent.run();
            return;
        }
        idle.touch(this);
        int last = parts.size() - 1;
        for (int i = 0; i < last; i++) {
            channel.write(message(parts.get(i)), channel.voidPromise());
        }
        ChannelPromise promise = channel.newPromise();
        promise.addListener(_done -> sent.run());
        channel.write(message(parts.get(last)), promise);
        if (!isFlushDue) {
            isFlushDue = true;
            if (!isReadingBatch) {
                loop.execute(flushing);
            }
        }
    }

    private void flush() {
        if (isFlushDue) {
            isFlushDue = false;
            channel.flush();
        }
    }

    private static Object message(WirePart part) {
        return switch (part) {
            case WirePart.Bytes(var buffer) -> Unpooled.wrappedBuffer(buffer);
            case Records.InMemory(var buffer) -> Unpooled.wrappedBuffer(buffer);
            case FileRegion region -> FilePart.of(region);
            default -> throw new IllegalArgumentException("cannot send " + part.getClass());
        };
    }

    @Override
    public boolean isCongested() {
        return !channel.isWritable();
    }

    @Override
    public void pause() {
        decoder.pause();
    }

    @Override
    public void resume() {
        try {
            decoder.resume();
        } catch (MalformedFrame e) {
            close(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        close("closed here");
    }

    void close(String reason) {
        if (closedReason == null) {
            closedReason = reason;
            channel.close();
        }
    }

    @Override
    public String peer() {
        return peer;
    }

    boolean holdsUnfinishedFrame() {
        return decoder.holdsUnfinishedFrame();
    }

    private void applyReading() {
        channel.config().setAutoRead(decoder.isReading());
        idle.relieve();
    }

    private void arrived(Frame frame) {
        if (listener != null) {
            listener.frame(frame);
        } else {
            early.add(frame);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        isReadingBatch = true;
        idle.touch(this);
        try {
            decoder.read((ByteBuf) message);
        } catch (MalformedFrame e) {
            close(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        isReadingBatch = false;
        flush();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (channel.isWritable() && listener != null) {
            listener.drained();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        close(String.valueOf(cause));
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        decoder.close();
        idle.remove(this);
        ended.run();
        for (Frame frame = early.poll(); frame != null; frame = early.poll()) {
            frame.release();
        }
        String reason = closedReason == null ? "closed by the peer" : closedReason;
        closedReason = reason;
        (listener == null ? NOBODY : listener).closed(reason);
        context.fireChannelInactive();
    }
}
