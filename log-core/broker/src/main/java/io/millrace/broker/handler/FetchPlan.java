package io.millrace.broker.handler;

import io.millrace.protocol.FetchRequest.FetchPartition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a fetch is about, once its session was consulted.
///
/// @param session where what is answered is remembered; null without one
/// @param isIncremental whether only what changed is answered
record FetchPlan(List<Wanted> partitions, @Nullable FetchSession session, boolean isIncremental) {
    /// A partition and from where to read it.
    record Wanted(FetchKey key, FetchPartition from) {}

    int sessionId() {
        return session == null ? FetchSession.NO_SESSION : session.id();
    }
}
