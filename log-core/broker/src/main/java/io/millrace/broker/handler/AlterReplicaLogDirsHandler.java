package io.millrace.broker.handler;

import io.millrace.broker.partition.PartitionDriver;
import io.millrace.broker.partition.Shards;
import io.millrace.broker.request.Authorizer;
import io.millrace.broker.request.Handler;
import io.millrace.broker.request.Operation;
import io.millrace.broker.request.RequestContext;
import io.millrace.broker.request.Resource;
import io.millrace.protocol.AlterReplicaLogDirsRequest;
import io.millrace.protocol.AlterReplicaLogDirsRequest.AlterReplicaLogDir;
import io.millrace.protocol.AlterReplicaLogDirsResponse;
import io.millrace.protocol.AlterReplicaLogDirsResponse.AlterReplicaLogDirPartitionResult;
import io.millrace.protocol.AlterReplicaLogDirsResponse.AlterReplicaLogDirTopicResult;
import io.millrace.protocol.ErrorCode;
import io.millrace.storage.LogDirectory;
import io.millrace.storage.LogId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Moves logs between directories. Where a log lies already there is nothing to do; moving is not
/// served yet.
public final class AlterReplicaLogDirsHandler
        implements Handler<AlterReplicaLogDirsRequest, AlterReplicaLogDirsResponse> {
    private final List<LogDirectory> directories;
    private final Shards shards;
    private final Authorizer authorizer;

    public AlterReplicaLogDirsHandler(
            List<LogDirectory> directories, Shards shards, Authorizer authorizer) {
        this.directories = List.copyOf(directories);
        this.shards = shards;
        this.authorizer = authorizer;
    }

    @Override
    public CompletionStage<AlterReplicaLogDirsResponse> handle(
            AlterReplicaLogDirsRequest request, RequestContext context) {
        boolean isAllowed = authorizer.isAllowed(context, Operation.ALTER, Resource.CLUSTER);
        List<CompletionStage<AlterReplicaLogDirTopicResult>> topics = new ArrayList<>();
        for (AlterReplicaLogDir target : request.dirs()) {
            for (var topic : target.topics()) {
                List<CompletionStage<AlterReplicaLogDirPartitionResult>> partitions =
                        new ArrayList<>();
                for (int number : topic.partitions()) {
                    CompletionStage<ErrorCode> moved = isAllowed
                            ? shards.ask(
                                    new LogId(topic.name(), number),
                                    driver -> CompletableFuture.completedFuture(
                                            move(driver, target.path())))
                            : CompletableFuture.completedFuture(
                                    ErrorCode.CLUSTER_AUTHORIZATION_FAILED);
                    partitions.add(moved.thenApply(
                            error -> new AlterReplicaLogDirPartitionResult(number, error)));
                }
                topics.add(Stages.all(partitions)
                        .thenApply(all -> new AlterReplicaLogDirTopicResult(topic.name(), all)));
            }
        }
        return Stages.all(topics).thenApply(all -> new AlterReplicaLogDirsResponse(0, all));
    }

    private ErrorCode move(@Nullable PartitionDriver driver, String path) {
        LogDirectory target = directories.stream()
                .filter(directory -> directory.path().equals(Path.of(path)))
                .findFirst()
                .orElse(null);
        if (target == null) {
            return ErrorCode.LOG_DIR_NOT_FOUND;
        }
        if (!target.isOnline()) {
            return ErrorCode.KAFKA_STORAGE_ERROR;
        }
        if (driver == null) {
            return ErrorCode.REPLICA_NOT_AVAILABLE;
        }
        return driver.log().directory() == target ? ErrorCode.NONE : ErrorCode.UNSUPPORTED_VERSION;
    }
}
