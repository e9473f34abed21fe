package io.millrace.storage;

import io.millrace.host.DiskFull;
import io.millrace.protocol.CorruptLog;
import io.millrace.protocol.MalformedFrame;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Compacts the logs of a directory, one at a time.
///
/// Owner thread: `consider` the log's loop; the slices of a compaction the background; what it
/// finished is put in place on the log's loop, and on disk in the background again.
final class Compactor {
    private static final Logger LOG = LoggerFactory.getLogger(Compactor.class);

    private final LogDirectory directory;
    private final AtomicBoolean busy = new AtomicBoolean();
    private final Map<LogId, Long> cleanedTo = new ConcurrentSkipListMap<>();

    Compactor(LogDirectory directory) {
        this.directory = directory;
    }

    void startFrom(Map<LogId, Long> checkpoint) {
        cleanedTo.putAll(checkpoint);
    }

    /// The log lies in the other's directory now.
    void handOver(LogId id, Compactor other) {
        Long point = cleanedTo.remove(id);
        if (point != null) {
            other.cleanedTo.put(id, point);
        }
    }

    /// A log of this name begins anew.
    void forget(LogId id) {
        cleanedTo.remove(id);
    }

    /// Begins to compact the log if that is due and nothing else is being compacted.
    void consider(PartitionLog log) {
        if (!log.config().isCompacted() || busy.get() || !isWorkable(log)) {
            return;
        }
        log.upkeep().times().read(() -> {
            if (isWorkable(log) && busy.compareAndSet(false, true)) {
                long from = cleanedTo.getOrDefault(log.id(), 0L);
                List<CompactionPlan> due =
                        CompactionPlan.of(log, from, log.loop().nowMs());
                if (due.isEmpty()) {
                    busy.set(false);
                } else {
                    long dedupeBytes = directory.settings().cleanerDedupeBytes();
                    Run run = new Run(log, new Compaction(due.getFirst(), dedupeBytes));
                    directory.background().execute(run::learn);
                }
            }
        });
    }

    private boolean isWorkable(PartitionLog log) {
        return !log.isClosed()
                && !log.isChanging()
                && !log.move().isUnderWay()
                && log.directory() == directory
                && directory.isOnline()
                && !directory.isFull();
    }

    private interface Slice {
        void run() throws IOException;
    }

    /// One log's compaction under way.
    private final class Run {
        private final PartitionLog log;
        private final Compaction compaction;
        private final LogTail tail;
        private final Path folder;
        private final int generation;

        Run(PartitionLog log, Compaction compaction) {
            this.log = log;
            this.compaction = compaction;
            this.tail = log.tail();
            this.folder = tail.folder();
            this.generation = log.generation();
        }

        void learn() {
            attempt(() -> {
                boolean more = compaction.learn();
                directory.background().execute(more ? this::learn : this::write);
            });
        }

        void write() {
            attempt(() -> {
                Compaction.Group finished = compaction.write();
                if (finished != null) {
                    log.loop().execute(() -> replace(finished));
                } else if (compaction.isFinished()) {
                    end();
                } else {
                    directory.background().execute(this::write);
                }
            });
        }

        /// On the loop: from here on readers find the cleaned segment.
        private void replace(Compaction.Group group) {
            List<Segment> old = current(group);
            if (old.isEmpty()) {
                directory
                        .background()
                        .execute(() -> attempt(() -> {
                            group.cleaned().discard();
                            abandon();
                        }));
                return;
            }
            SegmentFile file = new SegmentFile(
                    directory.disk(), group.cleaned().swapPath(), directory.background());
            Segment fresh = Segment.of(
                    group.cleaned().content(),
                    old.getFirst().baseOffset(),
                    file,
                    old.getLast().createdMs());
            log.segments().replace(old, List.of(fresh));
            directory.background().execute(() -> attempt(() -> place(group, old, fresh)));
        }

        /// The group's segments as they are now; empty when some were deleted or truncated
        /// meanwhile, or the log is being moved: its copy may have a value already and must then
        /// get the tombstone too, which a cleaned segment may lack.
        private List<Segment> current(Compaction.Group group) {
            List<Segment> current = new ArrayList<>();
            boolean isOver = log.isClosed() || log.generation() != generation;
            if (isOver || log.move().isUnderWay()) {
                return current;
            }
            for (CompactionPlan.Source source : group.sources()) {
                Segment now =
                        log.segments().get(log.segments().floor(source.segment().baseOffset()));
                if (now.file() != source.segment().file()) {
                    return List.of();
                }
                current.add(now);
            }
            return current;
        }

        private void place(Compaction.Group group, List<Segment> old, Segment fresh)
                throws IOException {
            synchronized (tail.files()) {
                if (directory.isClosed() || log.isClosed()) {
                    abandon(); // the next start finishes the swap
                    return;
                }
                for (Segment segment : old) {
                    log.upkeep().removeFiles(segment, tail, false);
                }
                group.cleaned().takePlace(fresh.file());
            }
            log.loop().execute(() -> log.segments().replaceOne(fresh, fresh.stored()));
            if (compaction.isFinished()) {
                end();
            } else {
                write();
            }
        }

        private void end() throws IOException {
            cleanedTo.put(log.id(), compaction.cleanedTo());
            Map<LogId, Long> points = new TreeMap<>();
            for (PartitionLog each : directory.logs()) {
                Long point = cleanedTo.get(each.id());
                if (point != null) {
                    points.put(each.id(), point);
                }
            }
            cleanedTo.keySet().retainAll(points.keySet());
            directory.write(FileNames.CLEANER_POINTS, points);
            abandon();
        }

        private void abandon() throws IOException {
            try {
                compaction.close();
            } finally {
                busy.set(false);
            }
        }

        private void attempt(Slice slice) {
            try {
                if (directory.isClosed() || !directory.isOnline() || isGone()) {
                    abandon();
                } else {
                    slice.run();
                }
            } catch (DiskFull e) {
                LOG.atWarn()
                        .setCause(e)
                        .addKeyValue("partition", log.id())
                        .log("No room to compact");
                giveUp();
            } catch (CorruptLog | MalformedFrame e) {
                LOG.atError()
                        .setCause(e)
                        .addKeyValue("partition", log.id())
                        .log("A segment is damaged: not compacting it");
                giveUp();
            } catch (NoSuchFileException e) {
                giveUp();
                if (!isGone()) {
                    directory.failed("A compaction failed: " + e.getMessage(), e);
                }
            } catch (IOException e) {
                giveUp();
                directory.failed("A compaction failed: " + e.getMessage(), e);
            }
        }

        /// Deleted or moved. Its folder may get another name at any time.
        private boolean isGone() {
            synchronized (tail.files()) {
                return log.isClosed() || !tail.folder().equals(folder);
            }
        }

        private void giveUp() {
            try {
                abandon();
            } catch (IOException e) {
                LOG.atWarn().setCause(e).log("Could not remove what a compaction left");
            }
        }
    }
}
