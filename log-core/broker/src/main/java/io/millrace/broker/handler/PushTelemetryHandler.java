package io.millrace.broker.handler;

import io.millrace.broker.request.ClusterView;
import io.millrace.broker.request.Handler;
import io.millrace.broker.request.RequestContext;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.PushTelemetryRequest;
import io.millrace.protocol.PushTelemetryResponse;
import io.millrace.record.Compression;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Takes a client's metrics. Nothing here keeps them; what a client must observe is checked all the
/// same.
public final class PushTelemetryHandler
        implements Handler<PushTelemetryRequest, PushTelemetryResponse> {
    private final ClusterView cluster;
    private final TelemetryClients clients;

    PushTelemetryHandler(ClusterView cluster, TelemetryClients clients) {
        this.cluster = cluster;
        this.clients = clients;
    }

    /// The two APIs of telemetry, which share what they know of clients.
    public record Telemetry(GetTelemetrySubscriptionsHandler get, PushTelemetryHandler push) {
        public static Telemetry of(ClusterView cluster) {
            TelemetryClients clients = new TelemetryClients();
            return new Telemetry(
                    new GetTelemetrySubscriptionsHandler(cluster, clients),
                    new PushTelemetryHandler(cluster, clients));
        }
    }

    @Override
    public CompletionStage<PushTelemetryResponse> handle(
            PushTelemetryRequest request, RequestContext context) {
        return CompletableFuture.completedFuture(
                new PushTelemetryResponse(0, judge(request, context)));
    }

    private ErrorCode judge(PushTelemetryRequest request, RequestContext context) {
        if (request.clientInstanceId().isZero()) {
            return ErrorCode.INVALID_REQUEST;
        }
        TelemetryClients.Client client = clients.get(request.clientInstanceId());
        TelemetrySubscription wanted =
                TelemetrySubscription.of(cluster.image(), request.clientInstanceId(), context);
        if (client == null
                || client.subscriptionId() != wanted.id()
                || request.subscriptionId() != wanted.id()) {
            return ErrorCode.UNKNOWN_SUBSCRIPTION_ID;
        }
        if (client.isTerminating()) {
            return ErrorCode.INVALID_REQUEST;
        }
        if (client.isEarly(context.loop().nanoTime()) && !request.terminating()) {
            return ErrorCode.THROTTLING_QUOTA_EXCEEDED;
        }
        if (Compression.of(request.compressionType()).isEmpty()) {
            return ErrorCode.UNSUPPORTED_COMPRESSION_TYPE;
        }
        clients.put(
                request.clientInstanceId(),
                new TelemetryClients.Client(
                        client.subscriptionId(),
                        client.intervalMs(),
                        context.loop().nanoTime(),
                        request.terminating()));
        return request.metrics().remaining() > TelemetrySubscription.MAX_BYTES
                ? ErrorCode.TELEMETRY_TOO_LARGE
                : ErrorCode.NONE;
    }
}
