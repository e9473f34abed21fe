package io.millrace.clients.network;

import io.millrace.host.Loop;
import io.millrace.transport.Connection;
import io.millrace.transport.LoopGroup;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/// Reaches a broker of this process without a socket. Every address leads to that one broker, so it
/// serves a node that leads all that the client wants; `bootstrap.servers` must be there and is not
/// looked at.
public final class LocalNetwork implements ClientNetwork {
    private static final long RECEIVE_BYTES = Long.MAX_VALUE / 2;

    private final LoopGroup loops = LoopGroup.start(1, RECEIVE_BYTES);
    private final Function<Loop, Connection> broker;

    /// @param broker opens a connection for a client on that loop, `Broker::connect` for one
    public LocalNetwork(Function<Loop, Connection> broker) {
        this.broker = broker;
    }

    @Override
    public Loop loop() {
        return loops.loops().getFirst();
    }

    @Override
    public CompletableFuture<Connection> connect(String host, int port, int timeoutMs) {
        try {
            return CompletableFuture.completedFuture(broker.apply(loop()));
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public CompletableFuture<Void> close() {
        return loops.close();
    }
}
