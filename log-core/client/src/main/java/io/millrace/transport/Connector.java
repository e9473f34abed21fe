package io.millrace.transport;

import io.vertx.core.Promise;
import io.vertx.core.internal.net.NetClientInternal;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.CompletableFuture;

/// Opens connections for one loop, and belongs to it.
public final class Connector {
    private final VertxLoop loop;
    private final NetClientInternal client;
    private final int maxFrameBytes;
    private final IdleList idle;

    /// @param maxFrameBytes a peer that claims a longer frame is cut off
    /// @param maxIdleMs a connection that is silent for so long is closed; negative: never
    public Connector(LoopGroup loops, VertxLoop loop, int maxFrameBytes, long maxIdleMs) {
        NetClient plain = loops.vertx()
                .createNetClient(new NetClientOptions().setTcpNoDelay(true).setTcpKeepAlive(true));
        this.loop = loop;
        this.client = (NetClientInternal) plain;
        this.maxFrameBytes = maxFrameBytes;
        this.idle = new IdleList(loop, maxIdleMs);
    }

    /// Completes on the loop.
    public CompletableFuture<Connection> connect(String host, int port, int timeoutMs) {
        CompletableFuture<Connection> connected = new CompletableFuture<>();
        Promise<NetSocket> promise = loop.context().promise();
        promise.future()
                .onComplete(
                        socket -> connected.complete(
                                SocketConnection.over(socket, loop, maxFrameBytes, idle, () -> {})),
                        connected::completeExceptionally);
        client.connectInternal(
                new ConnectOptions().setHost(host).setPort(port).setTimeout(timeoutMs),
                promise,
                loop.context());
        return connected;
    }
}
