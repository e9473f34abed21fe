package io.millrace.broker.handler;

import io.millrace.broker.coordinator.GroupCoordinators;
import io.millrace.broker.request.Handler;
import io.millrace.broker.request.Operation;
import io.millrace.broker.request.RequestContext;
import io.millrace.broker.request.Resource;
import io.millrace.cluster.ClusterImage;
import io.millrace.cluster.InternalTopics;
import io.millrace.cluster.PartitionImage;
import io.millrace.cluster.TopicImage;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.FindCoordinatorRequest;
import io.millrace.protocol.FindCoordinatorResponse;
import io.millrace.protocol.FindCoordinatorResponse.Coordinator;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Tells which node coordinates a group. The first who asks makes the topic that the groups live
/// in.
public final class FindCoordinatorHandler
        implements Handler<FindCoordinatorRequest, FindCoordinatorResponse> {
    private static final int BATCH_VERSION = 4;
    private static final byte GROUP = 0;
    private static final byte TRANSACTION = 1;
    private static final int NO_NODE = -1;

    private final GroupLink groups;
    private final TopicCreator creator;

    public FindCoordinatorHandler(GroupLink groups, TopicCreator creator) {
        this.groups = groups;
        this.creator = creator;
    }

    @Override
    public CompletionStage<FindCoordinatorResponse> handle(
            FindCoordinatorRequest request, RequestContext context) {
        boolean isBatch = context.version() >= BATCH_VERSION;
        List<String> keys = isBatch ? request.coordinatorKeys() : List.of(request.key());
        boolean mayCreate = request.keyType() == GROUP
                && groups.cluster().image().topic(InternalTopics.OFFSETS) == null
                && keys.stream().anyMatch(key -> groups.allows(context, Operation.DESCRIBE, key));
        CompletionStage<ErrorCode> ready = mayCreate
                ? creator.create(List.of(InternalTopics.OFFSETS))
                        .thenApply(created -> created.getOrDefault(
                                InternalTopics.OFFSETS, ErrorCode.UNKNOWN_SERVER_ERROR))
                : CompletableFuture.completedFuture(ErrorCode.NONE);
        return ready.thenApply(outcome -> answer(request.keyType(), keys, context));
    }

    private FindCoordinatorResponse answer(
            byte keyType, List<String> keys, RequestContext context) {
        List<Coordinator> found = new ArrayList<>(keys.size());
        keys.forEach(key -> found.add(find(keyType, key, context)));
        if (context.version() >= BATCH_VERSION) {
            return FindCoordinatorResponse.DEFAULT.withCoordinators(found);
        }
        Coordinator only = found.getFirst();
        return FindCoordinatorResponse.DEFAULT
                .withErrorCode(only.errorCode())
                .withErrorMessage(only.errorMessage())
                .withNodeId(only.nodeId())
                .withHost(only.host())
                .withPort(only.port());
    }

    private Coordinator find(byte keyType, String key, RequestContext context) {
        return switch (keyType) {
            case GROUP ->
                groups.allows(context, Operation.DESCRIBE, key)
                        ? findGroup(key, context)
                        : failed(key, ErrorCode.GROUP_AUTHORIZATION_FAILED);
            case TRANSACTION ->
                failed(
                        key,
                        groups.authorizer()
                                        .isAllowed(
                                                context,
                                                Operation.DESCRIBE,
                                                new Resource(Resource.Kind.TRANSACTIONAL_ID, key))
                                ? ErrorCode.COORDINATOR_NOT_AVAILABLE
                                : ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED);
            default -> failed(key, ErrorCode.INVALID_REQUEST);
        };
    }

    private Coordinator findGroup(String group, RequestContext context) {
        ClusterImage image = groups.cluster().image();
        TopicImage topic = image.topic(InternalTopics.OFFSETS);
        PartitionImage partition = topic == null || topic.partitionCount() == 0
                ? null
                : topic.partition(GroupCoordinators.partitionOf(group, topic.partitionCount()));
        if (partition == null) {
            return failed(group, ErrorCode.COORDINATOR_NOT_AVAILABLE);
        }
        int node = partition.leader();
        return Endpoints.of(image, node, context.listener())
                .map(at -> new Coordinator(group, node, at.host(), at.port(), ErrorCode.NONE, ""))
                .orElse(failed(group, ErrorCode.COORDINATOR_NOT_AVAILABLE));
    }

    private static Coordinator failed(String key, ErrorCode error) {
        return new Coordinator(key, NO_NODE, "", NO_NODE, error, error.message());
    }
}
