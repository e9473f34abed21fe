package io.millrace.broker.handler;

import io.millrace.broker.partition.PartitionDriver;
import io.millrace.host.Loop;
import io.millrace.protocol.Check;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.ProduceRequest;
import io.millrace.protocol.ProduceRequest.TopicProduceData;
import io.millrace.protocol.ProduceResponse;
import io.millrace.protocol.ProduceResponse.BatchIndexAndErrorMessage;
import io.millrace.protocol.ProduceResponse.PartitionProduceResponse;
import io.millrace.protocol.ProduceResponse.TopicProduceResponse;
import io.millrace.storage.AppendResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// The answer to one produce request, put together from what the shards say of each partition.
///
/// Owner thread: none. Each slot is filled once, by whoever comes first, its shard or the timeout;
/// who fills the last one completes the answer.
final class ProduceCall {
    private static final long UNKNOWN = -1;

    private final ProduceRequest request;
    private final AtomicReferenceArray<PartitionProduceResponse> slots;
    private final int[] partitions;
    private final AtomicInteger missing;
    private final CompletableFuture<ProduceResponse> answer = new CompletableFuture<>();

    /// Where a batch went.
    private record Place(long baseOffset, long endOffset, long logAppendTimeMs) {}

    ProduceCall(ProduceRequest request) {
        this.request = request;
        int count = 0;
        for (TopicProduceData topic : request.topicData()) {
            count += topic.partitionData().size();
        }
        partitions = new int[count];
        int slot = 0;
        for (TopicProduceData topic : request.topicData()) {
            for (var partition : topic.partitionData()) {
                partitions[slot++] = partition.index();
            }
        }
        slots = new AtomicReferenceArray<>(count);
        missing = new AtomicInteger(count);
    }

    short acks() {
        return request.acks();
    }

    boolean isTransactional() {
        return request.transactionalId() != null;
    }

    void fail(int slot, ErrorCode error, @Nullable String message) {
        fill(slot, failure(slot, error, message));
    }

    /// On the partition's loop: the log has decided.
    void tried(int slot, PartitionDriver partition, AppendResult result) {
        switch (result) {
            case AppendResult.Appended(long base, long end, long time) ->
                appended(slot, partition, new Place(base, end, time));
            case AppendResult.Duplicate(long base, long end, long time) ->
                appended(slot, partition, new Place(base, end, time));
            case AppendResult.Rejected rejected -> rejected(slot, partition, rejected);
            case AppendResult.TooLong() ->
                throw Check.failed("a batch that is too long for the loop is not left to it");
        }
    }

    /// On the partition's loop, which fills the slot when the batch is safe; at once where nobody
    /// waits for it.
    private void appended(int slot, PartitionDriver partition, Place place) {
        PartitionProduceResponse response = PartitionProduceResponse.DEFAULT
                .withIndex(partitions[slot])
                .withBaseOffset(place.baseOffset())
                .withLogAppendTimeMs(place.logAppendTimeMs())
                .withLogStartOffset(partition.log().startOffset());
        if (acks() == 0) {
            fill(slot, response);
            return;
        }
        partition.awaitSafe(
                place.endOffset(),
                error -> fill(
                        slot, error == ErrorCode.NONE ? response : failure(slot, error, null)));
    }

    private void rejected(int slot, PartitionDriver partition, AppendResult.Rejected rejected) {
        String message = rejected.message().isEmpty() ? null : rejected.message();
        PartitionProduceResponse response = failure(slot, rejected.error(), message)
                .withRecordErrors(rejected.records().stream()
                        .map(record ->
                                new BatchIndexAndErrorMessage(record.index(), record.message()))
                        .toList());
        fill(
                slot,
                tellsStart(rejected.error())
                        ? response.withLogStartOffset(partition.log().startOffset())
                        : response);
    }

    /// Kafka tells where the log starts with the errors that are the batch's own.
    private static boolean tellsStart(ErrorCode error) {
        return switch (error) {
            case NOT_LEADER_OR_FOLLOWER,
                    UNKNOWN_TOPIC_OR_PARTITION,
                    MESSAGE_TOO_LARGE,
                    RECORD_LIST_TOO_LARGE,
                    CORRUPT_MESSAGE,
                    KAFKA_STORAGE_ERROR -> false;
            default -> true;
        };
    }

    private PartitionProduceResponse failure(int slot, ErrorCode error, @Nullable String message) {
        return PartitionProduceResponse.DEFAULT
                .withIndex(partitions[slot])
                .withErrorCode(error)
                .withBaseOffset(UNKNOWN)
                .withErrorMessage(message);
    }

    private void fill(int slot, PartitionProduceResponse response) {
        if (slots.compareAndSet(slot, null, response) && missing.decrementAndGet() == 0) {
            answer.complete(response());
        }
    }

    /// Once every slot is on its way. On the connection's loop.
    CompletableFuture<ProduceResponse> answer(Loop loop) {
        if (partitions.length == 0) {
            answer.complete(response());
        }
        if (acks() == -1 && !answer.isDone()) {
            Loop.Scheduled timer = loop.schedule(Math.max(0, request.timeoutMs()), this::timedOut);
            answer.thenRun(() -> {
                if (loop.isCurrent()) {
                    timer.cancel();
                } else {
                    loop.execute(timer::cancel);
                }
            });
        }
        return answer;
    }

    private void timedOut() {
        for (int i = 0; i < partitions.length; i++) {
            fill(i, failure(i, ErrorCode.REQUEST_TIMED_OUT, null));
        }
    }

    private ProduceResponse response() {
        List<TopicProduceResponse> topics = new ArrayList<>(request.topicData().size());
        int slot = 0;
        for (TopicProduceData topic : request.topicData()) {
            List<PartitionProduceResponse> answers =
                    new ArrayList<>(topic.partitionData().size());
            for (int i = 0; i < topic.partitionData().size(); i++) {
                answers.add(slots.get(slot++));
            }
            topics.add(new TopicProduceResponse(topic.name(), topic.topicId(), answers));
        }
        return ProduceResponse.DEFAULT.withResponses(topics);
    }
}
