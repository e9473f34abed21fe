package io.millrace.clients.network;

import io.millrace.protocol.Request;
import io.millrace.protocol.Response;
import java.util.concurrent.CompletableFuture;

/// A request between `send` and its answer.
final class Flight {
    final Request request;
    final int maxVersion;
    final long deadlineNanos;
    final CompletableFuture<Response> answer = new CompletableFuture<>();
    int correlationId;
    int version;

    Flight(Request request, int maxVersion, long deadlineNanos) {
        this.request = request;
        this.maxVersion = maxVersion;
        this.deadlineNanos = deadlineNanos;
    }
}
