package io.millrace.broker.handler;

import io.millrace.broker.request.Handler;
import io.millrace.broker.request.Operation;
import io.millrace.broker.request.RequestContext;
import io.millrace.group.GroupCommand;
import io.millrace.protocol.ConsumerGroupHeartbeatRequest;
import io.millrace.protocol.ConsumerGroupHeartbeatResponse;
import io.millrace.protocol.ErrorCode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// A member of the consumer protocol joins, stays or leaves.
public final class ConsumerGroupHeartbeatHandler
        implements Handler<ConsumerGroupHeartbeatRequest, ConsumerGroupHeartbeatResponse> {
    private final GroupLink groups;

    public ConsumerGroupHeartbeatHandler(GroupLink groups) {
        this.groups = groups;
    }

    @Override
    public CompletionStage<ConsumerGroupHeartbeatResponse> handle(
            ConsumerGroupHeartbeatRequest request, RequestContext context) {
        if (!groups.allows(context, Operation.READ, request.groupId())) {
            return CompletableFuture.completedFuture(failed(ErrorCode.GROUP_AUTHORIZATION_FAILED));
        }
        var names = request.subscribedTopicNames();
        if (names != null
                && !names.stream()
                        .allMatch(name -> groups.allowsTopic(context, Operation.DESCRIBE, name))) {
            return CompletableFuture.completedFuture(failed(ErrorCode.TOPIC_AUTHORIZATION_FAILED));
        }
        return groups.ask(
                request.groupId(),
                new GroupCommand.ConsumerHeartbeat(GroupLink.caller(context), request),
                ConsumerGroupHeartbeatResponse.class,
                ConsumerGroupHeartbeatHandler::failed);
    }

    private static ConsumerGroupHeartbeatResponse failed(ErrorCode error) {
        return ConsumerGroupHeartbeatResponse.DEFAULT
                .withErrorCode(error)
                .withErrorMessage(error.message());
    }
}
