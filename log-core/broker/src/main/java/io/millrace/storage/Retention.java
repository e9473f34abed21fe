package io.millrace.storage;

/// Deletes old segments: by the age of their newest record, by the size of the log, and what lies
/// before the log's start. Never the segment that is appended to (one that is due is rolled first),
/// and nothing that is not committed.
///
/// Owner thread: the log's loop.
final class Retention {
    private final PartitionLog log;

    Retention(PartitionLog log) {
        this.log = log;
    }

    void apply(long nowMs) {
        LogConfig config = log.config();
        if (config.isDeleted()) {
            log.upkeep().times().read(() -> deleteOld(nowMs, config));
        } else if (!log.move().isHeld()) {
            log.upkeep().deleteSegmentsBefore(log.startOffset());
        }
    }

    private void deleteOld(long nowMs, LogConfig config) {
        if (log.move().isHeld()) {
            return; // soon again
        }
        long start = log.startOffset();
        LogSegments segments = log.segments();
        long excess =
                config.retentionBytes() < 0 ? -1 : segments.sizeInBytes() - config.retentionBytes();
        for (int i = 0; i < segments.count(); i++) {
            Segment segment = segments.get(i);
            long end = segments.endOf(i, log.endOffset());
            boolean isEmpty = segment.size() == 0 && i + 1 == segments.count();
            if (isEmpty || end > log.committedEnd()) {
                break;
            }
            boolean tooOld = isTooOld(segment, nowMs, config);
            boolean tooMuch = excess - segment.size() >= 0;
            if (!tooOld && !tooMuch) {
                break;
            }
            excess -= segment.size();
            start = end;
        }
        if (start > log.startOffset()) {
            if (start == log.endOffset()) {
                log.upkeep().roll(start, nowMs);
            }
            log.startAt(start);
        }
        log.upkeep().deleteSegmentsBefore(log.startOffset());
    }

    private static boolean isTooOld(Segment segment, long nowMs, LogConfig config) {
        Long newest = segment.maxTimestamp();
        long time = newest == null || newest < 0 ? segment.createdMs() : newest;
        return config.retentionMs() >= 0 && newest != null && nowMs - time > config.retentionMs();
    }
}
