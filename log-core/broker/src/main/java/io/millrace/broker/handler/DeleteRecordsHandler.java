package io.millrace.broker.handler;

import io.millrace.broker.partition.PartitionDriver;
import io.millrace.broker.partition.Shards;
import io.millrace.broker.request.Authorizer;
import io.millrace.broker.request.ClusterView;
import io.millrace.broker.request.Handler;
import io.millrace.broker.request.Operation;
import io.millrace.broker.request.RequestContext;
import io.millrace.broker.request.Resource;
import io.millrace.cluster.TopicImage;
import io.millrace.protocol.DeleteRecordsRequest;
import io.millrace.protocol.DeleteRecordsRequest.DeleteRecordsPartition;
import io.millrace.protocol.DeleteRecordsRequest.DeleteRecordsTopic;
import io.millrace.protocol.DeleteRecordsResponse;
import io.millrace.protocol.DeleteRecordsResponse.DeleteRecordsPartitionResult;
import io.millrace.protocol.DeleteRecordsResponse.DeleteRecordsTopicResult;
import io.millrace.protocol.ErrorCode;
import io.millrace.storage.LogId;
import io.millrace.storage.PartitionLog;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Makes everything before an offset unreadable.
public final class DeleteRecordsHandler
        implements Handler<DeleteRecordsRequest, DeleteRecordsResponse> {
    private static final long TO_HIGH_WATERMARK = -1;
    private static final long UNKNOWN = -1;

    private final ClusterView cluster;
    private final Shards shards;
    private final Authorizer authorizer;

    public DeleteRecordsHandler(ClusterView cluster, Shards shards, Authorizer authorizer) {
        this.cluster = cluster;
        this.shards = shards;
        this.authorizer = authorizer;
    }

    @Override
    public CompletionStage<DeleteRecordsResponse> handle(
            DeleteRecordsRequest request, RequestContext context) {
        List<CompletionStage<DeleteRecordsTopicResult>> topics = new ArrayList<>();
        for (DeleteRecordsTopic topic : request.topics()) {
            List<CompletionStage<DeleteRecordsPartitionResult>> partitions = new ArrayList<>();
            for (DeleteRecordsPartition partition : topic.partitions()) {
                LogId id = new LogId(topic.name(), partition.partitionIndex());
                ErrorCode refusal = refusal(id, context);
                partitions.add(
                        refusal == ErrorCode.NONE
                                ? shards.ask(id, driver -> delete(driver, partition))
                                : failed(partition, refusal));
            }
            topics.add(Stages.all(partitions)
                    .thenApply(all -> new DeleteRecordsTopicResult(topic.name(), all)));
        }
        return Stages.all(topics).thenApply(all -> new DeleteRecordsResponse(0, all));
    }

    private ErrorCode refusal(LogId id, RequestContext context) {
        if (!authorizer.isAllowed(context, Operation.DELETE, Resource.topic(id.topic()))) {
            return ErrorCode.TOPIC_AUTHORIZATION_FAILED;
        }
        TopicImage topic = cluster.image().topic(id.topic());
        if (topic == null || topic.partition(id.partition()) == null) {
            return ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
        }
        return topic.isInternal() ? ErrorCode.INVALID_TOPIC_EXCEPTION : ErrorCode.NONE;
    }

    private static CompletionStage<DeleteRecordsPartitionResult> delete(
            @Nullable PartitionDriver driver, DeleteRecordsPartition asked) {
        if (driver == null) {
            return failed(asked, ErrorCode.NOT_LEADER_OR_FOLLOWER);
        }
        PartitionLog log = driver.log();
        if (log.config().isCompacted() && !log.config().isDeleted()) {
            return failed(asked, ErrorCode.POLICY_VIOLATION);
        }
        long offset = asked.offset() == TO_HIGH_WATERMARK ? driver.highWatermark() : asked.offset();
        if (offset < 0 || offset > driver.highWatermark()) {
            return failed(asked, ErrorCode.OFFSET_OUT_OF_RANGE);
        }
        return log.deleteBefore(offset)
                .handle((_, failure) -> failure == null
                        ? new DeleteRecordsPartitionResult(
                                asked.partitionIndex(), log.startOffset(), ErrorCode.NONE)
                        : result(asked, ErrorCode.KAFKA_STORAGE_ERROR));
    }

    private static CompletionStage<DeleteRecordsPartitionResult> failed(
            DeleteRecordsPartition asked, ErrorCode error) {
        return CompletableFuture.completedFuture(result(asked, error));
    }

    private static DeleteRecordsPartitionResult result(
            DeleteRecordsPartition asked, ErrorCode error) {
        return new DeleteRecordsPartitionResult(asked.partitionIndex(), UNKNOWN, error);
    }
}
