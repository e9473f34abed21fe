package io.millrace.broker;

import io.millrace.broker.request.Lifetime;
import io.millrace.broker.request.Principal;
import io.millrace.broker.request.RequestContext;
import io.millrace.host.FileRegion;
import io.millrace.host.Loop;
import io.millrace.metrics.RequestCounters;
import io.millrace.protocol.Api;
import io.millrace.protocol.ApiVersionsRequest;
import io.millrace.protocol.FetchResponse;
import io.millrace.protocol.MalformedFrame;
import io.millrace.protocol.ProduceRequest;
import io.millrace.protocol.Request;
import io.millrace.protocol.RequestHeader;
import io.millrace.protocol.Response;
import io.millrace.protocol.ResponseHeader;
import io.millrace.protocol.WirePart;
import io.millrace.protocol.WireReader;
import io.millrace.protocol.WireWriter;
import io.millrace.transport.Connection;
import io.millrace.transport.Frame;
import io.millrace.transport.FrameBudget;
import io.millrace.transport.VertxLoop;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connection of a client. Requests are begun in the order in which they arrive and may finish
/// in any; their responses leave in order.
///
/// What a peer can make us hold is bounded: so many requests begun, their bytes in the loop's
/// budget, and nothing new while it does not take what it asked for. Beyond that it is not read
/// from.
///
/// Owner thread: the connection's loop.
final class Session implements Connection.Listener {
    /// Requests begun at the same time; a client of Kafka sends five.
    private static final int MAX_IN_FLIGHT = 64;

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private final Connection connection;
    private final Loop loop;
    private final FrameBudget budget;
    private final RequestRouter router;
    private final String listener;
    private final RequestCounters counters;
    private final Queue<Pending> pending = new ArrayDeque<>();
    private boolean isReading = true;
    private boolean isAwaitingBudget;
    private boolean isThrottled;
    private boolean isClosed;

    /// A request that was begun.
    private static final class Pending {
        final RequestContext context;
        final Request request;
        final int size;
        final long begunNanos;

        @Nullable
        Response response;

        Pending(RequestContext context, Request request, int size) {
            this.context = context;
            this.request = request;
            this.size = size;
            this.begunNanos = context.loop().nanoTime();
        }

        /// A producer that wants no acknowledgement is not answered.
        boolean isSilent() {
            return request instanceof ProduceRequest produce && produce.acks() == 0;
        }
    }

    /// What all sessions of a loop share.
    record Home(VertxLoop loop, RequestRouter router, RequestCounters counters) {}

    Session(Connection connection, Home home, String listener) {
        this.connection = connection;
        this.loop = home.loop();
        this.budget = home.loop().budget();
        this.router = home.router();
        this.listener = listener;
        this.counters = home.counters();
    }

    @Override
    public void frame(Frame frame) {
        int size = frame.buffer().remaining();
        try {
            begin(frame, size);
        } catch (MalformedFrame e) {
            LOG.atDebug()
                    .addKeyValue("peer", connection.peer())
                    .addKeyValue("reason", e.getMessage())
                    .log("Closing a connection that sent a malformed request");
            connection.close();
        } finally {
            frame.release();
        }
        regulate();
    }

    private void begin(Frame shared, int size) {
        ByteBuffer bytes = shared.buffer();
        if (size < 4) {
            throw new MalformedFrame("a request of " + size + " bytes has no header");
        }
        int version = bytes.getShort(2);
        Api api = router.served(bytes.getShort(0));
        boolean isSupported = api.supports(version);
        if (!isSupported && api != Api.API_VERSIONS) {
            throw new MalformedFrame(api.apiName() + " version " + version + " is not served");
        }
        // Only records are worth sharing memory for. Anything else would hold on to it for long.
        Frame frame = api == Api.PRODUCE ? shared : new CopiedFrame(bytes);
        WireReader in = new WireReader(frame.buffer());
        RequestHeader header = RequestHeader.read(in, api.requestHeaderVersion(version));
        RequestContext context = new RequestContext(
                api,
                version,
                header.correlationId(),
                header.clientId(),
                Principal.ANONYMOUS,
                host(),
                listener,
                loop,
                frame,
                new Lifetime());
        Request request = isSupported
                ? api.readRequest(in, version)
                : ApiVersionsRequest
                        .DEFAULT; // what it says is unknown, and it is answered all the same
        route(new Pending(context, request, size), frame);
    }

