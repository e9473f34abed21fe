package io.millrace.broker.handler;

import io.millrace.broker.request.Handler;
import io.millrace.broker.request.Operation;
import io.millrace.broker.request.RequestContext;
import io.millrace.group.GroupCommand;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.JoinGroupRequest;
import io.millrace.protocol.JoinGroupResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// A member of the classic protocol joins its group; the answer waits for the others.
public final class JoinGroupHandler implements Handler<JoinGroupRequest, JoinGroupResponse> {
    private static final int NULL_PROTOCOL_VERSION = 7;

    private final GroupLink groups;

    public JoinGroupHandler(GroupLink groups) {
        this.groups = groups;
    }

    @Override
    public CompletionStage<JoinGroupResponse> handle(
            JoinGroupRequest request, RequestContext context) {
        if (!groups.allows(context, Operation.READ, request.groupId())) {
            return CompletableFuture.completedFuture(
                    readable(failed(request, ErrorCode.GROUP_AUTHORIZATION_FAILED), context));
        }
        return groups.ask(
                        request.groupId(),
                        new GroupCommand.Join(GroupLink.caller(context), request),
                        JoinGroupResponse.class,
                        error -> failed(request, error))
                .thenApply(answer -> readable(answer, context));
    }

    private static JoinGroupResponse failed(JoinGroupRequest request, ErrorCode error) {
        return JoinGroupResponse.DEFAULT
                .withErrorCode(error)
                .withMemberId(request.memberId())
                .withProtocolName(null);
    }

    /// Older versions have no null.
    private static JoinGroupResponse readable(JoinGroupResponse answer, RequestContext context) {
        return context.version() < NULL_PROTOCOL_VERSION && answer.protocolName() == null
                ? answer.withProtocolName("")
                : answer;
    }
}
