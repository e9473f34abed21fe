package io.millrace.storage;

import io.millrace.protocol.Check;
import java.util.ArrayList;
import java.util.List;

/// The segments of a log in the order of their offsets; the last one is appended to. Never empty.
///
/// Owner thread: the log's loop.
final class LogSegments {
    private List<Segment> segments;
    private long bytes;

    LogSegments(List<Segment> segments) {
        Check.that(!segments.isEmpty(), "a log has no segment");
        this.segments = new ArrayList<>(segments);
        recount();
    }

    private void recount() {
        bytes = 0;
        for (int i = 0; i < segments.size() - 1; i++) {
            bytes += segments.get(i).size();
        }
    }

    Segment active() {
        return segments.getLast();
    }

    Segment first() {
        return segments.getFirst();
    }

    int count() {
        return segments.size();
    }

    Segment get(int index) {
        return segments.get(index);
    }

    List<Segment> all() {
        return List.copyOf(segments);
    }

    /// Of all segments.
    long sizeInBytes() {
        return bytes + active().size();
    }

    /// The index of the segment that holds the offset if any does; the first for an earlier one.
    int floor(long offset) {
        int low = 0;
        int high = segments.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (segments.get(middle).baseOffset() <= offset) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return Math.max(0, high);
    }

    /// Where the segment's offsets end: where the next one begins, or the log ends.
    long endOf(int index, long logEnd) {
        return index + 1 < segments.size() ? segments.get(index + 1).baseOffset() : logEnd;
    }

    /// Where the first segment from this offset on ends that is full and not stored yet; beyond
    /// everything when there is none.
    long storedEnd(long offset) {
        for (int i = floor(offset); i + 1 < segments.size(); i++) {
            if (segments.get(i).content() != null) {
                return segments.get(i + 1).baseOffset() - 1;
            }
        }
        return Long.MAX_VALUE;
    }

    void add(Segment segment) {
        Check.that(
                segment.baseOffset() > active().baseOffset(),
                "a segment begins before the last one");
        bytes += active().size();
        segments.add(segment);
    }

    /// The first `drop` segments were deleted.
    List<Segment> removeFirst(int drop) {
        Check.that(drop < segments.size(), "the segment that is appended to was deleted");
        List<Segment> removed = List.copyOf(segments.subList(0, drop));
        segments = new ArrayList<>(segments.subList(drop, segments.size()));
        recount();
        return removed;
    }

    /// Another segment has taken the place of these.
    void replace(List<Segment> old, List<Segment> fresh) {
        int at = segments.indexOf(old.getFirst());
        Check.that(
                at >= 0 && at + old.size() < segments.size(),
                "replaced segments are not in the log");
        segments.subList(at, at + old.size()).clear();
        segments.addAll(at, fresh);
        recount();
    }

    void replaceOne(Segment old, Segment fresh) {
        int at = segments.indexOf(old);
        if (at >= 0) {
            segments.set(at, fresh);
        }
    }
}
