package io.millrace.storage;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;

/// Reads the largest times of sealed segments from their indexes, which retention asks for and
/// nobody did before.
///
/// Owner thread: the log's loop, except where a method says otherwise.
final class OldestTimes {
    private record Found(Segment segment, long maxTimestamp) {}

    private final PartitionLog log;

    OldestTimes(PartitionLog log) {
        this.log = log;
    }

    /// Runs `then` on the loop: now, or when the times were read.
    void read(Runnable then) {
        List<Segment> unknown = new ArrayList<>();
        for (Segment segment : log.segments().all()) {
            if (segment.maxTimestamp() == null && segment.file().retain()) {
                unknown.add(segment);
            }
        }
        if (unknown.isEmpty()) {
            then.run();
            return;
        }
        LogDirectory directory = log.directory();
        directory.background().execute(() -> {
            List<Found> found = find(unknown, directory);
            log.loop().execute(() -> {
                for (Found each : found) {
                    each.segment.maxTimestamp(each.maxTimestamp);
                }
                if (!log.isClosed()) {
                    then.run();
                }
            });
        });
    }

    /// In the background. The log may be deleted or moved meanwhile.
    private static List<Found> find(List<Segment> unknown, LogDirectory directory) {
        List<Found> found = new ArrayList<>();
        try {
            for (Segment segment : unknown) {
                StoredIndex stored = new StoredIndex(
                        directory.disk(), segment.file().path(), segment.baseOffset());
                if (stored.exists()) {
                    found.add(new Found(segment, stored.last().timestamp()));
                }
            }
        } catch (NoSuchFileException e) {
            // The rest is read when it is asked for again.
            return found;
        } catch (IOException e) {
            directory.failed("Cannot read a time index: " + e.getMessage(), e);
        } finally {
            unknown.forEach(segment -> segment.file().release());
        }
        return found;
    }
}
