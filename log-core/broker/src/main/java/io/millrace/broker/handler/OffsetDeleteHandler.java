package io.millrace.broker.handler;

import io.millrace.broker.request.Handler;
import io.millrace.broker.request.Operation;
import io.millrace.broker.request.RequestContext;
import io.millrace.group.GroupCommand;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.OffsetDeleteRequest;
import io.millrace.protocol.OffsetDeleteRequest.OffsetDeleteRequestPartition;
import io.millrace.protocol.OffsetDeleteRequest.OffsetDeleteRequestTopic;
import io.millrace.protocol.OffsetDeleteResponse;
import io.millrace.protocol.OffsetDeleteResponse.OffsetDeleteResponsePartition;
import io.millrace.protocol.OffsetDeleteResponse.OffsetDeleteResponseTopic;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
                split(topic, refused, asked);
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
                    return answer.withTopics(joined(refused, answer.topics()));
                });
    }

    /// Partitions that do not exist are refused, the others asked for.
    private void split(
            OffsetDeleteRequestTopic topic,
            List<OffsetDeleteResponseTopic> refused,
            List<OffsetDeleteRequestTopic> asked) {
        Map<Boolean, List<OffsetDeleteRequestPartition>> byExistence = topic.partitions().stream()
                .collect(Collectors.partitioningBy(one ->
                        groups.cluster().image().partition(topic.name(), one.partitionIndex())
                                != null));
        List<OffsetDeleteRequestPartition> unknown = byExistence.getOrDefault(false, List.of());
        List<OffsetDeleteRequestPartition> known = byExistence.getOrDefault(true, List.of());
        if (!unknown.isEmpty()) {
            refused.add(
                    failed(topic.withPartitions(unknown), ErrorCode.UNKNOWN_TOPIC_OR_PARTITION));
        }
        if (!known.isEmpty()) {
            asked.add(topic.withPartitions(known));
        }
    }

    /// One entry a topic.
    private static List<OffsetDeleteResponseTopic> joined(
            List<OffsetDeleteResponseTopic> refused, List<OffsetDeleteResponseTopic> answered) {
        Map<String, List<OffsetDeleteResponsePartition>> byTopic = new LinkedHashMap<>();
        Stream.concat(refused.stream(), answered.stream())
                .forEach(topic -> byTopic.computeIfAbsent(topic.name(), _ -> new ArrayList<>())
                        .addAll(topic.partitions()));
        return byTopic.entrySet().stream()
                .map(topic -> new OffsetDeleteResponseTopic(topic.getKey(), topic.getValue()))
                .toList();
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
