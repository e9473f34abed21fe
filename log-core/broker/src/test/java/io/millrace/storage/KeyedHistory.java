package io.millrace.storage;

import static java.util.Objects.requireNonNull;

import io.millrace.sim.InvariantBroken;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/// What a log of keyed records has promised, for [CleaningSimulationTest]: a map of all that was
/// ever appended, how far that is acknowledged, and where the log may begin.
final class KeyedHistory {
    private record Appended(String text, long timestampMs, int batchBytes) {
        String key() {
            return text.substring(0, text.indexOf('='));
        }

        boolean isTombstone() {
            return text.endsWith("=");
        }
    }

    private final String topic;
    private final LogConfig config;
    private final TreeMap<Long, Appended> records = new TreeMap<>();
    private long acknowledgedEnd;
    /// What was shown: it does not fall while the disk keeps what it was given.
    private long start;
    /// What must survive a loss of power.
    private long durableStart;
    /// What may be deleted at most.
    private long allowedStart;

    KeyedHistory(String topic, LogConfig config) {
        this.topic = topic;
        this.config = config;
    }

    private InvariantBroken broken(String invariant, String what) {
        return new InvariantBroken(invariant, topic + ": " + what);
    }

    private long end() {
        return records.isEmpty() ? start : Math.max(start, records.lastKey() + 1);
    }

    /// The size of a batch is counted with its first record.
    void appended(long base, List<String> texts, long nowMs, int batchBytes) {
        if (base != end()) {
            throw broken("OffsetsAreGivenOnce", "offset " + base + " after " + end());
        }
        for (int i = 0; i < texts.size(); i++) {
            records.put(base + i, new Appended(texts.get(i), nowMs, i == 0 ? batchBytes : 0));
        }
    }

    void acknowledged(long end) {
        acknowledgedEnd = Math.max(acknowledgedEnd, end);
    }

    /// DeleteRecords, which need not be done yet.
    void deletes(long to) {
        allowedStart = Math.max(allowedStart, to);
    }

    void startIsDurable(long at) {
        durableStart = Math.max(durableStart, at);
    }

    /// Retention may have taken what it must not.
    void startMoved(long to, long nowMs) {
        if (to < start) {
            throw broken("StartNeverFalls", "from " + start + " to " + to);
        }
        long bytesKept = records.tailMap(to, true).values().stream()
                .mapToLong(Appended::batchBytes)
                .sum();
        boolean isTooMuch = config.retentionBytes() >= 0 && bytesKept >= config.retentionBytes();
        records.subMap(Math.max(start, allowedStart), Math.max(to, Math.max(start, allowedStart)))
                .forEach((offset, record) -> {
                    boolean isTooOld = config.retentionMs() >= 0
                            && nowMs - record.timestampMs > config.retentionMs();
                    if (!isTooOld && !isTooMuch && !mayBeCompacted(offset, record, nowMs)) {
                        throw broken("WithinRetentionStays", offset + " is gone: " + record);
                    }
                });
        start = to;
        allowedStart = Math.max(allowedStart, to);
    }

    private boolean mayBeCompacted(long offset, Appended record, long nowMs) {
        return config.isCompacted()
                && (mayBeGone(record, nowMs)
                        || records.tailMap(offset, false).values().stream()
                                .anyMatch(later -> later.key().equals(record.key())));
    }

    private boolean mayBeGone(Appended record, long nowMs) {
        return record.isTombstone() && nowMs - record.timestampMs > config.deleteRetentionMs();
    }

    /// What was renamed or deleted but not synced may be back.
    void powerIsLost() {
        start = Math.min(start, durableStart);
    }

    /// After a start, there was no log of this topic.
    void isGone() {
        if (acknowledgedEnd > 0) {
            throw broken("AcknowledgedIsKept", "it is gone");
        }
        records.clear();
    }

    void recovered(PartitionLog log) {
        if (log.endOffset() < acknowledgedEnd) {
            throw broken(
                    "AcknowledgedIsKept",
                    "it ends at " + log.endOffset() + ", acknowledged was " + acknowledgedEnd);
        }
        if (log.endOffset() > end()) {
            throw broken("NothingIsMadeUp", "it ends at " + log.endOffset() + ", not " + end());
        }
        if (log.startOffset() < start) {
            throw broken("StartNeverFalls", "from " + start + " to " + log.startOffset());
        }
        if (log.startOffset() > allowedStart) {
            throw broken(
                    "WithinRetentionStays",
                    "it starts at " + log.startOffset() + ", deleted was up to " + allowedStart);
        }
        start = log.startOffset();
        records.tailMap(log.endOffset(), true).clear();
        acknowledgedEnd = log.endOffset();
    }

    /// @param read `offset:key=value` of all that is in the log
    void check(List<String> read, long logStart, long nowMs) {
        Map<String, Long> found = new HashMap<>();
        Set<Long> offsets = new HashSet<>();
        long before = -1;
        for (String text : read) {
            long offset = Long.parseLong(text.substring(0, text.indexOf(':')));
            Appended record = records.get(offset);
            String content = text.substring(text.indexOf(':') + 1);
            if (offset <= before || record == null || !record.text.equals(content)) {
                throw broken("NothingIsMadeUp", text + " behind " + before + " is " + record);
            }
            before = offset;
            offsets.add(offset);
            if (offset >= logStart) {
                found.put(record.key(), offset);
            }
        }
        // Of what was deleted before a loss of power, some may be back and some not.
        NavigableMap<Long, Appended> wanted =
                records.subMap(Math.max(logStart, allowedStart), true, Long.MAX_VALUE, true);
        if (config.isCompacted()) {
            checkKeys(wanted, found, nowMs);
        } else {
            wanted.headMap(acknowledgedEnd).keySet().forEach(offset -> {
                if (!offsets.contains(offset)) {
                    throw broken("WithinRetentionStays", "no record at " + offset + ": " + read);
                }
            });
        }
    }

    private void checkKeys(
            NavigableMap<Long, Appended> wanted, Map<String, Long> found, long nowMs) {
        Map<String, Long> last = new TreeMap<>();
        wanted.headMap(acknowledgedEnd).forEach((offset, record) -> last.put(record.key(), offset));
        last.forEach((key, offset) -> {
            Appended record = requireNonNull(records.get(offset));
            Long there = found.get(key);
            if (there == null ? !mayBeGone(record, nowMs) : there < offset) {
                throw broken(
                        "LastValueStays",
                        "the last of " + key + " is " + record + " at " + offset + ", found was "
                                + there);
            }
        });
    }
}
