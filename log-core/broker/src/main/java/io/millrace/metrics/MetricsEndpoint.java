package io.millrace.metrics;

import io.millrace.host.Loop;
import io.millrace.protocol.BadSetting;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Serves `/metrics`, `/health` and `/ready`. It listens from the beginning of a start, and says
/// that the node is not ready until it is.
///
/// So that a hostile peer gains nothing: so many connections at once, so much time and so large a
/// request for each, one request a connection, one page in the making at a time.
///
/// Owner thread: one of its own that waits for connections; each has a virtual thread.
public final class MetricsEndpoint implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MetricsEndpoint.class);

    private static final String DEFAULT_HOST = "127.0.0.1";
    private static final int DEFAULT_PORT = 9644;
    private static final String OFF = "off";
    private static final long RETRY_NANOS = 100_000_000;
    private static final int MAX_CONNECTIONS = 16;
    private static final int BACKLOG = 64;
    private static final long EXCHANGE_MS = 10_000;
    private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
    private static final String OPEN_METRICS =
            "application/openmetrics-text; version=1.0.0; charset=utf-8";

    private final ServerSocket server;
    private final String host;
    private final Loop timers;
    private final SyncCounters syncs;
    private final Semaphore free = new Semaphore(MAX_CONNECTIONS);
    private final Semaphore rendering = new Semaphore(1);
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Observed node;

    private MetricsEndpoint(ServerSocket server, String host, Loop timers, SyncCounters syncs) {
        this.server = server;
        this.host = host;
        this.timers = timers;
        this.syncs = syncs;
    }

    /// Begins to listen, unless it shall not.
    ///
    /// @param timers ends exchanges that take too long
    /// @throws BadSetting when the address is not one, or taken
    public static Optional<MetricsEndpoint> open(
            MetricsSettings settings, Loop timers, SyncCounters syncs) {
        String address = settings.listen().strip();
        if (address.equals(OFF)) {
            return Optional.empty();
        }
        MetricsEndpoint endpoint =
                address.isEmpty() ? openDefault(timers, syncs) : openGiven(address, timers, syncs);
        Thread.ofPlatform().name("metrics").daemon().start(endpoint::accept);
        return Optional.of(endpoint);
    }

    private static MetricsEndpoint openDefault(Loop timers, SyncCounters syncs) {
        try {
            ServerSocket socket;
            try {
                socket = bind(DEFAULT_HOST, DEFAULT_PORT);
            } catch (BindException taken) {
                socket = bind(DEFAULT_HOST, 0); // by another node of this machine, most likely
            }
            return new MetricsEndpoint(socket, DEFAULT_HOST, timers, syncs);
        } catch (IOException e) {
            throw new BadSetting("metrics.listen: cannot listen on " + DEFAULT_HOST + " ("
                    + e.getMessage() + "); give another address, or off");
        }
    }

    private static MetricsEndpoint openGiven(String address, Loop timers, SyncCounters syncs) {
        int colon = address.lastIndexOf(':');
        int port = colon < 1 ? -1 : port(address.substring(colon + 1));
        if (port < 0) {
            throw new BadSetting("metrics.listen: '" + address
                    + "' is not HOST:PORT, such as 127.0.0.1:9644, nor off");
        }
        String host = address.substring(0, colon);
        try {
            return new MetricsEndpoint(bind(host, port), host, timers, syncs);
        } catch (UnknownHostException e) {
            throw new BadSetting("metrics.listen: there is no host '" + host + "'");
        } catch (IOException e) {
            throw new BadSetting("metrics.listen: cannot listen on " + address + " ("
                    + e.getMessage() + "); choose another, or stop who has it");
        }
    }

    private static int port(String text) {
        try {
            int port = Integer.parseInt(text);
            return port <= 65_535 ? port : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static ServerSocket bind(String host, int port) throws IOException {
        InetAddress address = InetAddress.getByName(host);
        ServerSocket socket = new ServerSocket();
        try {
            socket.bind(new InetSocketAddress(address, port), BACKLOG);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /// HOST:PORT, with the port that was taken.
    public String address() {
        return host + ":" + server.getLocalPort();
    }

    /// From now on, this node is shown.
    public void show(Observed shown) {
        node = shown;
    }

    /// From now on, it says that the node is not ready.
    public void hide() {
        node = null;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                if (free.tryAcquire()) {
                    Thread.ofVirtual().name("metrics-http").start(() -> exchange(socket));
                } else {
                    close(socket);
                }
            } catch (IOException e) {
                // Closed, or the peer was gone already, or the process has no more files.
                LOG.atDebug().setCause(e).log("Cannot accept a connection for metrics");
                LockSupport.parkNanos(RETRY_NANOS);
            }
        }
    }

    private void exchange(Socket socket) {
        Loop.Scheduled limit = timers.schedule(EXCHANGE_MS, () -> close(socket));
        try {
            new HttpExchange(socket).run(this::answer);
        } catch (IOException e) {
            // It went away, or was too slow: nobody is left to be told.
            LOG.atDebug().setCause(e).log("A connection for metrics broke");
        } finally {
            close(socket);
            free.release();
            timers.execute(limit::cancel);
        }
    }

    private void close(Socket socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("A connection for metrics closed badly");
        }
    }

    private HttpExchange.Response answer(HttpExchange.Request request) {
        Observed shown = node;
        return switch (request.path()) {
            case "/metrics" -> metrics(shown, request.wantsOpenMetrics());
            case "/health" -> state(shown == null ? "" : shown.ailment(), "alive");
            case "/ready" ->
                state(shown == null ? "it does not serve yet" : shown.unreadiness(), "ready");
            case "/" -> HttpExchange.Response.text("200 OK", "/metrics\n/health\n/ready");
            default ->
                HttpExchange.Response.text(
                        "404 Not Found", "there are /metrics, /health and /ready");
        };
    }

    private static HttpExchange.Response state(String trouble, String good) {
        return trouble.isEmpty()
                ? HttpExchange.Response.text("200 OK", good)
                : unavailable(trouble);
    }

    private static HttpExchange.Response unavailable(String why) {
        return HttpExchange.Response.text("503 Service Unavailable", why);
    }

    private HttpExchange.Response metrics(@Nullable Observed shown, boolean isOpenMetrics) {
        if (shown == null) {
            return unavailable("it does not serve yet");
        }
        rendering.acquireUninterruptibly();
        try {
            Exposition out = new Exposition(isOpenMetrics);
            new NodePage(shown.figures(), syncs, out).write();
            new ProcessPage(out).write();
            return new HttpExchange.Response(
                    "200 OK", isOpenMetrics ? OPEN_METRICS : TEXT, out.finish());
        } catch (TimeoutException e) {
            return unavailable("the node is too busy to tell");
        } finally {
            rendering.release();
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("The metrics' port closed badly");
        }
        open.forEach(this::close);
    }
}
