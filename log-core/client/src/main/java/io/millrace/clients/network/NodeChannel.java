package io.millrace.clients.network;

import io.millrace.common.Node;
import io.millrace.common.errors.DisconnectException;
import io.millrace.common.errors.TimeoutException;
import io.millrace.common.errors.UnsupportedVersionException;
import io.millrace.host.Loop;
import io.millrace.protocol.Api;
import io.millrace.protocol.ApiVersionsRequest;
import io.millrace.protocol.ApiVersionsResponse;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.MalformedFrame;
import io.millrace.protocol.ProduceRequest;
import io.millrace.protocol.ProduceResponse;
import io.millrace.protocol.RequestHeader;
import io.millrace.protocol.Response;
import io.millrace.protocol.ResponseHeader;
import io.millrace.protocol.UnsupportedVersion;
import io.millrace.protocol.WireReader;
import io.millrace.protocol.WireWriter;
import io.millrace.transport.Connection;
import io.millrace.transport.Frame;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// The one connection of a client to one node. It is opened when there is something to send, opened
/// again after a growing wait when it was lost, and asks for the server's versions before anything
/// else.
///
/// ```
/// idle --send--> connecting --> negotiating --> ready --lost--> waiting --send, time--> connecting
/// ```
/// What waits while the connection is made fails with it, so that callers can choose another node.
/// Answers come in the order of the requests; one that does not fit closes the connection.
final class NodeChannel {
    private static final String SOFTWARE = "millrace";
    private static final String RELEASE = "0.1.0";

    private enum State {
        IDLE,
        WAITING,
        CONNECTING,
        NEGOTIATING,
        READY,
        CLOSED
    }

    private final ClientNetwork network;
    private final Loop loop;
    private final ConnectionSettings settings;
    private final Node node;
    private final Backoff backoff;
    private final Queue<Flight> waiting = new ArrayDeque<>();
    private final ArrayDeque<Flight> inFlight = new ArrayDeque<>();
    private State state = State.IDLE;
    private @Nullable Connection connection;
    private @Nullable ServerVersions versions;
    private Loop.@Nullable Scheduled expiry;
    private int failures;
    private int lastCorrelationId;
    private int generation; // of the connection; what an older one reports is ignored

    NodeChannel(ClientNetwork network, ConnectionSettings settings, Node node) {
        this.network = network;
        this.loop = network.loop();
        this.settings = settings;
        this.node = node;
        this.backoff = new Backoff(settings.reconnectBackoffMs(), settings.reconnectBackoffMaxMs());
    }

    Node node() {
        return node;
    }

    boolean isReady() {
        return state == State.READY;
    }

    /// Whether the last attempt to reach the node failed and the next has not begun.
    boolean isBackingOff() {
        return state == State.WAITING;
    }

    /// Requests that were not answered yet.
    int pending() {
        return waiting.size() + inFlight.size();
    }

    CompletableFuture<Response> send(
            io.millrace.protocol.Request request, int maxVersion, int timeoutMs) {
        Flight flight = new Flight(request, maxVersion, loop.nanoTime() + timeoutMs * 1_000_000L);
        if (state == State.CLOSED) {
            flight.answer.completeExceptionally(new DisconnectException("The client is closed"));
            return flight.answer;
        }
        if (state == State.READY) {
            dispatch(flight);
        } else {
            waiting.add(flight);
            if (state == State.IDLE) {
                connect();
            }
        }
        watch();
        return flight.answer;
    }

    private void connect() {
        state = State.CONNECTING;
        int mine = ++generation;
        network.connect(node.host(), node.port(), (int) settings.socketConnectionSetupTimeoutMs())
                .whenComplete((made, failure) -> {
                    if (mine != generation || state == State.CLOSED) {
                        if (made != null) {
                            made.close();
                        }
                    } else if (failure != null) {
                        lost(node + " cannot be reached: " + failure.getMessage());
                    } else {
                        negotiate(made);
                    }
                });
    }

    private void negotiate(Connection made) {
        int mine = generation;
        connection = made;
        state = State.NEGOTIATING;
        made.listen(new Connection.Listener() {
            @Override
            public void frame(Frame frame) {
                ByteBuffer copy = copied(frame);
                if (mine == generation) {
                    answered(copy);
                }
            }

            @Override
            public void closed(String reason) {
                if (mine == generation) {
                    lost("The connection to " + node + " was closed: " + reason);
                }
            }
        });
        if (state == State.NEGOTIATING) {
            askVersions(Api.API_VERSIONS.maxVersion());
        }
    }

    /// Answers are copied out of the transport's memory once, so that nobody above counts
    /// references.
    private static ByteBuffer copied(Frame frame) {
        ByteBuffer shared = frame.buffer();
        ByteBuffer copy = ByteBuffer.allocate(shared.remaining());
        copy.put(shared).flip();
        frame.release();
        return copy;
    }

    private void askVersions(int version) {
        Flight ask = new Flight(
                new ApiVersionsRequest(SOFTWARE, RELEASE),
                version,
                loop.nanoTime() + settings.requestTimeoutMs() * 1_000_000L);
        ask.answer.whenComplete((answer, failure) -> {
            if (answer instanceof ApiVersionsResponse said) {
                versionsCame(said, version);
            }
        });
        write(ask, version);
        watch();
    }

