package io.millrace.broker.handler;

import io.millrace.broker.request.Handler;
import io.millrace.broker.request.Operation;
import io.millrace.broker.request.RequestContext;
import io.millrace.group.GroupCommand;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.HeartbeatRequest;
import io.millrace.protocol.HeartbeatResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// A member of the classic protocol is still there.
public final class HeartbeatHandler implements Handler<HeartbeatRequest, HeartbeatResponse> {
    private final GroupLink groups;

    public HeartbeatHandler(GroupLink groups) {
        this.groups = groups;
    }

    @Override
    public CompletionStage<HeartbeatResponse> handle(
            HeartbeatRequest request, RequestContext context) {
        if (!groups.allows(context, Operation.READ, request.groupId())) {
            return CompletableFuture.completedFuture(answer(ErrorCode.GROUP_AUTHORIZATION_FAILED));
        }
        return groups.ask(
                request.groupId(),
                new GroupCommand.Heartbeat(request),
                HeartbeatResponse.class,
                HeartbeatHandler::failed);
    }

    /// While the coordinator loads, every member counts as alive: sessions begin anew after it.
    private static HeartbeatResponse failed(ErrorCode error) {
        return answer(error == ErrorCode.COORDINATOR_LOAD_IN_PROGRESS ? ErrorCode.NONE : error);
    }

    private static HeartbeatResponse answer(ErrorCode error) {
        return HeartbeatResponse.DEFAULT.withErrorCode(error);
    }
}
