package io.millrace.storage;

import io.millrace.protocol.Check;
import org.jspecify.annotations.Nullable;

/// One segment of a log as its loop knows it: what was appended, whether the writer has got that
/// far or not. The content of a sealed segment, its indexes above all, is dropped once it is on
/// disk.
///
/// Owner thread: the log's loop. The content of a sealed segment no longer changes and may be read
/// anywhere.
final class Segment {
    private final long baseOffset;
    private final SegmentFile file;
    private final long createdMs;
    private final int sealedSize;
    private @Nullable SegmentContent content;
    private @Nullable Long maxTimestamp;

    private Segment(
            long baseOffset,
            SegmentFile file,
            long createdMs,
            int sealedSize,
            @Nullable SegmentContent content) {
        this.baseOffset = baseOffset;
        this.file = file;
        this.createdMs = createdMs;
        this.sealedSize = sealedSize;
        this.content = content;
    }

    static Segment empty(long baseOffset, SegmentFile file, long nowMs) {
        return new Segment(baseOffset, file, nowMs, 0, new SegmentContent(baseOffset));
    }

    /// A segment whose indexes lie on disk, and whose times nobody has asked for yet.
    static Segment sealed(long baseOffset, SegmentFile file, long createdMs, int size) {
        return new Segment(baseOffset, file, createdMs, size, null);
    }

    static Segment of(SegmentContent content, long baseOffset, SegmentFile file, long createdMs) {
        return new Segment(baseOffset, file, createdMs, content.size(), content);
    }

    long baseOffset() {
        return baseOffset;
    }

    SegmentFile file() {
        return file;
    }

    int size() {
        return content == null ? sealedSize : content.size();
    }

    long createdMs() {
        return createdMs;
    }

    /// Null once it is on disk only.
    @Nullable
    SegmentContent content() {
        return content;
    }

    /// Of the segment that is appended to.
    SegmentContent growing() {
        if (content == null) {
            throw Check.failed("segment " + baseOffset + " is appended to and sealed");
        }
        return content;
    }

    /// The same segment, knowing only what does not lie on disk.
    Segment stored() {
        Segment stored = sealed(baseOffset, file, createdMs, size());
        stored.maxTimestamp = content == null ? maxTimestamp : Long.valueOf(content.maxTimestamp());
        return stored;
    }

    /// Null until somebody read it from disk; -1 when no record has a time.
    @Nullable
    Long maxTimestamp() {
        return content == null ? maxTimestamp : Long.valueOf(content.maxTimestamp());
    }

    void maxTimestamp(long found) {
        maxTimestamp = found;
    }

    /// What Kafka rolls by: how long ago the first record was written, by the records' clock where
    /// they have one.
    long ageAt(long nowMs, long newestTimestamp) {
        long first = growing().firstTimestamp();
        return first >= 0 ? newestTimestamp - first : nowMs - createdMs;
    }
}