    private void versionsCame(ApiVersionsResponse said, int asked) {
        if (said.errorCode() == ErrorCode.UNSUPPORTED_VERSION && asked > 0) {
            int theirs = said.apiKeys().stream()
                    .filter(api -> api.apiKey() == Api.API_VERSIONS.key())
                    .mapToInt(ApiVersionsResponse.ApiVersion::maxVersion)
                    .findFirst()
                    .orElse(0);
            askVersions(Math.min(theirs, asked - 1));
            return;
        }
        if (said.errorCode() != ErrorCode.NONE) {
            drop(node + " refused to say what it speaks: " + said.errorCode());
            return;
        }
        versions = new ServerVersions(said);
        state = State.READY;
        failures = 0;
        for (Flight next = waiting.poll();
                next != null && state == State.READY;
                next = waiting.poll()) {
            dispatch(next);
        }
    }

    private void dispatch(Flight flight) {
        if (versions == null) {
            throw new IllegalStateException("bug: a channel is ready without versions");
        }
        try {
            write(flight, versions.choose(flight.request.api(), flight.maxVersion));
        } catch (UnsupportedVersion e) {
            flight.answer.completeExceptionally(
                    new UnsupportedVersionException(String.valueOf(e.getMessage()), e));
        } catch (UnsupportedVersionException e) {
            flight.answer.completeExceptionally(e);
        }
    }

    private void write(Flight flight, int version) {
        Connection to = connection;
        if (to == null) {
            throw new IllegalStateException("bug: nothing to write to");
        }
        Api api = flight.request.api();
        flight.version = version;
        flight.correlationId = ++lastCorrelationId;
        WireWriter out = WireWriter.frame();
        new RequestHeader(
                        (short) api.key(),
                        (short) version,
                        flight.correlationId,
                        settings.clientId())
                .write(out, api.requestHeaderVersion(version));
        flight.request.write(out, version);
        boolean answerComes =
                !(flight.request instanceof ProduceRequest produce && produce.acks() == 0);
        if (answerComes) {
            inFlight.add(flight);
            to.send(out.finish(), () -> {});
        } else {
            to.send(out.finish(), () -> flight.answer.complete(ProduceResponse.DEFAULT));
        }
    }

    private void answered(ByteBuffer frame) {
        Flight flight = inFlight.peek();
        if (flight == null) {
            drop(node + " sent an answer that nobody waits for");
            return;
        }
        Response response;
        try {
            response = read(flight, new WireReader(frame), frame);
        } catch (MalformedFrame e) {
            drop(node + " sent an answer that cannot be read: " + e.getMessage());
            return;
        }
        inFlight.remove();
        flight.answer.complete(response);
    }

    private static Response read(Flight flight, WireReader in, ByteBuffer frame) {
        Api api = flight.request.api();
        int id = ResponseHeader.read(in, api.responseHeaderVersion(flight.version))
                .correlationId();
        if (id != flight.correlationId) {
            throw new MalformedFrame(
                    "correlation id " + id + " instead of " + flight.correlationId);
        }
        boolean refused = api == Api.API_VERSIONS
                && frame.getShort(in.position()) == ErrorCode.UNSUPPORTED_VERSION.code();
        return api.readResponse(in, refused ? 0 : flight.version);
    }

    /// Closes the connection because of what came over it.
    private void drop(String reason) {
        Connection old = connection;
        lost(reason);
        if (old != null) {
            old.close();
        }
    }

    private void lost(String reason) {
        generation++;
        connection = null;
        versions = null;
        failures++;
        state = State.WAITING;
        int mine = generation;
        loop.schedule(backoff.delayMs(failures, loop.random()), () -> waited(mine));
        failAll(new DisconnectException(reason));
    }

    private void waited(int mine) {
        if (mine == generation && state == State.WAITING) {
            state = State.IDLE;
            if (!waiting.isEmpty()) {
                connect();
            }
        }
    }

    private void failAll(RuntimeException failure) {
        List<Flight> all = new ArrayList<>(inFlight);
        all.addAll(waiting);
        inFlight.clear();
        waiting.clear();
        all.forEach(flight -> flight.answer.completeExceptionally(failure));
    }

    /// Keeps one timer for the oldest request.
    private void watch() {
        if (expiry == null && state != State.CLOSED) {
            Flight oldest = inFlight.isEmpty() ? waiting.peek() : inFlight.peek();
            if (oldest != null) {
                long nanos = oldest.deadlineNanos - loop.nanoTime();
                expiry = loop.schedule(Math.max(0, nanos / 1_000_000) + 1, this::expire);
            }
        }
    }

    /// A request that is not answered in time takes its connection with it: the answer could come
    /// at any time, and what was sent after it waits behind it.
    private void expire() {
        expiry = null;
        long now = loop.nanoTime();
        waiting.removeIf(flight -> {
            boolean late = flight.deadlineNanos - now <= 0;
            if (late) {
                flight.answer.completeExceptionally(
                        new TimeoutException(node + " could not be reached in time"));
            }
            return late;
        });
        for (Flight flight : inFlight) {
            if (flight.deadlineNanos - now <= 0) {
                drop(node + " did not answer " + flight.request.api().apiName() + " in time");
                break;
            }
        }
        watch();
    }

    void close() {
        state = State.CLOSED;
        generation++;
        if (expiry != null) {
            expiry.cancel();
        }
        if (connection != null) {
            connection.close();
        }
        failAll(new DisconnectException("The client is closed"));
    }
}
