package io.millrace.broker.handler;

import io.millrace.broker.handler.FetchPlan.Wanted;
import io.millrace.broker.partition.Shard;
import io.millrace.broker.partition.Shards;
import io.millrace.broker.request.Authorizer;
import io.millrace.broker.request.ClusterView;
import io.millrace.broker.request.Handler;
import io.millrace.broker.request.RequestContext;
import io.millrace.host.Loop;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.FetchRequest;
import io.millrace.protocol.FetchRequest.FetchTopic;
import io.millrace.protocol.FetchRequest.ForgottenTopic;
import io.millrace.protocol.FetchResponse;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Reads records: finds out what a request is about, from its session too, and leaves it to a
/// [FetchCall].
public final class FetchHandler implements Handler<FetchRequest, FetchResponse> {
    private static final int TOPIC_IDS_SINCE = 13;

    private final ClusterView cluster;
    private final Shards shards;
    private final Authorizer authorizer;
    private final int maxBytes;
    private final Map<Loop, FetchSessions> sessions = new IdentityHashMap<>();
    private final LongAdder waiting = new LongAdder();

    /// @param maxSessions over all loops
    /// @param maxBytes of one answer, whatever is asked for
    public FetchHandler(
            ClusterView cluster,
            Shards shards,
            Authorizer authorizer,
            int maxSessions,
            int maxBytes) {
        this.cluster = cluster;
        this.shards = shards;
        this.authorizer = authorizer;
        this.maxBytes = maxBytes;
        int loops = shards.all().size();
        for (Shard shard : shards.all()) {
            sessions.put(
                    shard.loop(),
                    new FetchSessions(shard.loop(), (maxSessions + loops - 1) / loops));
        }
    }

    @Override
    public CompletionStage<FetchResponse> handle(FetchRequest request, RequestContext context) {
        FetchSessions own = sessions.get(context.loop());
        if (own == null) {
            return new FetchCall(this, request, context, plain(request)).start();
        }
        int id = request.sessionId();
        if (request.sessionEpoch() == FetchSession.FINAL_EPOCH) {
            own.remove(id);
            return new FetchCall(this, request, context, plain(request)).start();
        }
        if (request.sessionEpoch() == FetchSession.INITIAL_EPOCH) {
            own.remove(id);
            FetchPlan plan = begin(own, request, context);
            return new FetchCall(this, request, context, plan).start();
        }
        FetchSession session = own.use(id);
        boolean usesIds = context.version() >= TOPIC_IDS_SINCE;
        ErrorCode refusal = session == null
                ? ErrorCode.FETCH_SESSION_ID_NOT_FOUND
                : session.admission(request.sessionEpoch(), usesIds);
        if (session == null || refusal != ErrorCode.NONE) {
            return CompletableFuture.completedFuture(FetchResponse.DEFAULT.withErrorCode(refusal));
        }
        FetchPlan plan = goOn(own, session, request);
        return new FetchCall(this, request, context, plan).start();
    }

    private FetchPlan plain(FetchRequest request) {
        return new FetchPlan(wanted(request), null, false);
    }

    private FetchPlan begin(FetchSessions own, FetchRequest request, RequestContext context) {
        List<Wanted> wanted = wanted(request);
        boolean usesIds = context.version() >= TOPIC_IDS_SINCE;
        @Nullable FetchSession session = wanted.isEmpty() ? null : own.create(usesIds, wanted);
        return new FetchPlan(wanted, session, false);
    }

    private FetchPlan goOn(FetchSessions own, FetchSession session, FetchRequest request) {
        session.update(wanted(request), forgotten(request));
        if (session.size() == 0) {
            own.remove(session.id());
            return new FetchPlan(List.of(), null, false);
        }
        return new FetchPlan(session.wanted(), session, true);
    }

    private static List<Wanted> wanted(FetchRequest request) {
        List<Wanted> wanted = new ArrayList<>();
        for (FetchTopic topic : request.topics()) {
            for (FetchRequest.FetchPartition partition : topic.partitions()) {
                FetchKey key = new FetchKey(topic.topicId(), topic.topic(), partition.partition());
                wanted.add(new Wanted(key, partition));
            }
        }
        return wanted;
    }

    private static List<FetchKey> forgotten(FetchRequest request) {
        List<FetchKey> forgotten = new ArrayList<>();
        for (ForgottenTopic topic : request.forgottenTopicsData()) {
            for (int partition : topic.partitions()) {
                forgotten.add(new FetchKey(topic.topicId(), topic.topic(), partition));
            }
        }
        return forgotten;
    }

    ClusterView cluster() {
        return cluster;
    }

    Shards shards() {
        return shards;
    }

    Authorizer authorizer() {
        return authorizer;
    }

    int maxBytes() {
        return maxBytes;
    }

    /// Fetches that wait for more to be appended.
    public LongAdder waiting() {
        return waiting;
    }

    /// How many sessions of a loop are remembered; on the loop.
    public int sessions(Loop loop) {
        FetchSessions own = sessions.get(loop);
        return own == null ? 0 : own.size();
    }
}
