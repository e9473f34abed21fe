package io.millrace.clients.admin;

/// Which offset is asked for.
public sealed interface OffsetSpec {
    /// The number that the wire has for it.
    long timestamp();

    record EarliestSpec() implements OffsetSpec {
        @Override
        public long timestamp() {
            return -2;
        }
    }

    record LatestSpec() implements OffsetSpec {
        @Override
        public long timestamp() {
            return -1;
        }
    }

    record MaxTimestampSpec() implements OffsetSpec {
        @Override
        public long timestamp() {
            return -3;
        }
    }

    record EarliestLocalSpec() implements OffsetSpec {
        @Override
        public long timestamp() {
            return -4;
        }
    }

    record LatestTieredSpec() implements OffsetSpec {
        @Override
        public long timestamp() {
            return -5;
        }
    }

    record TimestampSpec(long timestamp) implements OffsetSpec {}

    static OffsetSpec earliest() {
        return new EarliestSpec();
    }

    static OffsetSpec latest() {
        return new LatestSpec();
    }

    static OffsetSpec maxTimestamp() {
        return new MaxTimestampSpec();
    }

    static OffsetSpec earliestLocal() {
        return new EarliestLocalSpec();
    }

    static OffsetSpec latestTiered() {
        return new LatestTieredSpec();
    }

    static OffsetSpec forTimestamp(long timestampMs) {
        return new TimestampSpec(timestampMs);
    }
}
