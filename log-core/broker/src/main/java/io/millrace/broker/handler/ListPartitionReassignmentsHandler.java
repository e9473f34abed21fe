package io.millrace.broker.handler;

import io.millrace.broker.request.Handler;
import io.millrace.broker.request.RequestContext;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.ListPartitionReassignmentsRequest;
import io.millrace.protocol.ListPartitionReassignmentsResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// On one node nothing moves, so none is ever under way.
public final class ListPartitionReassignmentsHandler
        implements Handler<ListPartitionReassignmentsRequest, ListPartitionReassignmentsResponse> {
    ListPartitionReassignmentsHandler() {}

    @Override
    public CompletionStage<ListPartitionReassignmentsResponse> handle(
            ListPartitionReassignmentsRequest request, RequestContext context) {
        return CompletableFuture.completedFuture(
                new ListPartitionReassignmentsResponse(0, ErrorCode.NONE, null, List.of()));
    }
}
