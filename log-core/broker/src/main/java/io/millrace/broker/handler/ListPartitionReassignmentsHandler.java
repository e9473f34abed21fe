package io.millrace.broker.handler;

import io.millrace.broker.request.Authorizer;
import io.millrace.broker.request.Handler;
import io.millrace.broker.request.Operation;
import io.millrace.broker.request.RequestContext;
import io.millrace.broker.request.Resource;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.ListPartitionReassignmentsRequest;
import io.millrace.protocol.ListPartitionReassignmentsResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// On one node nothing moves, so none is ever under way.
public final class ListPartitionReassignmentsHandler
        implements Handler<ListPartitionReassignmentsRequest, ListPartitionReassignmentsResponse> {
    private final Authorizer authorizer;

    ListPartitionReassignmentsHandler(Authorizer authorizer) {
        this.authorizer = authorizer;
    }

    @Override
    public CompletionStage<ListPartitionReassignmentsResponse> handle(
            ListPartitionReassignmentsRequest request, RequestContext context) {
        ErrorCode error = authorizer.isAllowed(context, Operation.DESCRIBE, Resource.CLUSTER)
                ? ErrorCode.NONE
                : ErrorCode.CLUSTER_AUTHORIZATION_FAILED;
        return CompletableFuture.completedFuture(new ListPartitionReassignmentsResponse(
                0, error, error == ErrorCode.NONE ? null : error.message(), List.of()));
    }
}
