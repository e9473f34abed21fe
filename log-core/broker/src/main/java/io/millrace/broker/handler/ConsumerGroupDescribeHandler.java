package io.millrace.broker.handler;

import io.millrace.broker.request.Handler;
import io.millrace.broker.request.Operation;
import io.millrace.broker.request.RequestContext;
import io.millrace.broker.request.Resource;
import io.millrace.group.GroupCommand;
import io.millrace.protocol.ConsumerGroupDescribeRequest;
import io.millrace.protocol.ConsumerGroupDescribeResponse;
import io.millrace.protocol.ConsumerGroupDescribeResponse.DescribedGroup;
import io.millrace.protocol.ErrorCode;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// Describes groups of the consumer protocol.
public final class ConsumerGroupDescribeHandler
        implements Handler<ConsumerGroupDescribeRequest, ConsumerGroupDescribeResponse> {
    private final GroupLink groups;

    public ConsumerGroupDescribeHandler(GroupLink groups) {
        this.groups = groups;
    }

    @Override
    public CompletionStage<ConsumerGroupDescribeResponse> handle(
            ConsumerGroupDescribeRequest request, RequestContext context) {
        return PerGroup.<String, DescribedGroup>each(
                        request.groupIds(),
                        group -> groups.allows(context, Operation.DESCRIBE, group),
                        ConsumerGroupDescribeHandler::failed,
                        group -> ask(group, request, context))
                .thenApply(ConsumerGroupDescribeResponse.DEFAULT::withGroups);
    }

    private CompletionStage<DescribedGroup> ask(
            String group, ConsumerGroupDescribeRequest request, RequestContext context) {
        return groups.ask(
                        group,
                        new GroupCommand.ConsumerDescribe(request.withGroupIds(List.of(group))),
                        ConsumerGroupDescribeResponse.class,
                        error -> ConsumerGroupDescribeResponse.DEFAULT.withGroups(
                                List.of(failed(group, error))))
                .thenApply(answer -> permitted(answer.groups().getFirst(), request, context));
    }

    /// A group that shows a topic which the client may not see is not shown at all.
    private DescribedGroup permitted(
            DescribedGroup described,
            ConsumerGroupDescribeRequest request,
            RequestContext context) {
        boolean hidden = described.members().stream()
                .flatMap(member -> member.subscribedTopicNames().stream())
                .distinct()
                .anyMatch(topic -> !groups.allowsTopic(context, Operation.DESCRIBE, topic));
        if (hidden) {
            return failed(described.groupId(), ErrorCode.TOPIC_AUTHORIZATION_FAILED);
        }
        return request.includeAuthorizedOperations() && described.errorCode() == ErrorCode.NONE
                ? described.withAuthorizedOperations(
                        groups.authorizer().rights(context, Resource.group(described.groupId())))
                : described;
    }

    private static DescribedGroup failed(String group, ErrorCode error) {
        return DescribedGroup.DEFAULT
                .withGroupId(group)
                .withErrorCode(error)
                .withErrorMessage(error.message());
    }
}
