package io.millrace.broker.handler;

import io.millrace.broker.request.Handler;
import io.millrace.broker.request.Operation;
import io.millrace.broker.request.RequestContext;
import io.millrace.broker.request.Resource;
import io.millrace.group.GroupCommand;
import io.millrace.host.Answer;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.ListGroupsRequest;
import io.millrace.protocol.ListGroupsResponse;
import io.millrace.protocol.ListGroupsResponse.ListedGroup;
import io.millrace.protocol.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// Lists the groups that this node coordinates.
public final class ListGroupsHandler implements Handler<ListGroupsRequest, ListGroupsResponse> {
    private final GroupLink groups;

    public ListGroupsHandler(GroupLink groups) {
        this.groups = groups;
    }

    @Override
    public CompletionStage<ListGroupsResponse> handle(
            ListGroupsRequest request, RequestContext context) {
        boolean seesAll =
                groups.authorizer().isAllowed(context, Operation.DESCRIBE, Resource.CLUSTER);
        return groups.coordinators()
                .submitToAll(new GroupCommand.ListAll(request))
                .thenApply(answers -> joined(answers, context, seesAll));
    }

    /// A coordinator that is not there any more lists nothing; one that loads fails the request,
    /// since its groups would be missing.
    private ListGroupsResponse joined(
            List<Answer<Response>> answers, RequestContext context, boolean seesAll) {
        List<ListedGroup> listed = new ArrayList<>();
        for (Answer<Response> answer : answers) {
            switch (answer) {
                case Answer.Replied<Response>(ListGroupsResponse part) ->
                    part.groups().stream()
                            .filter(group -> seesAll
                                    || groups.allows(context, Operation.DESCRIBE, group.groupId()))
                            .forEach(listed::add);
                case Answer.Replied<Response> _ -> {}
                case Answer.Refused<Response>(ErrorCode reason) -> {
                    ErrorCode error = GroupLink.forClient(reason);
                    if (error != ErrorCode.NOT_COORDINATOR) {
                        return ListGroupsResponse.DEFAULT.withErrorCode(error);
                    }
                }
            }
        }
        return ListGroupsResponse.DEFAULT.withGroups(listed);
    }
}
