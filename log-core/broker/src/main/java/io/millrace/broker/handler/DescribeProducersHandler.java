package io.millrace.broker.handler;

import io.millrace.broker.partition.PartitionDriver;
import io.millrace.broker.partition.Shards;
import io.millrace.broker.request.Authorizer;
import io.millrace.broker.request.ClusterView;
import io.millrace.broker.request.Handler;
import io.millrace.broker.request.Operation;
import io.millrace.broker.request.RequestContext;
import io.millrace.broker.request.Resource;
import io.millrace.protocol.DescribeProducersRequest;
import io.millrace.protocol.DescribeProducersRequest.TopicRequest;
import io.millrace.protocol.DescribeProducersResponse;
import io.millrace.protocol.DescribeProducersResponse.PartitionResponse;
import io.millrace.protocol.DescribeProducersResponse.TopicResponse;
import io.millrace.protocol.ErrorCode;
import io.millrace.record.ProducerState;
import io.millrace.storage.LogId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Tells which idempotent producers a partition remembers.
public final class DescribeProducersHandler
        implements Handler<DescribeProducersRequest, DescribeProducersResponse> {
    private final ClusterView cluster;
    private final Shards shards;
    private final Authorizer authorizer;

    public DescribeProducersHandler(ClusterView cluster, Shards shards, Authorizer authorizer) {
        this.cluster = cluster;
        this.shards = shards;
        this.authorizer = authorizer;
    }

    @Override
    public CompletionStage<DescribeProducersResponse> handle(
            DescribeProducersRequest request, RequestContext context) {
        List<CompletionStage<TopicResponse>> topics = new ArrayList<>();
        for (TopicRequest topic : request.topics()) {
            List<CompletionStage<PartitionResponse>> partitions = new ArrayList<>();
            for (int number : topic.partitionIndexes()) {
                LogId id = new LogId(topic.name(), number);
                ErrorCode refusal = refusal(id, context);
                partitions.add(
                        refusal == ErrorCode.NONE
                                ? shards.ask(
                                        id,
                                        driver -> CompletableFuture.completedFuture(
                                                describe(driver, number)))
                                : CompletableFuture.completedFuture(failed(number, refusal)));
            }
            topics.add(
                    Stages.all(partitions).thenApply(all -> new TopicResponse(topic.name(), all)));
        }
        return Stages.all(topics).thenApply(all -> new DescribeProducersResponse(0, all));
    }

    private ErrorCode refusal(LogId id, RequestContext context) {
        if (!authorizer.isAllowed(context, Operation.READ, Resource.topic(id.topic()))) {
            return ErrorCode.TOPIC_AUTHORIZATION_FAILED;
        }
        return cluster.image().partition(id.topic(), id.partition()) == null
                ? ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
                : ErrorCode.NONE;
    }

    private static PartitionResponse describe(@Nullable PartitionDriver driver, int number) {
        if (driver == null) {
            return failed(number, ErrorCode.NOT_LEADER_OR_FOLLOWER);
        }
        return PartitionResponse.DEFAULT
                .withPartitionIndex(number)
                .withActiveProducers(driver.log().activeProducers().stream()
                        .map(DescribeProducersHandler::told)
                        .toList());
    }

    private static DescribeProducersResponse.ProducerState told(ProducerState producer) {
        return new DescribeProducersResponse.ProducerState(
                producer.producerId(),
                producer.epoch(),
                producer.lastSequence(),
                producer.lastTimestampMs(),
                producer.coordinatorEpoch(),
                producer.transactionFirstOffset());
    }

    private static PartitionResponse failed(int number, ErrorCode error) {
        return PartitionResponse.DEFAULT.withPartitionIndex(number).withErrorCode(error);
    }
}
