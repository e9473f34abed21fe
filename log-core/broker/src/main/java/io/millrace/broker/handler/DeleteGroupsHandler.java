package io.millrace.broker.handler;

import io.millrace.broker.request.Handler;
import io.millrace.broker.request.Operation;
import io.millrace.broker.request.RequestContext;
import io.millrace.group.GroupCommand;
import io.millrace.protocol.DeleteGroupsRequest;
import io.millrace.protocol.DeleteGroupsResponse;
import io.millrace.protocol.DeleteGroupsResponse.DeletableGroupResult;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// Deletes groups that have no members, with their offsets.
public final class DeleteGroupsHandler
        implements Handler<DeleteGroupsRequest, DeleteGroupsResponse> {
    private final GroupLink groups;

    public DeleteGroupsHandler(GroupLink groups) {
        this.groups = groups;
    }

    @Override
    public CompletionStage<DeleteGroupsResponse> handle(
            DeleteGroupsRequest request, RequestContext context) {
        // A group that is named twice is deleted once.
        return PerGroup.<String, DeletableGroupResult>each(
                        request.groupsNames().stream().distinct().toList(),
                        group -> groups.allows(context, Operation.DELETE, group),
                        DeletableGroupResult::new,
                        this::ask)
                .thenApply(DeleteGroupsResponse.DEFAULT::withResults);
    }

    private CompletionStage<DeletableGroupResult> ask(String group) {
        return groups.ask(
                        group,
                        new GroupCommand.Delete(
                                DeleteGroupsRequest.DEFAULT.withGroupsNames(List.of(group))),
                        DeleteGroupsResponse.class,
                        error -> DeleteGroupsResponse.DEFAULT.withResults(
                                List.of(new DeletableGroupResult(group, error))))
                .thenApply(answer -> answer.results().getFirst());
    }
}
