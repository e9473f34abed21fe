package io.millrace.broker.handler;

import io.millrace.broker.request.Handler;
import io.millrace.broker.request.Operation;
import io.millrace.broker.request.RequestContext;
import io.millrace.group.GroupCommand;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.LeaveGroupRequest;
import io.millrace.protocol.LeaveGroupRequest.MemberIdentity;
import io.millrace.protocol.LeaveGroupResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Members of the classic protocol leave; before version 3 it is one, which stands in the request
/// itself.
public final class LeaveGroupHandler implements Handler<LeaveGroupRequest, LeaveGroupResponse> {
    private static final int BATCH_VERSION = 3;

    private final GroupLink groups;

    public LeaveGroupHandler(GroupLink groups) {
        this.groups = groups;
    }

    @Override
    public CompletionStage<LeaveGroupResponse> handle(
            LeaveGroupRequest request, RequestContext context) {
        if (!groups.allows(context, Operation.READ, request.groupId())) {
            return CompletableFuture.completedFuture(failed(ErrorCode.GROUP_AUTHORIZATION_FAILED));
        }
        boolean isSingle = context.version() < BATCH_VERSION;
        LeaveGroupRequest leaving = isSingle
                ? request.withMembers(List.of(new MemberIdentity(request.memberId(), null, null)))
                : request;
        return groups.ask(
                        request.groupId(),
                        new GroupCommand.Leave(leaving),
                        LeaveGroupResponse.class,
                        LeaveGroupHandler::failed)
                .thenApply(answer -> isSingle ? single(answer) : answer);
    }

    private static LeaveGroupResponse failed(ErrorCode error) {
        return LeaveGroupResponse.DEFAULT.withErrorCode(error);
    }

    private static LeaveGroupResponse single(LeaveGroupResponse answer) {
        return answer.errorCode() != ErrorCode.NONE || answer.members().isEmpty()
                ? answer.withMembers(List.of())
                : failed(answer.members().getFirst().errorCode());
    }
}
