package io.millrace.broker;

import io.millrace.cluster.ClusterDelta;
import io.millrace.host.Loop;
import io.millrace.metrics.RequestCounters;
import io.millrace.protocol.BadSetting;
import io.millrace.transport.AcceptLimits;
import io.millrace.transport.Acceptor;
import io.millrace.transport.Connection;
import io.millrace.transport.LocalConnection;
import io.millrace.transport.LoopGroup;
import io.millrace.transport.VertxLoop;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// The listening ports of a node. They are bound early, so that their ports are known; what
/// connects waits unread until the node serves.
final class NodeListeners {
    private final LoopGroup loops;
    private final LiveSettings<NetworkSettings> live;
    private final CompletableFuture<RequestRouter> serving = new CompletableFuture<>();
    private final Map<VertxLoop, RequestCounters> counters = new IdentityHashMap<>();
    private final List<Acceptor> acceptors = new ArrayList<>();
    private final List<ListenerAddress> bound = new ArrayList<>();

    private volatile AcceptLimits limits;

    private NodeListeners(LoopGroup loops, BrokerConfig config) {
        this.loops = loops;
        this.limits = config.network().limits();
        this.live = new LiveSettings<>(
                config.configurations(), NetworkSettings.class, now -> limits = now.limits());
        loops.loops().forEach(loop -> counters.put(loop, new RequestCounters()));
    }

    /// Binds every listener that is not for controllers. Blocks.
    ///
    /// @throws BadSetting when an address is taken, or not this machine's
    static NodeListeners bind(LoopGroup loops, BrokerConfig config) {
        NetworkSettings network = config.network();
        NodeListeners listeners = new NodeListeners(loops, config);
        for (ListenerAddress address : ListenerAddress.parseAll(network.listeners())) {
            if (!network.controllerListenerNames().contains(address.name())) {
                listeners.bind(address);
            }
        }
        if (listeners.bound.isEmpty()) {
            throw new BadSetting("listeners: there is none for clients");
        }
        return listeners;
    }

    private void bind(ListenerAddress address) {
        try {
            Acceptor acceptor = Acceptor.open(
                            loops,
                            address.bindHost(),
                            address.port(),
                            () -> limits,
                            (connection, loop) -> accepted(connection, loop, address.name()))
                    .join();
            acceptors.add(acceptor);
            bound.add(new ListenerAddress(address.name(), address.host(), acceptor.port()));
        } catch (CompletionException e) {
            throw new BadSetting(
                    "listeners: cannot listen on " + address.host() + ":" + address.port() + " ("
                            + Objects.requireNonNullElse(e.getCause(), e).getMessage()
                            + "); choose another, or stop who has it",
                    e);
        }
    }

    private void accepted(Connection connection, VertxLoop loop, String listener) {
        if (serving.isDone()) {
            begin(connection, loop, listener);
        } else {
            serving.thenRun(() -> loop.execute(() -> begin(connection, loop, listener)));
        }
    }

    private void begin(Connection connection, VertxLoop loop, String listener) {
        Session.Home home = new Session.Home(loop, serving.join(), counters(loop));
        connection.listen(new Session(connection, home, listener));
    }

    /// What the loop has answered; to be read on the loop.
    RequestCounters counters(VertxLoop loop) {
        return Objects.requireNonNull(counters.get(loop));
    }

    /// Connects a loop of this process without a socket; what is sent before the node serves waits.
    Connection connect(Loop client) {
        List<VertxLoop> all = loops.loops();
        VertxLoop server = all.get(Math.floorMod(System.identityHashCode(client), all.size()));
        LocalConnection.Pair pair = LocalConnection.pair(client, server);
        server.execute(() -> accepted(pair.server(), server, bound.getFirst().name()));
        return pair.client();
    }

    /// The configuration of nodes may have changed, and with it what clients may ask for.
    void changed(ClusterDelta delta) {
        live.changed(delta);
    }

    void serve(RequestRouter router) {
        serving.complete(router);
    }

    List<ListenerAddress> bound() {
        return List.copyOf(bound);
    }

    int connections() {
        return acceptors.stream().mapToInt(Acceptor::connections).sum();
    }

    long accepted() {
        return acceptors.stream().mapToLong(Acceptor::accepted).sum();
    }

    long refused() {
        return acceptors.stream().mapToLong(Acceptor::refused).sum();
    }

    /// Stops listening and closes every connection. Blocks.
    void close() {
        acceptors.forEach(acceptor -> acceptor.close().join());
    }
}