    private String host() {
        String peer = connection.peer();
        return peer.substring(0, peer.lastIndexOf(':'));
    }

    private void route(Pending begun, Frame frame) {
        pending.add(begun);
        budget.take(begun.size);
        frame.retain();
        router.route(begun.request, begun.context).whenComplete((response, failure) -> {
            if (loop.isCurrent()) {
                finished(begun, response, failure);
            } else {
                loop.execute(() -> finished(begun, response, failure));
            }
        });
    }

    private void finished(Pending done, @Nullable Response response, @Nullable Throwable failure) {
        done.context.frame().release();
        if (response == null) {
            failed(
                    done,
                    failure instanceof CompletionException wrapped ? wrapped.getCause() : failure);
            return;
        }
        if (isClosed) {
            discard(response);
            return;
        }
        done.response = response;
        for (Pending head = pending.peek(); head != null; head = pending.peek()) {
            Response ready = head.response;
            if (ready == null) {
                break;
            }
            pending.remove();
            budget.give(head.size);
            answer(head, ready);
        }
        regulate();
    }

    private void failed(Pending done, @Nullable Throwable failure) {
        if (failure instanceof MalformedFrame malformed) {
            LOG.atDebug()
                    .addKeyValue("peer", connection.peer())
                    .addKeyValue("reason", malformed.getMessage())
                    .log("Closing a connection that sent a malformed request");
        } else if (!isClosed) {
            LOG.atError()
                    .addKeyValue("peer", connection.peer())
                    .addKeyValue("api", done.context.api().apiName())
                    .setCause(failure)
                    .log("A handler failed; closing the connection");
        }
        connection.close();
    }

    private void answer(Pending done, Response response) {
        RequestContext context = done.context;
        long nanos = loop.nanoTime() - done.begunNanos;
        if (done.isSilent()) {
            counters.taken(context.api(), nanos, done.size);
            // Without an acknowledgement, an end of the connection is the only way to tell of an
            // error.
            if (SilentErrors.isIn(response)) {
                connection.close();
            }
            return;
        }
        int version = context.api().supports(context.version()) ? context.version() : 0;
        WireWriter out = WireWriter.frame();
        new ResponseHeader(context.correlationId())
                .write(out, context.api().responseHeaderVersion(version));
        response.write(out, version);
        List<WirePart> parts = out.finish();
        counters.answered(context.api(), nanos, done.size, out);
        connection.send(parts, () -> release(parts));
        throttle(context, done.size);
    }

    private static void release(List<WirePart> parts) {
        for (WirePart part : parts) {
            if (part instanceof FileRegion region) {
                region.release();
            }
        }
    }

    private void throttle(RequestContext context, int size) {
        int throttleMs = router.throttleMs(context, size);
        if (throttleMs > 0) {
            isThrottled = true;
            loop.schedule(throttleMs, () -> {
                isThrottled = false;
                regulate();
            });
        }
    }

    /// Reads from the peer exactly as long as there is room for what it may send.
    private void regulate() {
        if (isClosed) {
            return;
        }
        if (budget.isExhausted() && !isAwaitingBudget) {
            isAwaitingBudget = true;
            budget.awaitRoom(() -> {
                isAwaitingBudget = false;
                regulate();
            });
        }
        boolean mayRead = !isAwaitingBudget
                && !isThrottled
                && pending.size() < MAX_IN_FLIGHT
                && !connection.isCongested();
        if (mayRead != isReading) {
            isReading = mayRead;
            if (mayRead) {
                connection.resume();
            } else {
                connection.pause();
            }
        }
    }

    @Override
    public void drained() {
        regulate();
    }

    /// What was begun goes on, and its answer is thrown away.
    @Override
    public void closed(String reason) {
        isClosed = true;
        for (Pending each : pending) {
            budget.give(each.size);
            if (each.response != null) {
                discard(each.response);
            }
        }
        List<Pending> abandoned = List.copyOf(pending);
        pending.clear();
        abandoned.forEach(each -> each.context.lifetime().end());
    }

    private static void discard(Response response) {
        if (!(response instanceof FetchResponse fetched)) {
            return;
        }
        for (FetchResponse.FetchableTopicResponse topic : fetched.responses()) {
            for (FetchResponse.PartitionData partition : topic.partitions()) {
                if (partition.records() instanceof FileRegion region) {
                    region.release();
                }
            }
        }
    }
}
