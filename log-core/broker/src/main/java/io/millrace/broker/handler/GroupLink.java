package io.millrace.broker.handler;

import io.millrace.broker.coordinator.GroupCoordinators;
import io.millrace.broker.request.Authorizer;
import io.millrace.broker.request.ClusterView;
import io.millrace.broker.request.Operation;
import io.millrace.broker.request.RequestContext;
import io.millrace.broker.request.Resource;
import io.millrace.group.Caller;
import io.millrace.group.GroupCommand;
import io.millrace.host.Answer;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.Response;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/// The way from the handlers of group APIs to the coordinators.
public record GroupLink(
        GroupCoordinators coordinators, Authorizer authorizer, ClusterView cluster) {
    boolean allows(RequestContext context, Operation operation, String groupId) {
        return authorizer.isAllowed(context, operation, Resource.group(groupId));
    }

    boolean allowsTopic(RequestContext context, Operation operation, String topic) {
        return authorizer.isAllowed(context, operation, Resource.topic(topic));
    }

    static Caller caller(RequestContext context) {
        String clientId = context.clientId();
        return new Caller(
                clientId == null ? "" : clientId, "/" + context.host(), context.version());
    }

    /// Asks the group's coordinator; `failed` makes the answer where it cannot be asked.
    <P extends Response> CompletionStage<P> ask(
            String groupId,
            GroupCommand.Call command,
            Class<P> type,
            Function<ErrorCode, P> failed) {
        return coordinators.submit(groupId, command).thenApply(answer -> switch (answer) {
            case Answer.Replied<Response>(Response reply) -> type.cast(reply);
            case Answer.Refused<Response>(ErrorCode reason) -> failed.apply(forClient(reason));
        });
    }

    /// What a client of a group hears of the trouble with the log behind it: whether to look for
    /// another coordinator, to try again, or neither.
    static ErrorCode forClient(ErrorCode reason) {
        return switch (reason) {
            case NOT_LEADER_OR_FOLLOWER, KAFKA_STORAGE_ERROR -> ErrorCode.NOT_COORDINATOR;
            case UNKNOWN_TOPIC_OR_PARTITION,
                    NOT_ENOUGH_REPLICAS,
                    NOT_ENOUGH_REPLICAS_AFTER_APPEND,
                    REQUEST_TIMED_OUT -> ErrorCode.COORDINATOR_NOT_AVAILABLE;
            case MESSAGE_TOO_LARGE, RECORD_LIST_TOO_LARGE -> ErrorCode.UNKNOWN_SERVER_ERROR;
            default -> reason;
        };
    }
}
