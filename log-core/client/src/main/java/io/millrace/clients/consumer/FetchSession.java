package io.millrace.clients.consumer;

import io.millrace.common.TopicPartition;
import io.millrace.protocol.ErrorCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// An incremental fetch session with one node (KIP-227): the server remembers what is asked for,
/// and a request says only what has changed. A machine.
final class FetchSession {
    private static final int NO_SESSION = 0;
    private static final int FULL = 0;

    private final Map<TopicPartition, Wanted> remembered = new LinkedHashMap<>();
    private int id = NO_SESSION;
    private int epoch = FULL;

    /// What is asked of a partition.
    record Wanted(long offset, int leaderEpoch) {}

    /// A request's part that depends on the session.
    record Ask(
            int sessionId,
            int sessionEpoch,
            Map<TopicPartition, Wanted> partitions,
            List<TopicPartition> forgotten) {}

    Ask next(Map<TopicPartition, Wanted> wanted) {
        Map<TopicPartition, Wanted> changed = new LinkedHashMap<>();
        wanted.forEach((partition, want) -> {
            if (epoch == FULL || !want.equals(remembered.get(partition))) {
                changed.put(partition, want);
            }
        });
        List<TopicPartition> forgotten = new ArrayList<>();
        if (epoch != FULL) {
            remembered.keySet().stream()
                    .filter(partition -> !wanted.containsKey(partition))
                    .forEach(forgotten::add);
        }
        remembered.clear();
        remembered.putAll(wanted);
        return new Ask(id, epoch, changed, forgotten);
    }

    /// What the server answered; `sessionId` is 0 when it keeps none.
    void answered(ErrorCode error, int sessionId) {
        if (error == ErrorCode.INVALID_FETCH_SESSION_EPOCH) {
            epoch = FULL; // the server closes the old one when it sees this id with epoch 0
        } else if (error != ErrorCode.NONE || sessionId == NO_SESSION) {
            reset();
        } else {
            id = sessionId;
            epoch = epoch == Integer.MAX_VALUE ? 1 : epoch + 1;
        }
    }

    /// Nothing is known of what the server remembers.
    void reset() {
        id = NO_SESSION;
        epoch = FULL;
        remembered.clear();
    }
}
