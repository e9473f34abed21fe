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
import io.millrace.protocol.ListOffsetsRequest;
import io.millrace.protocol.ListOffsetsRequest.ListOffsetsPartition;
import io.millrace.protocol.ListOffsetsRequest.ListOffsetsTopic;
import io.millrace.protocol.ListOffsetsResponse;
import io.millrace.protocol.ListOffsetsResponse.ListOffsetsPartitionResponse;
import io.millrace.protocol.ListOffsetsResponse.ListOffsetsTopicResponse;
import io.millrace.storage.LogId;
import io.millrace.storage.OffsetAtTime;
import io.millrace.storage.PartitionLog;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Finds offsets by time, or by what a special timestamp stands for.
public final class ListOffsetsHandler implements Handler<ListOffsetsRequest, ListOffsetsResponse> {
    private static final long LATEST = -1;
    private static final long EARLIEST = -2;
    private static final long MAX_TIMESTAMP = -3;
    private static final long EARLIEST_LOCAL = -4;
    private static final long LATEST_TIERED = -5;
    private static final long EARLIEST_PENDING_UPLOAD = -6;

    private final ClusterView cluster;
    private final Shards shards;
    private final Authorizer authorizer;

    public ListOffsetsHandler(ClusterView cluster, Shards shards, Authorizer authorizer) {
        this.cluster = cluster;
        this.shards = shards;
        this.authorizer = authorizer;
    }

    @Override
    public CompletionStage<ListOffsetsResponse> handle(
            ListOffsetsRequest request, RequestContext context) {
        Set<LogId> twice = twice(request);
        Map<String, List<CompletionStage<ListOffsetsPartitionResponse>>> byTopic =
                new LinkedHashMap<>();
        Set<LogId> answered = new HashSet<>();
        for (ListOffsetsTopic topic : request.topics()) {
            List<CompletionStage<ListOffsetsPartitionResponse>> partitions =
                    byTopic.computeIfAbsent(topic.name(), _ -> new ArrayList<>());
            for (ListOffsetsPartition partition : topic.partitions()) {
                LogId id = new LogId(topic.name(), partition.partitionIndex());
                if (answered.add(id)) {
                    partitions.add(
                            twice.contains(id)
                                    ? failed(partition, ErrorCode.INVALID_REQUEST)
                                    : ask(id, partition, context));
                }
            }
        }
        List<CompletionStage<ListOffsetsTopicResponse>> topics = new ArrayList<>();
        byTopic.forEach((name, partitions) -> topics.add(
                Stages.all(partitions).thenApply(all -> new ListOffsetsTopicResponse(name, all))));
        return Stages.all(topics).thenApply(all -> new ListOffsetsResponse(0, all));
    }

    /// What a request names more than once is answered once, with an error.
    private static Set<LogId> twice(ListOffsetsRequest request) {
        Set<LogId> seen = new HashSet<>();
        Set<LogId> twice = new HashSet<>();
        for (ListOffsetsTopic topic : request.topics()) {
            for (ListOffsetsPartition partition : topic.partitions()) {
                LogId id = new LogId(topic.name(), partition.partitionIndex());
                if (!seen.add(id)) {
                    twice.add(id);
                }
            }
        }
        return twice;
    }

    private CompletionStage<ListOffsetsPartitionResponse> ask(
            LogId id, ListOffsetsPartition partition, RequestContext context) {
        ErrorCode refusal = refusal(id, context);
        return refusal == ErrorCode.NONE
                ? shards.ask(id, driver -> answer(driver, partition, context.version()))
                : failed(partition, refusal);
    }

    private ErrorCode refusal(LogId id, RequestContext context) {
        if (!authorizer.isAllowed(context, Operation.DESCRIBE, Resource.topic(id.topic()))) {
            return ErrorCode.TOPIC_AUTHORIZATION_FAILED;
        }
        return cluster.image().partition(id.topic(), id.partition()) == null
                ? ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
                : ErrorCode.NONE;
    }

    private static CompletionStage<ListOffsetsPartitionResponse> failed(
            ListOffsetsPartition partition, ErrorCode error) {
        return CompletableFuture.completedFuture(ListOffsetsPartitionResponse.DEFAULT
                .withPartitionIndex(partition.partitionIndex())
                .withErrorCode(error));
    }

    private static CompletionStage<ListOffsetsPartitionResponse> answer(
            @Nullable PartitionDriver driver, ListOffsetsPartition asked, int version) {
        ErrorCode refusal = driver == null
                ? ErrorCode.NOT_LEADER_OR_FOLLOWER
                : driver.checkEpoch(asked.currentLeaderEpoch());
        if (driver == null || refusal != ErrorCode.NONE) {
            return failed(asked, refusal);
        }
        if (asked.timestamp() < lowestTimestamp(version)) {
            return failed(asked, ErrorCode.UNSUPPORTED_VERSION);
        }
        PartitionLog log = driver.log();
        long end = driver.highWatermark();
        if (asked.timestamp() == LATEST) {
            return found(asked, new OffsetAtTime(end, -1, driver.leaderEpoch()));
        }
        if (asked.timestamp() == EARLIEST || asked.timestamp() == EARLIEST_LOCAL) {
            long start = log.startOffset();
            return found(asked, new OffsetAtTime(start, -1, log.epochAt(start)));
        }
        if (asked.timestamp() == LATEST_TIERED || asked.timestamp() == EARLIEST_PENDING_UPLOAD) {
            return found(asked, OffsetAtTime.NONE); // nothing is tiered
        }
        CompletableFuture<OffsetAtTime> search = asked.timestamp() == MAX_TIMESTAMP
                ? log.offsetOfMaxTime()
                : log.offsetForTime(asked.timestamp(), end);
        return search.handle((place, failure) -> failure == null
                ? response(asked, place.offset() < end ? place : OffsetAtTime.NONE)
                : response(asked, OffsetAtTime.NONE).withErrorCode(ErrorCode.KAFKA_STORAGE_ERROR));
    }

    /// Each special timestamp came with a version of its own.
    private static long lowestTimestamp(int version) {
        return switch (version) {
            case 0, 1, 2, 3, 4, 5, 6 -> EARLIEST;
            case 7 -> MAX_TIMESTAMP;
            case 8 -> EARLIEST_LOCAL;
            case 9, 10 -> LATEST_TIERED;
            default -> EARLIEST_PENDING_UPLOAD;
        };
    }

    private static CompletionStage<ListOffsetsPartitionResponse> found(
            ListOffsetsPartition asked, OffsetAtTime place) {
        return CompletableFuture.completedFuture(response(asked, place));
    }

    private static ListOffsetsPartitionResponse response(
            ListOffsetsPartition asked, OffsetAtTime place) {
        return new ListOffsetsPartitionResponse(
                asked.partitionIndex(),
                ErrorCode.NONE,
                place.timestamp(),
                place.offset(),
                place.leaderEpoch());
    }
}
