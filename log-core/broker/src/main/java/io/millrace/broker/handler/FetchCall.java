package io.millrace.broker.handler;

import io.millrace.broker.handler.FetchPlan.Wanted;
import io.millrace.broker.handler.PartitionReads.Part;
import io.millrace.broker.partition.PartitionDriver;
import io.millrace.broker.partition.Shard;
import io.millrace.broker.request.Operation;
import io.millrace.broker.request.RequestContext;
import io.millrace.broker.request.Resource;
import io.millrace.cluster.ClusterImage;
import io.millrace.cluster.TopicImage;
import io.millrace.host.FileRegion;
import io.millrace.host.Loop;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.FetchRequest;
import io.millrace.protocol.FetchResponse;
import io.millrace.protocol.FetchResponse.FetchableTopicResponse;
import io.millrace.protocol.FetchResponse.PartitionData;
import io.millrace.protocol.Records;
import io.millrace.storage.LogId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// One fetch: reads its partitions, each on its shard, until there is enough or the client has
/// waited long enough.
/// ```
/// READING -> answered
///    |  ^
///    v  |  more was appended, or the time is up
///  WAITING
/// ```
/// While it waits it costs a timer and an entry at each partition, which wakes it.
///
/// Owner thread: the connection's loop; only `sink` and `wake` run on the shards'.
final class FetchCall {
    private final FetchHandler handler;
    private final FetchRequest request;
    private final RequestContext context;
    private final FetchPlan plan;
    private final int minBytes;
    private final int maxBytes;
    private final CompletableFuture<FetchResponse> answer = new CompletableFuture<>();
    private final Runnable waker = this::wake;
    private final AtomicBoolean isWoken = new AtomicBoolean();
    private List<List<Part>> byShard = List.of();
    private boolean isWatching;
    private boolean isReading;
    private boolean isTimeUp;
    private boolean isAbandoned;
    private Loop.@Nullable Scheduled timer;

    FetchCall(FetchHandler handler, FetchRequest request, RequestContext context, FetchPlan plan) {
        this.handler = handler;
        this.request = request;
        this.context = context;
        this.plan = plan;
        this.maxBytes = Math.min(request.maxBytes(), handler.maxBytes());
        this.minBytes = Math.min(request.minBytes(), maxBytes);
    }

    CompletableFuture<FetchResponse> start() {
        isTimeUp = request.maxWaitMs() <= 0 || plan.partitions().isEmpty();
        read();
        return answer;
    }

    /// One round of reading all partitions.
    private final class Round implements PartitionReads.Sink {
        final AtomicReferenceArray<PartitionData> slots;
        final PartitionDriver[] sources; // written before the slot
        final AtomicInteger missing;
        boolean isWatched; // by any shard, before it fills a slot

        Round(int size) {
            slots = new AtomicReferenceArray<>(size);
            sources = new PartitionDriver[size];
            missing = new AtomicInteger(
                    size + 1); // one more, so that it does not end while it is dealt out
        }

        @Override
        public void read(int slot, PartitionData data) {
            slots.set(slot, data);
            done();
        }

        @Override
        public void read(int slot, PartitionDriver partition, PartitionData data) {
            sources[slot] = partition;
            read(slot, data);
        }

        void done() {
            if (missing.decrementAndGet() == 0) {
                if (context.loop().isCurrent()) {
                    finish(this);
                } else {
                    context.loop().execute(() -> finish(this));
                }
            }
        }
    }

    private void read() {
        isReading = true;
        isWoken.set(false);
        Round round = new Round(plan.partitions().size());
        byShard = resolve(round);
        boolean watches = !isTimeUp;
        for (int i = 0; i < byShard.size(); i++) {
            List<Part> parts = byShard.get(i);
            if (!parts.isEmpty()) {
                Shard shard = handler.shards().all().get(i);
                shard.run(() -> read(shard, parts, round, watches));
            }
        }
        round.done();
    }

    /// On the shard's loop. Watching and reading are one step there, so nothing is missed between
    /// them.
    private void read(Shard shard, List<Part> parts, Round round, boolean mayWait) {
        if (mayWait && !(minBytes <= 1 && hasRecords(shard, parts))) {
            round.isWatched = true;
            for (Part part : parts) {
                PartitionDriver partition = shard.partition(part.id());
                if (partition != null) {
                    partition.watch(waker);
                }
            }
        }
        new PartitionReads(shard, request.isolationLevel(), maxBytes, round).readAll(parts);
    }

    private static boolean hasRecords(Shard shard, List<Part> parts) {
        for (Part part : parts) {
            PartitionDriver partition = shard.partition(part.id());
            if (partition != null && partition.highWatermark() > part.from().fetchOffset()) {
                return true;
            }
        }
        return false;
    }

