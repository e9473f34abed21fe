package io.millrace.clients.network;

import io.millrace.host.Loop;
import io.millrace.transport.Connection;
import io.millrace.transport.Connector;
import io.millrace.transport.LoopGroup;
import io.millrace.transport.VertxLoop;
import java.util.concurrent.CompletableFuture;

/// Sockets, on a loop with a thread of its own.
public final class SocketNetwork implements ClientNetwork {
    private static final int MAX_FRAME_BYTES = Integer.MAX_VALUE - 64;
    private static final long RECEIVE_BYTES = Long.MAX_VALUE / 2;

    private final LoopGroup loops = LoopGroup.start(1, RECEIVE_BYTES);
    private final VertxLoop loop = loops.loops().getFirst();
    private final Connector connector;

    public SocketNetwork(long maxIdleMs) {
        connector = new Connector(loops, loop, MAX_FRAME_BYTES, maxIdleMs);
    }

    @Override
    public Loop loop() {
        return loop;
    }

    @Override
    public CompletableFuture<Connection> connect(String host, int port, int timeoutMs) {
        return connector.connect(host, port, timeoutMs);
    }

    @Override
    public CompletableFuture<Void> close() {
        return loops.close();
    }
}
