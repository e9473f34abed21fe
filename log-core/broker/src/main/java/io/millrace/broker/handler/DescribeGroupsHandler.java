package io.millrace.broker.handler;

import io.millrace.broker.request.Handler;
import io.millrace.broker.request.Operation;
import io.millrace.broker.request.RequestContext;
import io.millrace.broker.request.Resource;
import io.millrace.group.GroupCommand;
import io.millrace.protocol.DescribeGroupsRequest;
import io.millrace.protocol.DescribeGroupsResponse;
import io.millrace.protocol.DescribeGroupsResponse.DescribedGroup;
import io.millrace.protocol.ErrorCode;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// Describes groups of the classic protocol.
public final class DescribeGroupsHandler
        implements Handler<DescribeGroupsRequest, DescribeGroupsResponse> {
    private final GroupLink groups;

    public DescribeGroupsHandler(GroupLink groups) {
        this.groups = groups;
    }

    @Override
    public CompletionStage<DescribeGroupsResponse> handle(
            DescribeGroupsRequest request, RequestContext context) {
        return PerGroup.<String, DescribedGroup>each(
                        request.groups(),
                        group -> groups.allows(context, Operation.DESCRIBE, group),
                        DescribeGroupsHandler::failed,
                        group -> ask(group, request, context))
                .thenApply(DescribeGroupsResponse.DEFAULT::withGroups);
    }

    private CompletionStage<DescribedGroup> ask(
            String group, DescribeGroupsRequest request, RequestContext context) {
        GroupCommand.Call command = new GroupCommand.Describe(
                GroupLink.caller(context), request.withGroups(List.of(group)));
        return groups.ask(
                        group,
                        command,
                        DescribeGroupsResponse.class,
                        error -> DescribeGroupsResponse.DEFAULT.withGroups(
                                List.of(failed(group, error))))
                .thenApply(answer -> {
                    DescribedGroup described = answer.groups().getFirst();
                    return request.includeAuthorizedOperations()
                                    && described.errorCode() == ErrorCode.NONE
                            ? described.withAuthorizedOperations(
                                    groups.authorizer().rights(context, Resource.group(group)))
                            : described;
                });
    }

    private static DescribedGroup failed(String group, ErrorCode error) {
        return DescribedGroup.DEFAULT.withGroupId(group).withErrorCode(error);
    }
}
