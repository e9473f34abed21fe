package io.millrace.broker.handler;

import io.millrace.broker.request.Authorizer;
import io.millrace.broker.request.Handler;
import io.millrace.broker.request.Operation;
import io.millrace.broker.request.RequestContext;
import io.millrace.broker.request.Resource;
import io.millrace.cluster.InternalTopics;
import io.millrace.protocol.DescribeQuorumRequest;
import io.millrace.protocol.DescribeQuorumResponse;
import io.millrace.protocol.DescribeQuorumResponse.Listener;
import io.millrace.protocol.DescribeQuorumResponse.Node;
import io.millrace.protocol.DescribeQuorumResponse.PartitionData;
import io.millrace.protocol.DescribeQuorumResponse.ReplicaState;
import io.millrace.protocol.DescribeQuorumResponse.TopicData;
import io.millrace.protocol.ErrorCode;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Tells who votes on the metadata log and how far each is.
public final class DescribeQuorumHandler
        implements Handler<DescribeQuorumRequest, DescribeQuorumResponse> {
    private final QuorumView quorum;
    private final Authorizer authorizer;

    DescribeQuorumHandler(QuorumView quorum, Authorizer authorizer) {
        this.quorum = quorum;
        this.authorizer = authorizer;
    }

    @Override
    public CompletionStage<DescribeQuorumResponse> handle(
            DescribeQuorumRequest request, RequestContext context) {
        if (!authorizer.isAllowed(context, Operation.DESCRIBE, Resource.CLUSTER)) {
            ErrorCode error = ErrorCode.CLUSTER_AUTHORIZATION_FAILED;
            return CompletableFuture.completedFuture(
                    new DescribeQuorumResponse(error, error.message(), List.of(), List.of()));
        }
        boolean isOne = request.topics().size() == 1
                && request.topics().getFirst().topicName().equals(InternalTopics.METADATA)
                && request.topics().getFirst().partitions().size() == 1
                && request.topics().getFirst().partitions().getFirst().partitionIndex() == 0;
        return CompletableFuture.completedFuture(isOne ? described() : unknown(request));
    }

    private static DescribeQuorumResponse unknown(DescribeQuorumRequest request) {
        List<TopicData> topics = request.topics().stream()
                .map(topic -> new TopicData(
                        topic.topicName(),
                        topic.partitions().stream()
                                .map(each -> PartitionData.DEFAULT
                                        .withPartitionIndex(each.partitionIndex())
                                        .withErrorCode(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION))
                                .toList()))
                .toList();
        return new DescribeQuorumResponse(ErrorCode.NONE, "", topics, List.of());
    }

    private DescribeQuorumResponse described() {
        long now = quorum.nowMs();
        List<ReplicaState> voters = quorum.voters().stream()
                .map(each -> new ReplicaState(
                        each.node(), each.directory(), quorum.endOffset(), now, now))
                .toList();
        PartitionData partition = new PartitionData(
                0,
                ErrorCode.NONE,
                "",
                quorum.leader(),
                quorum.leaderEpoch(),
                quorum.highWatermark(),
                voters,
                List.of());
        List<Node> nodes = quorum.voters().stream()
                .map(each -> new Node(
                        each.node(),
                        each.endpoints().stream()
                                .map(endpoint -> new Listener(
                                        endpoint.name(), endpoint.host(), endpoint.port()))
                                .toList()))
                .toList();
        return new DescribeQuorumResponse(
                ErrorCode.NONE,
                "",
                List.of(new TopicData(InternalTopics.METADATA, List.of(partition))),
                nodes);
    }
}