    private List<List<Part>> resolve(Round round) {
        List<List<Part>> parts = new ArrayList<>();
        handler.shards().all().forEach(_ -> parts.add(new ArrayList<>()));
        ClusterImage image = handler.cluster().image();
        int slot = 0;
        for (Wanted wanted : plan.partitions()) {
            FetchKey key = wanted.key();
            boolean byId = key.name().isEmpty();
            TopicImage topic =
                    byId ? image.topics().get(key.topicId()) : image.topics().get(key.name());
            ErrorCode refusal = refusal(topic, key, byId);
            if (topic == null || refusal != ErrorCode.NONE) {
                round.read(slot, PartitionReads.failure(wanted.from(), refusal));
            } else {
                LogId id = new LogId(topic.name(), key.partition());
                parts.get(handler.shards().indexOf(id)).add(new Part(slot, id, wanted.from()));
            }
            slot++;
        }
        return parts;
    }

    private ErrorCode refusal(@Nullable TopicImage topic, FetchKey key, boolean byId) {
        if (topic == null && byId) {
            return ErrorCode.UNKNOWN_TOPIC_ID;
        }
        if (!mayRead(topic == null ? key.name() : topic.name())) {
            return ErrorCode.TOPIC_AUTHORIZATION_FAILED;
        }
        return topic == null || topic.partition(key.partition()) == null
                ? ErrorCode.UNKNOWN_TOPIC_OR_PARTITION
                : ErrorCode.NONE;
    }

    /// Whoever reads as a replica does what only nodes of the cluster may.
    private boolean mayRead(String topic) {
        boolean isReplica = Math.max(request.replicaId(), request.replicaState().replicaId()) >= 0;
        return isReplica
                ? handler.authorizer()
                        .isAllowed(context, Operation.CLUSTER_ACTION, Resource.CLUSTER)
                : handler.authorizer().isAllowed(context, Operation.READ, Resource.topic(topic));
    }

    private void finish(Round round) {
        isReading = false;
        isWatching |= round.isWatched;
        if (isTimeUp || isAbandoned || isEnough(round)) {
            complete(round);
            return;
        }
        release(round);
        if (isWoken.get()) {
            read();
        } else if (timer == null) {
            handler.waiting().increment();
            timer = context.loop().schedule(request.maxWaitMs(), this::timeUp);
            context.lifetime().onEnd(this::abandon);
        }
    }

    private boolean isEnough(Round round) {
        long bytes = 0;
        for (int i = 0; i < round.slots.length(); i++) {
            PartitionData data = round.slots.get(i);
            if (data.errorCode() != ErrorCode.NONE || data.divergingEpoch().epoch() >= 0) {
                return true;
            }
            bytes += size(data);
        }
        return bytes >= minBytes;
    }

    private static int size(PartitionData data) {
        Records records = data.records();
        return records == null ? 0 : records.sizeInBytes();
    }

    /// On a shard's loop: a partition has more, or ended.
    private void wake() {
        if (isWoken.compareAndSet(false, true)) {
            context.loop().execute(() -> {
                if (!isReading && !answer.isDone()) {
                    read();
                }
            });
        }
    }

    private void timeUp() {
        isTimeUp = true;
        if (!isReading && !answer.isDone()) {
            read();
        }
    }

    private void abandon() {
        isAbandoned = true;
        timeUp();
    }

    private void complete(Round round) {
        if (timer != null) {
            handler.waiting().decrement();
            timer.cancel();
        }
        unwatch();
        answer.complete(response(round));
    }

    private void unwatch() {
        if (!isWatching) {
            return;
        }
        for (int i = 0; i < byShard.size(); i++) {
            List<Part> parts = byShard.get(i);
            if (parts.isEmpty()) {
                continue;
            }
            Shard shard = handler.shards().all().get(i);
            shard.run(() -> {
                for (Part part : parts) {
                    PartitionDriver partition = shard.partition(part.id());
                    if (partition != null) {
                        partition.unwatch(waker);
                    }
                }
            });
        }
    }

    private static void release(Round round) {
        for (int i = 0; i < round.slots.length(); i++) {
            release(round.slots.get(i));
        }
    }

    private static void release(PartitionData data) {
        if (data.records() instanceof FileRegion region) {
            region.release();
        }
    }

    private FetchResponse response(Round round) {
        List<FetchableTopicResponse> topics = new ArrayList<>();
        List<PartitionData> current = new ArrayList<>();
        FetchKey topic = null;
        long bytesLeft = maxBytes;
        boolean hasRecords = false;
        FetchSession session = plan.session();
        for (int i = 0; i < round.slots.length(); i++) {
            FetchKey key = plan.partitions().get(i).key();
            PartitionData data = round.slots.get(i);
            if (hasRecords && size(data) > bytesLeft) {
                // Another shard's share was used up here; what is left out comes first the next
                // time.
                release(data);
                data = data.withRecords(Records.EMPTY);
            }
            if (size(data) > 0) {
                hasRecords = true;
                bytesLeft -= size(data);
                round.sources[i].sent(size(data));
            }
            boolean isNews = session == null || session.isNews(key, data);
            if (!isNews && plan.isIncremental()) {
                continue;
            }
            if (topic != null && !topic.isSameTopic(key)) {
                topics.add(new FetchableTopicResponse(topic.name(), topic.topicId(), current));
                current = new ArrayList<>();
            }
            topic = key;
            current.add(data);
        }
        if (topic != null) {
            topics.add(new FetchableTopicResponse(topic.name(), topic.topicId(), current));
        }
        return FetchResponse.DEFAULT.withSessionId(plan.sessionId()).withResponses(topics);
    }
}
