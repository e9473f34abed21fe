package io.millrace.broker.handler;

import io.millrace.broker.handler.FetchPlan.Wanted;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.FetchRequest;
import io.millrace.protocol.FetchResponse.PartitionData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What one client fetches again and again, so that it need only say what changes, and hear the
/// same (KIP-227). Belongs to one loop.
///
/// The order is that in which partitions are read: who got records goes to the end, so that none
/// starves.
final class FetchSession {
    static final int NO_SESSION = 0;
    static final int INITIAL_EPOCH = 0;
    static final int FINAL_EPOCH = -1;

    private static final long NEVER_TOLD = -1;

    private final int id;
    private final boolean usesIds;
    private final Map<FetchKey, Member> members = new LinkedHashMap<>();
    private int epoch = 1;
    long createdNanos;
    long usedNanos;

    /// A partition of the session, and what the client was last told of it.
    private static final class Member {
        FetchRequest.FetchPartition from;
        long highWatermark = NEVER_TOLD;
        long logStartOffset = NEVER_TOLD;

        Member(FetchRequest.FetchPartition from) {
            this.from = from;
        }
    }

    FetchSession(int id, boolean usesIds, List<Wanted> partitions) {
        this.id = id;
        this.usesIds = usesIds;
        partitions.forEach(each -> members.put(each.key(), new Member(each.from())));
    }

    int id() {
        return id;
    }

    int size() {
        return members.size();
    }

    /// Whether a request may continue this session.
    ErrorCode admission(int requestEpoch, boolean requestUsesIds) {
        if (requestEpoch != epoch) {
            return ErrorCode.INVALID_FETCH_SESSION_EPOCH;
        }
        return requestUsesIds == usesIds ? ErrorCode.NONE : ErrorCode.FETCH_SESSION_TOPIC_ID_ERROR;
    }

    void update(List<Wanted> changed, List<FetchKey> forgotten) {
        epoch = epoch == Integer.MAX_VALUE ? 1 : epoch + 1;
        for (Wanted each : changed) {
            Member member = members.get(each.key());
            if (member == null) {
                members.put(each.key(), new Member(each.from()));
            } else {
                member.from = each.from();
            }
        }
        forgotten.forEach(members::remove);
    }

    List<Wanted> wanted() {
        List<Wanted> wanted = new ArrayList<>(members.size());
        members.forEach((key, member) -> wanted.add(new Wanted(key, member.from)));
        return wanted;
    }

    /// Notes what the client is told; false when it knows all of it.
    boolean isNews(FetchKey key, PartitionData data) {
        Member member = members.get(key);
        if (member == null) {
            return true;
        }
        boolean hasRecords = data.records() != null && data.records().sizeInBytes() > 0;
        boolean hasChanged = data.highWatermark() != member.highWatermark
                || data.logStartOffset() != member.logStartOffset;
        boolean isNews = hasRecords
                || hasChanged
                || data.errorCode() != ErrorCode.NONE
                || data.divergingEpoch().epoch() >= 0
                || data.preferredReadReplica() >= 0;
        member.highWatermark =
                data.errorCode() == ErrorCode.NONE ? data.highWatermark() : NEVER_TOLD;
        member.logStartOffset = data.logStartOffset();
        if (hasRecords) {
            members.remove(key);
            members.put(key, member);
        }
        return isNews;
    }
}
