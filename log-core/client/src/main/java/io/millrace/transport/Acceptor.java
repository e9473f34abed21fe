package io.millrace.transport;

import io.vertx.core.Future;
import io.vertx.core.internal.net.NetServerInternal;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/// A listening port that all loops share; connections are dealt out to them in turn.
///
/// Owner thread: none; what is counted for all loops is atomic.
public final class Acceptor {
    private static final int BACKLOG = 1024;
    private static final AtomicInteger FREE_PORTS = new AtomicInteger();

    private final Supplier<AcceptLimits> limits;
    private final Accepted accepted;
    private final AtomicInteger connections = new AtomicInteger();
    private final LongAdder welcome = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final ConcurrentMap<String, Integer> byAddress = new ConcurrentHashMap<>();
    private final List<NetServer> servers = new ArrayList<>();
    private int port;

    private Acceptor(Supplier<AcceptLimits> limits, Accepted accepted) {
        this.limits = limits;
        this.accepted = accepted;
    }

    /// Is told of each connection, on the connection's loop.
    public interface Accepted {
        void connected(Connection connection, VertxLoop loop);
    }

    /// Listens on HOST:PORT; port 0 takes a free one. `limits` is asked for each connection, except
    /// that `maxIdleMs` is asked once. Fails when the port is taken.
    public static CompletableFuture<Acceptor> open(
            LoopGroup loops,
            String host,
            int port,
            Supplier<AcceptLimits> limits,
            Accepted accepted) {
        Acceptor acceptor = new Acceptor(limits, accepted);
        // Vert.x shares one port among servers of the same address, a free one among those of the
        // same id.
        SocketAddress address = port == 0
                ? SocketAddress.sharedRandomPort(FREE_PORTS.incrementAndGet(), host)
                : SocketAddress.inetSocketAddress(port, host);
        Future<NetServer> last = Future.succeededFuture();
        for (VertxLoop loop : loops.loops()) {
            last = last.compose(_before -> acceptor.listen(loops, loop, address));
        }
        return last.map(server -> {
                    acceptor.port = server.actualPort();
                    return acceptor;
                })
                .toCompletionStage()
                .toCompletableFuture();
    }

    private Future<NetServer> listen(LoopGroup loops, VertxLoop loop, SocketAddress address) {
        NetServerInternal server = loops.vertx()
                .createNetServer(new NetServerOptions()
                        .setAcceptBacklog(BACKLOG)
                        .setTcpNoDelay(true)
                        .setTcpKeepAlive(true));
        IdleList idle = new IdleList(loop, limits.get().maxIdleMs());
        server.connectHandler(socket -> accept(socket, loop, idle));
        return server.listen(loop.context(), address).onSuccess(servers::add);
    }

    private void accept(NetSocket socket, VertxLoop loop, IdleList idle) {
        AcceptLimits now = limits.get();
        String address = socket.remoteAddress().hostAddress();
        int total = connections.incrementAndGet();
        int same = byAddress.merge(address, 1, Integer::sum);
        Runnable ended = () -> forget(address);
        SocketConnection connection =
                SocketConnection.over(socket, loop, now.maxFrameBytes(), idle, ended);
        if (total > now.maxConnections() || same > now.forAddress(address)) {
            refused.increment();
            connection.close("too many connections");
            return;
        }
        welcome.increment();
        accepted.connected(connection, loop);
    }

    private void forget(String address) {
        connections.decrementAndGet();
        byAddress.computeIfPresent(address, (_key, count) -> count == 1 ? null : count - 1);
    }

    public int port() {
        return port;
    }

    public int connections() {
        return connections.get();
    }

    /// Connections that were let in since the beginning.
    public long accepted() {
        return welcome.sum();
    }

    /// Connections that were one too many.
    public long refused() {
        return refused.sum();
    }

    /// Stops listening and closes every connection.
    public CompletableFuture<Void> close() {
        return Future.all(servers.stream().map(NetServer::close).toList())
                .<Void>mapEmpty()
                .toCompletionStage()
                .toCompletableFuture();
    }
}
