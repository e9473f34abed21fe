package io.millrace.broker.handler;

import io.millrace.broker.partition.PartitionDriver;
import io.millrace.broker.partition.Shards;
import io.millrace.broker.request.Authorizer;
import io.millrace.broker.request.ClusterView;
import io.millrace.broker.request.Handler;
import io.millrace.broker.request.Operation;
import io.millrace.broker.request.RequestContext;
import io.millrace.broker.request.Resource;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.OffsetForLeaderEpochRequest;
import io.millrace.protocol.OffsetForLeaderEpochRequest.OffsetForLeaderPartition;
import io.millrace.protocol.OffsetForLeaderEpochRequest.OffsetForLeaderTopic;
import io.millrace.protocol.OffsetForLeaderEpochResponse;
import io.millrace.protocol.OffsetForLeaderEpochResponse.EpochEndOffset;
import io.millrace.protocol.OffsetForLeaderEpochResponse.OffsetForLeaderTopicResult;
import io.millrace.storage.EpochEnd;
import io.millrace.storage.LogId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Tells where the epoch of a leader ended, so that a reader finds out what of its log was cut off.
public final class OffsetForLeaderEpochHandler
        implements Handler<OffsetForLeaderEpochRequest, OffsetForLeaderEpochResponse> {
    private final ClusterView cluster;
    private final Shards shards;
    private final Authorizer authorizer;

    public OffsetForLeaderEpochHandler(ClusterView cluster, Shards shards, Authorizer authorizer) {
        this.cluster = cluster;
        this.shards = shards;
        this.authorizer = authorizer;
    }

    @Override
    public CompletionStage<OffsetForLeaderEpochResponse> handle(
            OffsetForLeaderEpochRequest request, RequestContext context) {
        List<CompletionStage<OffsetForLeaderTopicResult>> topics = new ArrayList<>();
        for (OffsetForLeaderTopic topic : request.topics()) {
            List<CompletionStage<EpochEndOffset>> partitions = new ArrayList<>();
            for (OffsetForLeaderPartition partition : topic.partitions()) {
                LogId id = new LogId(topic.topic(), partition.partition());
                ErrorCode refusal = refusal(id, context);
                partitions.add(
                        refusal == ErrorCode.NONE
                                ? shards.ask(
                                        id,
                                        driver -> CompletableFuture.completedFuture(
                                                end(driver, partition)))
                                : CompletableFuture.completedFuture(failure(partition, refusal)));
            }
            topics.add(Stages.all(partitions)
                    .thenApply(all -> new OffsetForLeaderTopicResult(topic.topic(), all)));
        }
        return Stages.all(topics).thenApply(all -> new OffsetForLeaderEpochResponse(0, all));
    }

    private ErrorCode refusal(LogId id, RequestContext context) {
        if (!authorizer.isAllowed(context, Operation.CLUSTER_ACTION, Resource.CLUSTER)
                && !authorizer.isAllowed(context, Operation.DESCRIBE, Resource.topic(id.topic()))) {
            return ErrorCode.TOPIC_AUTHORIZATION_FAILED;
        }
        return cluster.image().partition(id.topic(), id.partition()) == null
                ? ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
                : ErrorCode.NONE;
    }

    private static EpochEndOffset end(
            @Nullable PartitionDriver driver, OffsetForLeaderPartition asked) {
        ErrorCode refusal = driver == null
                ? ErrorCode.NOT_LEADER_OR_FOLLOWER
                : driver.checkEpoch(asked.currentLeaderEpoch());
        if (driver == null || refusal != ErrorCode.NONE) {
            return failure(asked, refusal);
        }
        EpochEnd end = driver.endOfEpoch(asked.leaderEpoch());
        return EpochEndOffset.DEFAULT
                .withPartition(asked.partition())
                .withLeaderEpoch(end.epoch())
                .withEndOffset(end.endOffset());
    }

    private static EpochEndOffset failure(OffsetForLeaderPartition asked, ErrorCode error) {
        return EpochEndOffset.DEFAULT.withPartition(asked.partition()).withErrorCode(error);
    }
}
