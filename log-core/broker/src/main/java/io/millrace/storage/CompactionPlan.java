package io.millrace.storage;

import io.millrace.record.ProducerState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Whether a log should be compacted, and what of it may be: everything before the segment that is
/// appended to, before the high watermark, and older than `min.compaction.lag.ms`.
///
/// @param sources all segments before `end`, from the log's first on; each one's file is retained
/// @param firstDirty where the last compaction ended
/// @param end where this one ends at the latest
/// @param lastOffsets of each producer that is remembered: the batch that holds its last sequence
///     stays, if only as an empty shell
record CompactionPlan(
        PartitionLog log,
        int generation,
        List<Source> sources,
        long firstDirty,
        long end,
        long nowMs,
        Map<Long, Long> lastOffsets) {
    CompactionPlan {
        sources = List.copyOf(sources);
    }

    /// A segment that is to be compacted.
    record Source(Segment segment, long endOffset) {}

    /// Empty when there is nothing to do yet. On the log's loop; the times of its segments are
    /// known.
    static List<CompactionPlan> of(PartitionLog log, long cleanedTo, long nowMs) {
        LogConfig config = log.config();
        LogSegments segments = log.segments();
        long firstDirty =
                cleanedTo < log.startOffset() || cleanedTo > segments.active().baseOffset()
                        ? segments.first().baseOffset()
                        : cleanedTo;
        List<Source> sources = new ArrayList<>();
        long clean = 0;
        long dirty = 0;
        boolean isOverdue = false;
        long end = segments.first().baseOffset();
        for (int i = 0; i + 1 < segments.count(); i++) {
            Segment segment = segments.get(i);
            long segmentEnd = segments.endOf(i, log.endOffset());
            long time = timeOf(segment);
            boolean isYoung =
                    config.minCompactionLagMs() > 0 && time > nowMs - config.minCompactionLagMs();
            if (segmentEnd > log.committedEnd() || isYoung && segmentEnd > firstDirty) {
                break;
            }
            sources.add(new Source(segment, segmentEnd));
            end = segmentEnd;
            if (segmentEnd <= firstDirty) {
                clean += segment.size();
            } else {
                dirty += segment.size();
                isOverdue |= nowMs - time > config.maxCompactionLagMs();
            }
        }
        boolean isDirty =
                dirty > 0 && (double) dirty / (clean + dirty) > config.minCleanableDirtyRatio();
        if (end <= firstDirty || !isDirty && !isOverdue || !retainAll(sources)) {
            return List.of();
        }
        return List.of(new CompactionPlan(
                log, log.generation(), sources, firstDirty, end, nowMs, lastOffsets(log)));
    }

    private static long timeOf(Segment segment) {
        Long newest = segment.maxTimestamp();
        return newest == null || newest < 0 ? segment.createdMs() : newest;
    }

    private static boolean retainAll(List<Source> sources) {
        for (int i = 0; i < sources.size(); i++) {
            if (!sources.get(i).segment.file().retain()) {
                sources.subList(0, i).forEach(source -> source.segment.file().release());
                return false;
            }
        }
        return true;
    }

    private static Map<Long, Long> lastOffsets(PartitionLog log) {
        Map<Long, Long> last = new TreeMap<>();
        for (ProducerState producer : log.producers().producers()) {
            if (producer.lastOffset() >= 0) {
                last.put(producer.producerId(), producer.lastOffset());
            }
        }
        return last;
    }

    void release() {
        sources.forEach(source -> source.segment.file().release());
    }
}
