package io.millrace.broker.handler;

import io.millrace.broker.request.Handler;
import io.millrace.broker.request.Operation;
import io.millrace.broker.request.RequestContext;
import io.millrace.group.GroupCommand;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.OffsetDeleteRequest;
import io.millrace.protocol.OffsetDeleteRequest.OffsetDeleteRequestTopic;
import io.millrace.protocol.OffsetDeleteResponse;
import io.millrace.protocol.OffsetDeleteResponse.OffsetDeleteResponsePartition;
import io.millrace.protocol.OffsetDeleteResponse.OffsetDeleteResponseTopic;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Deletes offsets of topics that a group is not subscribed to.
public final class OffsetDeleteHandler
        implements Handler<OffsetDeleteRequest, OffsetDeleteResponse> {
    private final GroupLink groups;

    public OffsetDeleteHandler(GroupLink groups) {
        this.groups = groups;
    }

    @Override
    public CompletionStage<OffsetDeleteResponse> handle(
            OffsetDeleteRequest request, RequestContext context) {
        if (!groups.allows(context, Operation.DELETE, request.groupId())) {
            return CompletableFuture.completedFuture(failed(ErrorCode.GROUP_AUTHORIZATION_FAILED));
        }
        List<OffsetDeleteResponseTopic> refused = new ArrayList<>();
        List<OffsetDeleteRequestTopic> asked = new ArrayList<>();
        for (OffsetDeleteRequestTopic topic : request.topics()) {
            if (!groups.allowsTopic(context, Operation.READ, topic.name())) {
                refused.add(failed(topic, ErrorCode.TOPIC_AUTHORIZATION_FAILED));
            } else if (groups.cluster().image().topic(topic.name()) == null) {
                refused.add(failed(topic, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION));
            } else {
                asked.add(topic);
            }
        }
        return groups.ask(
                        request.groupId(),
                        new GroupCommand.DeleteOffsets(request.withTopics(asked)),
                        OffsetDeleteResponse.class,
                        OffsetDeleteHandler::failed)
                .thenApply(answer -> {
                    // An error of the group stands alone.
                    if (answer.errorCode() != ErrorCode.NONE) {
                        return answer;
                    }
                    List<OffsetDeleteResponseTopic> all = new ArrayList<>(refused);
                    all.addAll(answer.topics());
                    return answer.withTopics(all);
                });
    }

    private static OffsetDeleteResponse failed(ErrorCode error) {
        return OffsetDeleteResponse.DEFAULT.withErrorCode(error);
    }

    private static OffsetDeleteResponseTopic failed(
            OffsetDeleteRequestTopic topic, ErrorCode error) {
        return new OffsetDeleteResponseTopic(
                topic.name(),
                topic.partitions().stream()
                        .map(one -> new OffsetDeleteResponsePartition(one.partitionIndex(), error))
                        .toList());
    }
}
