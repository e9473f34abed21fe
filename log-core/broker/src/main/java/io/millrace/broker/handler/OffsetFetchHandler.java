package io.millrace.broker.handler;

import io.millrace.broker.request.Handler;
import io.millrace.broker.request.Operation;
import io.millrace.broker.request.RequestContext;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.OffsetFetchRequest;
import io.millrace.protocol.OffsetFetchRequest.OffsetFetchRequestGroup;
import io.millrace.protocol.OffsetFetchRequest.OffsetFetchRequestTopic;
import io.millrace.protocol.OffsetFetchRequest.OffsetFetchRequestTopics;
import io.millrace.protocol.OffsetFetchResponse;
import io.millrace.protocol.OffsetFetchResponse.OffsetFetchResponseGroup;
import io.millrace.protocol.OffsetFetchResponse.OffsetFetchResponsePartition;
import io.millrace.protocol.OffsetFetchResponse.OffsetFetchResponsePartitions;
import io.millrace.protocol.OffsetFetchResponse.OffsetFetchResponseTopic;
import io.millrace.protocol.OffsetFetchResponse.OffsetFetchResponseTopics;
import io.millrace.protocol.Uuid;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Tells committed offsets: of one group before version 8, of many since.
public final class OffsetFetchHandler implements Handler<OffsetFetchRequest, OffsetFetchResponse> {
    private static final int GROUP_ERROR_VERSION = 2;
    private static final int GROUPS_VERSION = 8;
    private static final int NO_EPOCH = -1;

    private final GroupLink groups;

    public OffsetFetchHandler(GroupLink groups) {
        this.groups = groups;
    }

    @Override
    public CompletionStage<OffsetFetchResponse> handle(
            OffsetFetchRequest request, RequestContext context) {
        boolean isSingle = context.version() < GROUPS_VERSION;
        List<OffsetFetchRequestGroup> asked =
                isSingle ? List.of(single(request)) : request.groups();
        return PerGroup.<OffsetFetchRequestGroup, OffsetFetchResponseGroup>each(
                        asked,
                        group -> groups.allows(context, Operation.DESCRIBE, group.groupId()),
                        (group, error) ->
                                new OffsetFetchResponseGroup(group.groupId(), List.of(), error),
                        group -> new OffsetFetchCall(groups, context, request.requireStable())
                                .ask(group))
                .thenApply(answers -> isSingle
                        ? single(answers.getFirst(), request.topics(), context)
                        : OffsetFetchResponse.DEFAULT.withGroups(answers));
    }

    private static OffsetFetchRequestGroup single(OffsetFetchRequest request) {
        List<OffsetFetchRequestTopic> topics = request.topics();
        List<OffsetFetchRequestTopics> named = topics == null
                ? null
                : topics.stream()
                        .map(topic -> new OffsetFetchRequestTopics(
                                topic.name(), Uuid.ZERO, topic.partitionIndexes()))
                        .toList();
        return new OffsetFetchRequestGroup(request.groupId(), null, NO_EPOCH, named);
    }

    /// The oldest version has no place for an error of the group: each partition bears it.
    private static OffsetFetchResponse single(
            OffsetFetchResponseGroup answer,
            @Nullable List<OffsetFetchRequestTopic> asked,
            RequestContext context) {
        List<OffsetFetchResponseTopic> topics = new ArrayList<>();
        if (answer.errorCode() != ErrorCode.NONE
                && asked != null
                && context.version() < GROUP_ERROR_VERSION) {
            for (OffsetFetchRequestTopic topic : asked) {
                topics.add(new OffsetFetchResponseTopic(
                        topic.name(),
                        topic.partitionIndexes().stream()
                                .map(one -> OffsetFetchResponsePartition.DEFAULT
                                        .withPartitionIndex(one)
                                        .withCommittedOffset(-1)
                                        .withMetadata("")
                                        .withErrorCode(answer.errorCode()))
                                .toList()));
            }
            return OffsetFetchResponse.DEFAULT.withTopics(topics);
        }
        for (OffsetFetchResponseTopics topic : answer.topics()) {
            topics.add(new OffsetFetchResponseTopic(
                    topic.name(),
                    topic.partitions().stream().map(OffsetFetchHandler::single).toList()));
        }
        return OffsetFetchResponse.DEFAULT.withTopics(topics).withErrorCode(answer.errorCode());
    }

    private static OffsetFetchResponsePartition single(OffsetFetchResponsePartitions one) {
        return new OffsetFetchResponsePartition(
                one.partitionIndex(),
                one.committedOffset(),
                one.committedLeaderEpoch(),
                one.metadata(),
                one.errorCode());
    }
}
