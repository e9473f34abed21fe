package io.millrace.record;

/// What a topic demands of the batches that producers send to it.
///
/// @param maxBatchBytes `max.message.bytes`
/// @param isCompacted every record must have a key
public record BatchRules(int maxBatchBytes, boolean isCompacted, Timestamps timestamps) {
    /// @param type `message.timestamp.type`
    /// @param beforeMaxMs `message.timestamp.before.max.ms`
    /// @param afterMaxMs `message.timestamp.after.max.ms`
    public record Timestamps(TimestampType type, long beforeMaxMs, long afterMaxMs) {
        /// The records' own, whatever they are.
        public static final Timestamps ANY =
                new Timestamps(TimestampType.CREATE_TIME, Long.MAX_VALUE, Long.MAX_VALUE);

        boolean allows(long timestampMs, long nowMs) {
            long age = nowMs - timestampMs;
            return age <= beforeMaxMs && -age <= afterMaxMs;
        }
    }
}
