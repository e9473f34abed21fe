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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The listening ports of a node. They are bound early, so that their ports are known; what
/// connects waits unread until the node serves.
final class NodeListeners {
    private static final Logger LOG = LoggerFactory.getLogger(NodeListeners.class);
    private static final int HIGHEST_PORT = 65_535;

    private final LoopGroup loops;
    private final LiveSettings<NetworkSettings> live;
    private final CompletableFuture<NodeHandlers.Routers> serving = new CompletableFuture<>();
    private final Map<VertxLoop, RequestCounters> counters = new IdentityHashMap<>();
    private final List<Acceptor> acceptors = new ArrayList<>();
    private final List<ListenerAddress> bound = new ArrayList<>();
    private final List<ListenerAddress> controllers = new ArrayList<>();

    private volatile AcceptLimits limits;

    private NodeListeners(LoopGroup loops, BrokerConfig config) {
        this.loops = loops;
        this.limits = config.network().limits();
        this.live = new LiveSettings<>(
                config.configurations(), NetworkSettings.class, now -> limits = now.limits());
        loops.loops().forEach(loop -> counters.put(loop, new RequestCounters()));
    }

    /// Binds every listener; one for controllers also where none is named. Blocks.
    ///
    /// @throws BadSetting when an address is taken, or not this machine's
    static NodeListeners bind(LoopGroup loops, BrokerConfig config) {
        NetworkSettings network = config.network();
        NodeListeners listeners = new NodeListeners(loops, config);
        List<ListenerAddress> given = ListenerAddress.parseAll(network.listeners());
        List<String> controllers = network.controllerListenerNames();
        for (ListenerAddress address : given) {
            boolean isForControllers = controllers.contains(address.name());
            listeners.bind(address, isForControllers ? Kind.CONTROLLERS : Kind.CLIENTS);
        }
        if (listeners.bound.isEmpty()) {
            throw new BadSetting("listeners: there is none for clients");
        }
        if (listeners.controllers.isEmpty()) {
            boolean isAnyPort = given.getFirst().port() == 0;
            listeners.bindControllers(controllers.getFirst(), isAnyPort);
        }
        return listeners;
    }

    /// Who connects to a listener.
    private enum Kind {
        CLIENTS,
        CONTROLLERS
    }

    /// One port higher than clients; a free one where that is taken, most likely by another node of
    /// this machine.
    private void bindControllers(String name, boolean isAnyPort) {
        ListenerAddress first = bound.getFirst();
        ListenerAddress free = new ListenerAddress(name, first.host(), 0);
        if (isAnyPort || first.port() == HIGHEST_PORT) {
            bind(free, Kind.CONTROLLERS);
            return;
        }
        try {
            bind(new ListenerAddress(name, first.host(), first.port() + 1), Kind.CONTROLLERS);
        } catch (BadSetting taken) {
            LOG.atDebug().setCause(taken).log("Taking another port for controllers");
            bind(free, Kind.CONTROLLERS);
        }
    }

    private void bind(ListenerAddress address, Kind kind) {
        try {
            Acceptor acceptor = Acceptor.open(
                            loops,
                            address.bindHost(),
                            address.port(),
                            () -> limits,
                            (connection, loop) -> accepted(connection, loop, address.name(), kind))
                    .join();
            acceptors.add(acceptor);
            (kind == Kind.CLIENTS ? bound : controllers)
                    .add(new ListenerAddress(address.name(), address.host(), acceptor.port()));
        } catch (CompletionException e) {
            throw new BadSetting(
                    "listeners: cannot listen on " + address.host() + ":" + address.port() + " ("
                            + Objects.requireNonNullElse(e.getCause(), e).getMessage()
                            + "); choose another, or stop who has it",
                    e);
        }
    }

    private void accepted(Connection connection, VertxLoop loop, String listener, Kind kind) {
        if (serving.isDone()) {
            begin(connection, loop, listener, kind);
        } else {
            serving.thenRun(() -> loop.execute(() -> begin(connection, loop, listener, kind)));
        }
    }

    private void begin(Connection connection, VertxLoop loop, String listener, Kind kind) {
        RequestRouter router = switch (kind) {
            case CLIENTS -> serving.join().clients();
            case CONTROLLERS -> serving.join().controllers();
        };
        Session.Home home = new Session.Home(loop, router, counters(loop));
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
        server.execute(
                () -> accepted(pair.server(), server, bound.getFirst().name(), Kind.CLIENTS));
        return pair.client();
    }

    /// The configuration of nodes may have changed, and with it what clients may ask for.
    void changed(ClusterDelta delta) {
        live.changed(delta);
    }

    void serve(NodeHandlers.Routers routers) {
        serving.complete(routers);
    }

    /// Those for controllers.
    List<ListenerAddress> controllers() {
        return List.copyOf(controllers);
    }

    /// Those for clients.
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
