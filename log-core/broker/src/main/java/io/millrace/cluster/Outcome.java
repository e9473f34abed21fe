package io.millrace.cluster;

import io.millrace.protocol.MetadataRecord;
import io.millrace.protocol.Response;
import java.util.List;

/// A reply, and the records that must be written before it is true.
record Outcome(Response reply, List<MetadataRecord> records) {
    /// More records than Kafka writes for one request either; they are kept or lost as a whole.
    static final int MAX_RECORDS = 10_000;

    static Outcome of(Response reply) {
        return new Outcome(reply, List.of());
    }

    /// A request that only asks what would happen writes nothing.
    static Outcome of(Response reply, List<MetadataRecord> records, boolean validateOnly) {
        return new Outcome(reply, validateOnly ? List.of() : records);
    }
}
