package io.millrace.broker.handler;

import io.millrace.broker.partition.PartitionDriver;
import io.millrace.broker.partition.Shard;
import io.millrace.broker.partition.Shards;
import io.millrace.broker.request.Authorizer;
import io.millrace.broker.request.ClusterView;
import io.millrace.broker.request.Handler;
import io.millrace.broker.request.Operation;
import io.millrace.broker.request.RequestContext;
import io.millrace.broker.request.Resource;
import io.millrace.cluster.ClusterImage;
import io.millrace.cluster.PartitionImage;
import io.millrace.cluster.TopicImage;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.ProduceRequest;
import io.millrace.protocol.ProduceRequest.PartitionProduceData;
import io.millrace.protocol.ProduceRequest.TopicProduceData;
import io.millrace.protocol.ProduceResponse;
import io.millrace.record.RecordBatch;
import io.millrace.storage.LogId;
import io.millrace.transport.Frame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Appends records. What each partition gets goes to its shard, one task a shard, and lies in the
/// request's frame until the log has written it.
public final class ProduceHandler implements Handler<ProduceRequest, ProduceResponse> {
    /// May write where the brokers themselves do.
    private static final String ADMIN_CLIENT = "__admin_client";

    private static final int TOPIC_IDS_SINCE = 13;
    private static final short ALL = -1;

    private final ClusterView cluster;
    private final Shards shards;
    private final Authorizer authorizer;

    public ProduceHandler(ClusterView cluster, Shards shards, Authorizer authorizer) {
        this.cluster = cluster;
        this.shards = shards;
        this.authorizer = authorizer;
    }

    /// The records of one partition, on their way to its shard.
    private record Part(int slot, LogId id, ByteBuffer records) {}

    /// A topic of the request as the cluster knows it.
    private record Topic(@Nullable TopicImage found, ErrorCode refusal) {}

    @Override
    public CompletionStage<ProduceResponse> handle(ProduceRequest request, RequestContext context) {
        ProduceCall call = new ProduceCall(request);
        ClusterImage image = cluster.image();
        List<List<Part>> byShard = new ArrayList<>(shards.all().size());
        shards.all().forEach(_ -> byShard.add(new ArrayList<>(1)));
        int slot = 0;
        for (TopicProduceData data : request.topicData()) {
            Topic topic = topic(image, data, context);
            for (PartitionProduceData partition : data.partitionData()) {
                Part part = part(call, slot++, topic, partition, context);
                if (part != null) {
                    byShard.get(shards.indexOf(part.id())).add(part);
                }
            }
        }
        for (int i = 0; i < byShard.size(); i++) {
            if (!byShard.get(i).isEmpty()) {
                send(shards.all().get(i), byShard.get(i), call, context.frame());
            }
        }
        return call.answer(context.loop());
    }

    private Topic topic(ClusterImage image, TopicProduceData data, RequestContext context) {
        boolean byId = context.version() >= TOPIC_IDS_SINCE;
        TopicImage found =
                byId ? image.topics().get(data.topicId()) : image.topics().get(data.name());
        if (found == null && byId) {
            return new Topic(null, ErrorCode.UNKNOWN_TOPIC_ID);
        }
        String name = found == null ? data.name() : found.name();
        if (!authorizer.isAllowed(context, Operation.WRITE, Resource.topic(name))) {
            return new Topic(found, ErrorCode.TOPIC_AUTHORIZATION_FAILED);
        }
        return new Topic(
                found, found == null ? ErrorCode.UNKNOWN_TOPIC_OR_PARTITION : ErrorCode.NONE);
    }

    /// Null when there is nothing to append; the slot is filled then.
    private @Nullable Part part(
            ProduceCall call,
            int slot,
            Topic topic,
            PartitionProduceData data,
            RequestContext context) {
        TopicImage found = topic.found();
        if (found == null || topic.refusal() != ErrorCode.NONE) {
            call.fail(slot, topic.refusal(), null);
            return null;
        }
        PartitionImage partition = found.partition(data.index());
        if (partition == null) {
            call.fail(slot, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, null);
            return null;
        }
        switch (ProducedBatch.in(data.records(), context.version())) {
            case ProducedBatch.Refused(ErrorCode error, String message) ->
                call.fail(slot, error, message);
            case ProducedBatch.Found(ByteBuffer batch) -> {
                boolean isStray = RecordBatch.isTransactional(batch, 0) && !call.isTransactional();
                ErrorCode refusal = isStray
                        ? ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED
                        : refusal(call.acks(), found, partition, context);
                if (refusal == ErrorCode.NONE) {
                    return new Part(slot, new LogId(found.name(), data.index()), batch);
                }
                call.fail(slot, refusal, null);
            }
        }
        return null;
    }

    private ErrorCode refusal(
            short acks, TopicImage topic, PartitionImage partition, RequestContext context) {
        if (acks < ALL || acks > 1) {
            return ErrorCode.INVALID_REQUIRED_ACKS;
        }
        if (topic.isInternal() && !ADMIN_CLIENT.equals(context.clientId())) {
            return ErrorCode.INVALID_TOPIC_EXCEPTION;
        }
        return partition.leader() == cluster.nodeId()
                ? ErrorCode.NONE
                : ErrorCode.NOT_LEADER_OR_FOLLOWER;
    }

    private static void send(Shard shard, List<Part> parts, ProduceCall call, Frame frame) {
        frame.retain(); // the call may time out and be answered before the shard gets to it
        shard.run(() -> {
            for (Part part : parts) {
                append(shard, part, call, frame);
            }
            frame.release();
        });
    }

    private static void append(Shard shard, Part part, ProduceCall call, Frame frame) {
        PartitionDriver partition = shard.partition(part.id());
        if (partition == null) {
            call.fail(part.slot(), ErrorCode.NOT_LEADER_OR_FOLLOWER, null);
            return;
        }
        partition.append(
                frame,
                part.records(),
                call.acks() == ALL,
                result -> call.tried(part.slot(), partition, result));
    }
}
