package io.millrace.group;

import io.millrace.protocol.LegacyOffsetCommitValue;
import io.millrace.protocol.OffsetCommitValue;
import io.millrace.protocol.Uuid;

/// How far a group has come in a partition.
///
/// @param leaderEpoch of the last record consumed; -1 when unknown @param expireMs when to forget
/// it, as clients before 2.1 could say; -1 when the broker's retention decides @param topicId zero
/// when unknown
record CommittedOffset(
        long offset, int leaderEpoch, String metadata, long commitMs, long expireMs, Uuid topicId) {
    static final long INVALID_OFFSET = -1;
    static final long NO_EXPIRY = -1;
    static final int NO_EPOCH = -1;

    static CommittedOffset of(OffsetCommitValue value) {
        return new CommittedOffset(
                value.offset(),
                value.leaderEpoch(),
                value.metadata(),
                value.commitTimestamp(),
                value.expireTimestamp(),
                value.topicId());
    }

    static CommittedOffset of(LegacyOffsetCommitValue value) {
        return new CommittedOffset(
                value.offset(),
                NO_EPOCH,
                value.metadata(),
                value.commitTimestamp(),
                NO_EXPIRY,
                Uuid.ZERO);
    }

    /// The version of the record that holds a time of expiry has no place for epoch and topic id.
    CommittedOffset expiringAt(long timeMs) {
        return new CommittedOffset(offset, NO_EPOCH, metadata, commitMs, timeMs, Uuid.ZERO);
    }

    OffsetCommitValue toValue() {
        return new OffsetCommitValue(offset, leaderEpoch, metadata, commitMs, expireMs, topicId);
    }
}
