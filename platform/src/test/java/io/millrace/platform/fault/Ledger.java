package io.millrace.platform.fault;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What the node has acknowledged, and so must never lose. Any thread may write and read it.
final class Ledger {
    /// Where a value was acknowledged to lie.
    record Place(String topic, int partition, long offset) {}

    /// Everything up to a moment.
    record Sums(
            Map<String, Place> records,
            Map<Integer, Long> commits,
            Map<String, String> topics,
            List<String> deleted) {}

    private final Map<String, Place> records = new TreeMap<>();
    private final Map<Integer, Long> commits = new TreeMap<>();
    private final Map<String, String> topics = new TreeMap<>();
    private final List<String> deleted = new ArrayList<>();
    private Optional<Exception> broken = Optional.empty();
    private int commitsDone;

    synchronized void stored(String value, Place place) {
        records.put(value, place);
        notifyAll();
    }

    synchronized void committed(int partition, long offset) {
        commits.merge(partition, offset, Math::max);
        commitsDone++;
        notifyAll();
    }

    /// A topic exists with this `retention.ms`.
    synchronized void created(String topic, String retention) {
        topics.put(topic, retention);
        notifyAll();
    }

    synchronized void deleted(String topic) {
        deleted.add(topic);
    }

    /// A client failed where it must not.
    synchronized void broken(Exception reason) {
        if (broken.isEmpty()) {
            broken = Optional.of(reason);
        }
        notifyAll();
    }

    synchronized void check() {
        broken.ifPresent(reason -> {
            throw new AssertionError("a client failed", reason);
        });
    }

    /// Waits until so many more records, commits and topics were acknowledged.
    synchronized void awaitMore(int moreRecords, int moreCommits, int moreTopics)
            throws InterruptedException {
        int wantedRecords = records.size() + moreRecords;
        int wantedCommits = commitsDone + moreCommits;
        int wantedTopics = topics.size() + moreTopics;
        long deadline = System.currentTimeMillis() + 120_000;
        while (records.size() < wantedRecords
                || commitsDone < wantedCommits
                || topics.size() < wantedTopics) {
            check();
            long left = deadline - System.currentTimeMillis();
            if (left <= 0) {
                throw new AssertionError("too little is acknowledged: " + records.size() + "/"
                        + wantedRecords + " records, " + commitsDone + "/" + wantedCommits
                        + " commits, " + topics.size() + "/" + wantedTopics + " topics");
            }
            wait(left);
        }
    }

    synchronized Map<String, Place> records() {
        return new TreeMap<>(records);
    }

    synchronized Sums sums() {
        return new Sums(
                new TreeMap<>(records),
                new TreeMap<>(commits),
                new TreeMap<>(topics),
                List.copyOf(deleted));
    }
}
