package io.millrace.broker.handler;

import io.millrace.broker.partition.PartitionDriver;
import io.millrace.broker.partition.Shard;
import io.millrace.broker.partition.Shards;
import io.millrace.broker.request.Authorizer;
import io.millrace.broker.request.Handler;
import io.millrace.broker.request.Operation;
import io.millrace.broker.request.RequestContext;
import io.millrace.broker.request.Resource;
import io.millrace.protocol.DescribeLogDirsRequest;
import io.millrace.protocol.DescribeLogDirsRequest.DescribableLogDirTopic;
import io.millrace.protocol.DescribeLogDirsResponse;
import io.millrace.protocol.DescribeLogDirsResponse.DescribeLogDirsPartition;
import io.millrace.protocol.DescribeLogDirsResponse.DescribeLogDirsResult;
import io.millrace.protocol.DescribeLogDirsResponse.DescribeLogDirsTopic;
import io.millrace.protocol.ErrorCode;
import io.millrace.storage.LogDirectory;
import io.millrace.storage.LogId;
import io.millrace.storage.PartitionLog;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Tells what lies in each log directory, and how much room there is.
public final class DescribeLogDirsHandler
        implements Handler<DescribeLogDirsRequest, DescribeLogDirsResponse> {
    private final List<LogDirectory> directories;
    private final Shards shards;
    private final Authorizer authorizer;

    public DescribeLogDirsHandler(
            List<LogDirectory> directories, Shards shards, Authorizer authorizer) {
        this.directories = List.copyOf(directories);
        this.shards = shards;
        this.authorizer = authorizer;
    }

    /// One log, as its loop knows it.
    private record Found(
            LogDirectory directory, LogId id, long sizeInBytes, long offsetLag, boolean isFuture) {}

    @Override
    public CompletionStage<DescribeLogDirsResponse> handle(
            DescribeLogDirsRequest request, RequestContext context) {
        if (!authorizer.isAllowed(context, Operation.DESCRIBE, Resource.CLUSTER)) {
            return CompletableFuture.completedFuture(DescribeLogDirsResponse.DEFAULT.withErrorCode(
                    ErrorCode.CLUSTER_AUTHORIZATION_FAILED));
        }
        Set<LogId> wanted = wanted(request.topics());
        List<CompletionStage<List<Found>>> found = new ArrayList<>();
        for (Shard shard : shards.all()) {
            CompletableFuture<List<Found>> own = new CompletableFuture<>();
            shard.run(() -> own.complete(find(shard, request.topics() == null ? null : wanted)));
            found.add(own);
        }
        return Stages.all(found).thenApply(this::answer);
    }

    private static Set<LogId> wanted(@Nullable List<DescribableLogDirTopic> topics) {
        Set<LogId> wanted = new HashSet<>();
        if (topics != null) {
            for (DescribableLogDirTopic topic : topics) {
                topic.partitions()
                        .forEach(partition -> wanted.add(new LogId(topic.topic(), partition)));
            }
        }
        return wanted;
    }

    private static List<Found> find(Shard shard, @Nullable Set<LogId> wanted) {
        List<Found> found = new ArrayList<>();
        shard.forEach((PartitionDriver partition) -> {
            LogId id = partition.log().id();
            if (wanted == null || wanted.contains(id)) {
                PartitionLog log = partition.log();
                found.add(new Found(log.directory(), id, log.sizeInBytes(), 0, false));
                log.move().future().ifPresent(copy -> {
                    long lag = Math.max(0, log.endOffset() - copy.endOffset());
                    found.add(new Found(copy.directory(), id, copy.sizeInBytes(), lag, true));
                });
            }
        });
        return found;
    }

    private DescribeLogDirsResponse answer(List<List<Found>> found) {
        List<DescribeLogDirsResult> results = new ArrayList<>();
        for (LogDirectory directory : directories) {
            if (!directory.isOnline()) {
                results.add(DescribeLogDirsResult.DEFAULT
                        .withErrorCode(ErrorCode.KAFKA_STORAGE_ERROR)
                        .withLogDir(directory.path().toString()));
                continue;
            }
            Map<String, List<DescribeLogDirsPartition>> topics = topicsIn(directory, found);
            results.add(DescribeLogDirsResult.DEFAULT
                    .withLogDir(directory.path().toString())
                    .withTotalBytes(directory.totalBytes())
                    .withUsableBytes(directory.usableBytes())
                    .withTopics(topics.entrySet().stream()
                            .map(topic ->
                                    new DescribeLogDirsTopic(topic.getKey(), topic.getValue()))
                            .toList()));
        }
        return DescribeLogDirsResponse.DEFAULT.withResults(results);
    }

    private static Map<String, List<DescribeLogDirsPartition>> topicsIn(
            LogDirectory directory, List<List<Found>> found) {
        Map<String, List<DescribeLogDirsPartition>> topics = new TreeMap<>();
        for (List<Found> shard : found) {
            for (Found each : shard) {
                if (each.directory() == directory) {
                    topics.computeIfAbsent(each.id().topic(), _ -> new ArrayList<>())
                            .add(new DescribeLogDirsPartition(
                                    each.id().partition(),
                                    each.sizeInBytes(),
                                    each.offsetLag(),
                                    each.isFuture()));
                }
            }
        }
        return topics;
    }
}
