package io.millrace.storage;

import io.millrace.record.BatchReader;
import io.millrace.sim.InvariantBroken;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a partition has promised so far, as a dumb model of it: a map of what was appended where,
/// and how far that was acknowledged. The checks are the invariants of the crash simulation.
final class TopicHistory {
    private final String topic;
    private final TreeMap<Long, String> appended = new TreeMap<>();
    private long acknowledgedEnd;
    private long start;
    private long durableStart;

    TopicHistory(String topic) {
        this.topic = topic;
    }

    String topic() {
        return topic;
    }

    List<String> values(long from, long to) {
        return List.copyOf(appended.subMap(from, to).values());
    }

    long offsetOf(String value) {
        return appended.entrySet().stream()
                .filter(entry -> entry.getValue().equals(value))
                .mapToLong(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    void append(long offset, String value) {
        String before = appended.put(offset, value);
        if (before != null) {
            throw new InvariantBroken(
                    "OffsetsAreGivenOnce",
                    topic + " at " + offset + ": " + before + ", then " + value);
        }
    }

    /// Everything below may have been told to producers as safe, and shown to consumers.
    void acknowledge(long end) {
        acknowledgedEnd = Math.max(acknowledgedEnd, end);
    }

    private long appendedEnd() {
        return appended.isEmpty() ? start : Math.max(start, appended.lastKey() + 1);
    }

    /// After a start, there was no log of this topic.
    void isGone() {
        if (acknowledgedEnd > 0) {
            throw new InvariantBroken("AcknowledgedIsKept", topic + " is gone");
        }
        appended.clear();
    }

    void startMoves(long to) {
        start = Math.max(start, to);
    }

    void startIsDurable(long at) {
        durableStart = Math.max(durableStart, at);
    }

    /// Everything from here on was refused by the disk, and its offsets are free again.
    void drop(long from) {
        if (from < acknowledgedEnd) {
            throw new InvariantBroken(
                    "AcknowledgedIsKept",
                    topic + " drops from " + from + " what was acknowledged up to "
                            + acknowledgedEnd);
        }
        appended.tailMap(from, true).clear();
    }

    /// Checks that a chunk of batches, as it was read, is what was appended there.
    void checkRead(ByteBuffer batches, BatchReader reader) {
        reader.begin(batches);
        while (reader.nextBatch()) {
            reader.checkCrc();
            while (reader.nextRecord()) {
                String expected = appended.get(reader.offset());
                String value = text(reader.value());
                if (!value.equals(expected)) {
                    throw new InvariantBroken(
                            "RecoveredLogIsAPrefixOfWritten",
                            topic + " at " + reader.offset() + ": read " + value + ", written "
                                    + expected);
                }
            }
        }
    }

    /// After a start: what the log says about itself.
    void checkRecovered(long recoveredStart, long recoveredEnd) {
        if (recoveredEnd < acknowledgedEnd) {
            throw new InvariantBroken(
                    "AcknowledgedIsKept",
                    topic + " ends at " + recoveredEnd + ", acknowledged was " + acknowledgedEnd);
        }
        if (recoveredEnd > appendedEnd()) {
            throw new InvariantBroken(
                    "RecoveredLogIsAPrefixOfWritten",
                    topic + " ends at " + recoveredEnd + ", written was " + appendedEnd());
        }
        if (recoveredStart < durableStart) {
            throw new InvariantBroken(
                    "DeletedStaysDeleted",
                    topic + " starts at " + recoveredStart + ", deleted was " + durableStart);
        }
        if (recoveredStart > start) {
            throw new InvariantBroken(
                    "AcknowledgedIsKept",
                    topic + " starts at " + recoveredStart + ", deleted was only " + start);
        }
    }

    /// After all of it was read again: the model goes on from what is there.
    void recovered(long recoveredStart, long recoveredEnd, Set<Long> offsetsRead) {
        // What was to be deleted may be there in part.
        start = Math.max(start, recoveredStart);
        for (long offset = start; offset < recoveredEnd; offset++) {
            if (!offsetsRead.contains(offset)) {
                throw new InvariantBroken(
                        "AcknowledgedIsKept", topic + " has no record at " + offset);
            }
        }
        appended.tailMap(recoveredEnd, true).clear();
        acknowledgedEnd = recoveredEnd;
    }

    boolean contains(String value) {
        return appended.containsValue(value);
    }

    /// Values are PRODUCER:NUMBER, the numbers of a producer rise by one.
    void checkProducers() {
        Map<String, Integer> last = new HashMap<>();
        Set<String> seen = new HashSet<>();
        for (Map.Entry<Long, String> entry : appended.entrySet()) {
            String value = entry.getValue();
            int colon = value.indexOf(':');
            String producer = value.substring(0, colon);
            int number = Integer.parseInt(value.substring(colon + 1));
            if (!seen.add(value)) {
                throw new InvariantBroken(
                        "NoDuplicateWithIdempotence",
                        topic + " has " + value + " twice, again at " + entry.getKey());
            }
            Integer before = last.put(producer, number);
            if (before != null && number != before + 1) {
                throw new InvariantBroken(
                        "OrderIsKept",
                        topic + " at " + entry.getKey() + ": " + value + " follows " + producer
                                + ":" + before);
            }
        }
    }

    static String text(@Nullable ByteBuffer value) {
        return value == null ? "" : StandardCharsets.UTF_8.decode(value).toString();
    }
}
