package io.millrace.broker.handler;

import io.millrace.broker.request.ClusterView;
import io.millrace.broker.request.Handler;
import io.millrace.broker.request.RequestContext;
import io.millrace.host.Loop;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.GetTelemetrySubscriptionsRequest;
import io.millrace.protocol.GetTelemetrySubscriptionsResponse;
import io.millrace.protocol.Uuid;
import io.millrace.record.Compression;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Tells a client which of its metrics are wanted (KIP-714).
public final class GetTelemetrySubscriptionsHandler
        implements Handler<GetTelemetrySubscriptionsRequest, GetTelemetrySubscriptionsResponse> {
    private static final List<Byte> COMPRESSIONS = List.of(
            (byte) Compression.ZSTD.id(), (byte) Compression.LZ4.id(),
            (byte) Compression.GZIP.id(), (byte) Compression.SNAPPY.id());

    private final ClusterView cluster;
    private final TelemetryClients clients;

    GetTelemetrySubscriptionsHandler(ClusterView cluster, TelemetryClients clients) {
        this.cluster = cluster;
        this.clients = clients;
    }

    @Override
    public CompletionStage<GetTelemetrySubscriptionsResponse> handle(
            GetTelemetrySubscriptionsRequest request, RequestContext context) {
        return CompletableFuture.completedFuture(answer(request, context));
    }

    private GetTelemetrySubscriptionsResponse answer(
            GetTelemetrySubscriptionsRequest request, RequestContext context) {
        Uuid id = request.clientInstanceId().isZero()
                ? newId(context.loop())
                : request.clientInstanceId();
        TelemetrySubscription wanted = TelemetrySubscription.of(cluster.image(), id, context);
        clients.put(
                id,
                new TelemetryClients.Client(
                        wanted.id(), wanted.intervalMs(), TelemetryClients.Client.NEVER, false));
        return new GetTelemetrySubscriptionsResponse(
                0,
                ErrorCode.NONE,
                id,
                wanted.id(),
                COMPRESSIONS,
                wanted.intervalMs(),
                TelemetrySubscription.MAX_BYTES,
                true,
                wanted.metrics());
    }

    /// The first bits are such that no special id is hit.
    private static Uuid newId(Loop loop) {
        return new Uuid(loop.random() & Long.MAX_VALUE | 1L << 62, loop.random());
    }
}
