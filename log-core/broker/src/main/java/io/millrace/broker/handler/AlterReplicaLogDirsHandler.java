package io.millrace.broker.handler;

import io.millrace.broker.partition.PartitionDriver;
import io.millrace.broker.partition.PreferredDirectories;
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
import io.millrace.storage.LogMove;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Moves logs between the directories of this node; the answer does not wait for it. What is not
/// opened here yet will be in its directory, and is answered as missing all the same: that is
/// Kafka's way.
public final class AlterReplicaLogDirsHandler
        implements Handler<AlterReplicaLogDirsRequest, AlterReplicaLogDirsResponse> {
    private final List<LogDirectory> directories;
    private final Shards shards;
    private final PreferredDirectories preferred;
    private final Authorizer authorizer;

    public AlterReplicaLogDirsHandler(
            List<LogDirectory> directories,
            Shards shards,
            PreferredDirectories preferred,
            Authorizer authorizer) {
        this.directories = List.copyOf(directories);
        this.shards = shards;
        this.preferred = preferred;
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
                    LogId id = new LogId(topic.name(), number);
                    CompletionStage<ErrorCode> moved = isAllowed
                            ? shards.ask(
                                    id,
                                    driver -> CompletableFuture.completedFuture(
                                            move(id, driver, target.path())))
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

    private ErrorCode move(LogId id, @Nullable PartitionDriver driver, String path) {
        if (!LogMove.isNameable(id)) {
            return ErrorCode.INVALID_TOPIC_EXCEPTION;
        }
        LogDirectory target = directories.stream()
                .filter(directory -> directory.path().toString().equals(path))
                .findFirst()
                .orElse(null);
        if (target == null) {
            return ErrorCode.LOG_DIR_NOT_FOUND;
        }
        if (!target.isOnline() || driver != null && !driver.log().isOnline()) {
            return ErrorCode.KAFKA_STORAGE_ERROR;
        }
        if (driver == null) {
            preferred.remember(id, target);
            return ErrorCode.REPLICA_NOT_AVAILABLE;
        }
        driver.log().move().to(target);
        return ErrorCode.NONE;
    }
}
