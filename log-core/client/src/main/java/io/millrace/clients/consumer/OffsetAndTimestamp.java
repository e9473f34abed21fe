package io.millrace.clients.consumer;

import java.util.Optional;

/// The first offset whose record is not older than a time, with that record's timestamp.
public record OffsetAndTimestamp(long offset, long timestamp, Optional<Integer> leaderEpoch) {
    public OffsetAndTimestamp(long offset, long timestamp) {
        this(offset, timestamp, Optional.empty());
    }
}
