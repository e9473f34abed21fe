package io.millrace.broker.handler;

import io.millrace.broker.request.Handler;
import io.millrace.broker.request.Operation;
import io.millrace.broker.request.RequestContext;
import io.millrace.group.GroupCommand;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.SyncGroupRequest;
import io.millrace.protocol.SyncGroupResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// A member of the classic protocol asks for its assignment, or brings that of all.
public final class SyncGroupHandler implements Handler<SyncGroupRequest, SyncGroupResponse> {
    private static final int PROTOCOL_VERSION = 5;

    private final GroupLink groups;

    public SyncGroupHandler(GroupLink groups) {
        this.groups = groups;
    }

    @Override
    public CompletionStage<SyncGroupResponse> handle(
            SyncGroupRequest request, RequestContext context) {
        boolean incomplete = context.version() >= PROTOCOL_VERSION
                && (request.protocolType() == null || request.protocolName() == null);
        if (incomplete) {
            return CompletableFuture.completedFuture(failed(ErrorCode.INCONSISTENT_GROUP_PROTOCOL));
        }
        if (!groups.allows(context, Operation.READ, request.groupId())) {
            return CompletableFuture.completedFuture(failed(ErrorCode.GROUP_AUTHORIZATION_FAILED));
        }
        return groups.ask(
                request.groupId(),
                new GroupCommand.Sync(request),
                SyncGroupResponse.class,
                SyncGroupHandler::failed);
    }

    private static SyncGroupResponse failed(ErrorCode error) {
        return SyncGroupResponse.DEFAULT.withErrorCode(error);
    }
}
