package io.millrace.storage;

import io.millrace.host.Disk;
import io.millrace.host.DiskFile;
import io.millrace.record.BatchReader;
import io.millrace.record.RecordBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One compaction of one log: first the offsets of the dirty part's keys are learnt, then all
/// segments up to there are written anew without what is superseded, several small ones into one.
///
/// Works in slices, between which the background's other work gets its turn. What it replaces is
/// put in place by {@link SegmentSwap}.
///
/// Owner thread: the background.
final class Compaction {
    private static final int SLICE_BYTES = 8 * 1024 * 1024;

    private final CompactionPlan plan;
    private final Disk disk;
    private final Path folder;
    private final OffsetMap latest;
    private final List<CompactionPlan.Source> group = new ArrayList<>();
    private int next;
    private long mappedTo;
    private @Nullable SourceWalk walk;
    private @Nullable RecordFilter filter;
    private @Nullable CleanedSegment cleaned;

    Compaction(CompactionPlan plan, long dedupeBytes) {
        this.plan = plan;
        this.disk = plan.log().directory().disk();
        this.folder = plan.log().tail().folder();
        this.latest = new OffsetMap(dedupeBytes);
        this.mappedTo = plan.firstDirty();
    }

    /// Where it ended: the next one begins there.
    long cleanedTo() {
        return mappedTo;
    }

    /// A finished group: replaces its segments, in their order.
    record Group(List<CompactionPlan.Source> sources, CleanedSegment cleaned) {
        Group {
            sources = List.copyOf(sources);
        }
    }

    /// Does a slice of learning; false when all that is to be learnt, or fits, is.
    boolean learn() throws IOException {
        int left = SLICE_BYTES;
        while (left > 0) {
            if (walk == null) {
                while (next < plan.sources().size()
                        && plan.sources().get(next).endOffset() <= plan.firstDirty()) {
                    next++;
                }
                if (next == plan.sources().size()) {
                    return endOfLearning();
                }
                walk = new SourceWalk(plan.sources().get(next));
            }
            if (!walk.next()) {
                mappedTo = plan.sources().get(next++).endOffset();
                walk = null;
            } else if (!learn(walk)) {
                return endOfLearning();
            } else {
                left -= walk.size();
            }
        }
        return true;
    }

    private boolean endOfLearning() {
        next = 0;
        walk = null;
        filter = new RecordFilter(latest, mappedTo, plan);
        return false;
    }

    /// False when the map is full: the compaction ends before this batch.
    private boolean learn(SourceWalk at) throws IOException {
        ByteBuffer batch = at.batch();
        if (RecordBatch.isControl(batch, 0)) {
            return true;
        }
        try (BatchReader reader = new BatchReader(Integer.MAX_VALUE - 64)) {
            reader.begin(batch);
            reader.nextBatch();
            while (reader.nextRecord()) {
                if (latest.isFull()) {
                    mappedTo = RecordBatch.baseOffset(batch, 0);
                    return false;
                }
                ByteBuffer key = reader.key();
                if (key != null && reader.offset() >= plan.firstDirty()) {
                    latest.put(key, reader.offset());
                }
            }
        }
        return true;
    }

    /// Does a slice of writing; null while a group is under way, or when it is finished.
    @Nullable
    Group write() throws IOException {
        int left = SLICE_BYTES;
        while (left > 0) {
            if (walk == null) {
                if (isDone() || !group.isEmpty() && !joins(plan.sources().get(next))) {
                    return finishGroup();
                }
                begin(plan.sources().get(next));
            }
            SourceWalk at = requireWalk();
            if (!at.next()) {
                next++;
                walk = null;
            } else {
                left -= at.size();
                keep(at.batch());
            }
        }
        return null;
    }

    boolean isFinished() {
        return isDone() && cleaned == null;
    }

    /// Whether every segment was gone through; segments that the map does not reach stay as they
    /// are.
    private boolean isDone() {
        return next == plan.sources().size()
                || plan.sources().get(next).segment().baseOffset() >= mappedTo;
    }

    private SourceWalk requireWalk() {
        if (walk == null) {
            throw new IllegalStateException("bug: no segment is being compacted");
        }
        return walk;
    }

    private boolean joins(CompactionPlan.Source source) {
        long first = group.getFirst().segment().baseOffset();
        long size = cleaned == null ? 0 : cleaned.content().size();
        LogConfig config = plan.log().config();
        return size + source.segment().size() <= config.segmentBytes()
                && source.endOffset() - 1 - first <= Integer.MAX_VALUE;
    }

    private void begin(CompactionPlan.Source source) throws IOException {
        if (cleaned == null) {
            cleaned = new CleanedSegment(disk, folder, source.segment().baseOffset());
        }
        group.add(source);
        walk = new SourceWalk(source);
    }

    private void keep(ByteBuffer batch) throws IOException {
        if (filter == null || cleaned == null) {
            throw new IllegalStateException("bug: a compaction writes before it has learnt");
        }
        ByteBuffer left = filter.filter(batch);
        if (left != null) {
            int size = RecordBatch.sizeInBytes(left, 0);
            cleaned.append(left, 0, size, plan.log().config().indexIntervalBytes());
        }
    }

    private @Nullable Group finishGroup() throws IOException {
        CleanedSegment done = cleaned;
        if (done == null) {
            return null;
        }
        done.readyToSwap();
        Group finished = new Group(group, done);
        group.clear();
        cleaned = null;
        return finished;
    }

    /// Ends it, whether it came to its end or not.
    void close() throws IOException {
        if (filter != null) {
            filter.close();
        }
        if (cleaned != null) {
            cleaned.discard();
        }
        plan.release();
    }

    /// The batches of one segment, whole.
    private static final class SourceWalk {
        private final HeaderWalk headers;
        private final BatchBytes bytes;

        SourceWalk(CompactionPlan.Source source) throws IOException {
            DiskFile file = source.segment().file().open();
            this.headers = new HeaderWalk(file, 0, source.segment().size());
            this.bytes = new BatchBytes(file);
        }

        boolean next() throws IOException {
            return headers.next();
        }

        int size() {
            return headers.size();
        }

        /// At 0; valid until the next call.
        ByteBuffer batch() throws IOException {
            int at = bytes.load(headers.position(), headers.size());
            return bytes.buffer().slice(at, headers.size());
        }
    }
}
