package io.millrace.storage;

import io.millrace.host.Disk;
import io.millrace.host.DiskFile;
import io.millrace.protocol.CorruptLog;
import io.millrace.record.ProducerStates;
import io.millrace.record.RecordBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds out what lies in a log's folder.
///
/// After a clean stop the checkpoint says where the log ends, and only the batches behind the last
/// index entry are looked at, to see that it is so. Otherwise everything from the recovery point on
/// is read and checked, and the log is cut where the first batch is damaged or not whole. **Only
/// there**: what lies before the recovery point was synced, so damage there is the disk's fault,
/// and is reported when it is read and never cut off.
///
/// Owner thread: whoever starts the node, or the writer.
final class LogLoader {
    private static final Logger LOG = LoggerFactory.getLogger(LogLoader.class);
    private static final int FEW_BYTES = 64 * 1024;

    /// @param recoveryPoint from the checkpoint; 0 when it has none @param checkFrom what must be
    /// checked; the recovery point, or higher when the process lived on @param clean whether the
    /// node was stopped in order
    record Plan(long startOffset, long recoveryPoint, long checkFrom, boolean clean) {}

    private final Disk disk;
    private final Executor background;
    private final long producerExpirationMs;

    LogLoader(Disk disk, Executor background, long producerExpirationMs) {
        this.disk = disk;
        this.background = background;
        this.producerExpirationMs = producerExpirationMs;
    }

    LoadedLog load(Path folder, LogConfig config, Plan plan) throws IOException {
        SegmentFiles files = SegmentFiles.tidy(disk, folder);
        List<Long> bases = files.bases();
        LeaderEpochs epochs = files.has(FileNames.LEADER_EPOCHS)
                ? CheckpointFile.readEpochs(disk, folder.resolve(FileNames.LEADER_EPOCHS))
                : new LeaderEpochs();
        if (bases.isEmpty()) {
            return empty(folder, plan, epochs);
        }
        Loading loading = new Loading(folder, config, plan, epochs, files);
        boolean isSure = plan.clean && epochs.size() > 0 && plan.recoveryPoint >= bases.getLast();
        LoadedLog loaded =
                isSure && loading.trust(bases) ? loading.result(true) : loading.recover(bases);
        return loaded.endOffset() < plan.startOffset ? startOver(loaded, folder, plan) : loaded;
    }

    /// What there is of a log that was just thought of, and will begin at this offset.
    LoadedLog nothing(Path folder, long base) {
        return empty(folder, new Plan(base, base, base, true), new LeaderEpochs());
    }

    private LoadedLog empty(Path folder, Plan plan, LeaderEpochs epochs) {
        epochs.truncateFrom(plan.startOffset);
        Segment first = Segment.empty(plan.startOffset, file(folder, plan.startOffset), 0);
        return new LoadedLog(
                List.of(first),
                plan.startOffset,
                plan.startOffset,
                plan.startOffset,
                epochs,
                new ProducerStates(producerExpirationMs),
                true);
    }

    /// Everything before the start was deleted on purpose, and what was after it never reached the
    /// disk.
    private LoadedLog startOver(LoadedLog loaded, Path folder, Plan plan) throws IOException {
        for (Segment segment : loaded.segments()) {
            segment.file().release();
            SegmentFiles.delete(disk, folder, segment.baseOffset());
        }
        disk.syncDirectory(folder);
        return empty(folder, plan, loaded.epochs());
    }

    private SegmentFile file(Path folder, long base) {
        return new SegmentFile(disk, folder.resolve(FileNames.of(base, FileNames.LOG)), background);
    }

    /// The work on one log.
    private final class Loading {
        private final Path folder;
        private final LogConfig config;
        private final Plan plan;
        private final LeaderEpochs epochs;
        private final List<Segment> segments = new ArrayList<>();
        private final ProducerStates producers = new ProducerStates(producerExpirationMs);
        private final SegmentFiles files;
        private final ProducerSnapshots snapshots;
        private boolean hasChangedFiles;
        private long producersFrom;
        private long endOffset;

        Loading(Path folder, LogConfig config, Plan plan, LeaderEpochs epochs, SegmentFiles files) {
            this.folder = folder;
            this.config = config;
            this.plan = plan;
            this.epochs = epochs;
            this.files = files;
            this.snapshots = new ProducerSnapshots(disk, folder, files.snapshots());
        }

        LoadedLog result(boolean isStored) throws IOException {
            // A snapshot of what was cut off must not come back, nor the cut segments.
            if (snapshots.deleteBehind(endOffset) || hasChangedFiles) {
                disk.syncDirectory(folder);
            }
            long start = Math.max(plan.startOffset, segments.getFirst().baseOffset());
            epochs.truncateFrom(endOffset);
            epochs.truncateBefore(start);
            long durable = Math.min(plan.recoveryPoint, endOffset);
            return new LoadedLog(segments, start, endOffset, durable, epochs, producers, isStored);
        }

        /// False when something is not as a clean stop leaves it.
        boolean trust(List<Long> bases) throws IOException {
            for (long base : bases.subList(0, bases.size() - 1)) {
                segments.add(sealed(base));
            }
            long base = bases.getLast();
            SegmentFile file = file(folder, base);
            int size = Math.toIntExact(disk.size(file.path()));
            if (size == 0) {
                segments.add(Segment.empty(base, file, modifiedMs(file)));
                endOffset = base;
                return plan.recoveryPoint == base && trustProducers();
            }
            try {
                SegmentContent content =
                        size <= FEW_BYTES ? scanned(base, file) : indexed(base, file, size);
                // The file's age counts only where its records have none.
                long createdMs = content.firstTimestamp() >= 0 ? 0 : modifiedMs(file);
                segments.add(Segment.of(content, base, file, createdMs));
            } catch (CorruptLog | NoSuchFileException e) {
                LOG.atWarn()
                        .setCause(e)
                        .addKeyValue("folder", folder)
                        .log("The node was stopped in order, but this log was not: recovering it");
                return false;
            }
            return endOffset == plan.recoveryPoint && trustProducers();
        }

        /// Of a small segment everything is looked at: that is less work than to open its indexes.
        private SegmentContent scanned(long base, SegmentFile file) throws IOException {
            SegmentScan scan = SegmentScan.read(
                    file.open(),
                    new SegmentScan.Plan(base, Long.MAX_VALUE, config.indexIntervalBytes()),
                    (_, _) -> {});
            if (!scan.damage().isEmpty()) {
                throw new CorruptLog(scan.damage());
            }
            endOffset = scan.endOffset();
            return scan.content();
        }

        private SegmentContent indexed(long base, SegmentFile file, int size) throws IOException {
            SegmentIndex index = new StoredIndex(disk, file.path(), base).read();
            endOffset = lastOffset(file.open(), index.lastPosition(), size) + 1;
            return new SegmentContent(base, index, size, firstTimestamp(file.open()));
        }

        /// Where no snapshot was ever taken, no producer was ever idempotent.
        private boolean trustProducers() throws IOException {
            return snapshots.isEmpty() || snapshots.loadNewest(producers, endOffset) == endOffset;
        }

        private Segment sealed(long base) throws IOException {
            SegmentFile file = file(folder, base);
            return Segment.sealed(
                    base, file, modifiedMs(file), Math.toIntExact(disk.size(file.path())));
        }

        private long modifiedMs(SegmentFile file) throws IOException {
            return disk.lastModifiedMs(file.path());
        }

        private static long lastOffset(DiskFile file, long position, long size) throws IOException {
            HeaderWalk walk = new HeaderWalk(file, position, size);
            long last = -1;
            while (walk.next()) {
                last = RecordBatch.lastOffset(walk.header(), 0);
            }
            return last;
        }

        private static long firstTimestamp(DiskFile file) throws IOException {
            ByteBuffer header = ByteBuffer.allocate(RecordBatch.HEADER_BYTES);
            file.read(header, 0);
            return RecordBatch.maxTimestamp(header, 0);
        }

        LoadedLog recover(List<Long> bases) throws IOException {
            segments.clear();
            producersFrom = snapshots.loadNewest(
                    producers, Math.max(plan.recoveryPoint, firstWanted(bases)));
            for (int i = 0; i < bases.size(); i++) {
                long base = bases.get(i);
                boolean isLast = i + 1 == bases.size();
                if (!isLast
                        && bases.get(i + 1) <= Math.min(plan.recoveryPoint, producersFrom)
                        && files.hasIndexes(base)) {
                    segments.add(sealed(base));
                } else if (!scan(base, isLast)) {
                    for (long later : bases.subList(i + 1, bases.size())) {
                        LOG.atWarn()
                                .addKeyValue("folder", folder)
                                .addKeyValue("segment", later)
                                .log("Deleting a segment behind the end of the log");
                        SegmentFiles.delete(disk, folder, later);
                        hasChangedFiles = true;
                    }
                    break;
                }
            }
            if (endOffset < plan.recoveryPoint) {
                throw new CorruptLog(folder + " ends at offset " + endOffset
                        + " and was synced up to " + plan.recoveryPoint);
            }
            return result(false);
        }

        /// Where the segment begins that the log's start lies in. What was before it is deleted,
        /// all of it or some, so its producers are known from a snapshot alone, however old the
        /// recovery point is.
        private long firstWanted(List<Long> bases) {
            long first = bases.getFirst();
            for (long base : bases) {
                if (base <= plan.startOffset) {
                    first = base;
                }
            }
            return first;
        }

        /// False when the log ends in this segment although others follow.
        private boolean scan(long base, boolean isLast) throws IOException {
            SegmentFile file = file(folder, base);
            DiskFile open = file.open();
            BatchBytes bytes = new BatchBytes(open);
            SegmentScan scan = SegmentScan.read(
                    open,
                    new SegmentScan.Plan(base, plan.checkFrom, config.indexIntervalBytes()),
                    (header, position) -> replay(header, position, bytes));
            boolean isDamaged = !scan.damage().isEmpty();
            if (isDamaged) {
                cut(open, scan);
            }
            endOffset = scan.endOffset();
            Segment segment = Segment.of(scan.content(), base, file, modifiedMs(file));
            if (isLast || isDamaged) {
                segments.add(segment);
            } else {
                scan.content().seal();
                hasChangedFiles = true;
                boolean isStored = new StoredIndex(disk, file.path(), base)
                        .write(scan.content().index());
                segments.add(isStored ? segment.stored() : segment);
            }
            return !isDamaged;
        }

        private void replay(ByteBuffer header, long position, BatchBytes bytes) throws IOException {
            epochs.assign(RecordBatch.leaderEpoch(header, 0), RecordBatch.baseOffset(header, 0));
            if (RecordBatch.baseOffset(header, 0) < producersFrom) {
                return;
            }
            if (ProducerReplay.needsContent(header, 0)) {
                int at = bytes.load(position, RecordBatch.sizeInBytes(header, 0));
                ProducerReplay.append(producers, bytes.buffer(), at);
            } else {
                ProducerReplay.append(producers, header, 0);
            }
        }

        private void cut(DiskFile file, SegmentScan scan) throws IOException {
            if (scan.endOffset() < plan.recoveryPoint) {
                throw new CorruptLog(file.path() + " is damaged where it was synced, at offset "
                        + scan.endOffset() + " of " + plan.recoveryPoint + ": " + scan.damage());
            }
            LOG.atWarn()
                    .addKeyValue("file", file.path())
                    .addKeyValue("endOffset", scan.endOffset())
                    .addKeyValue("bytes", file.size() - scan.content().size())
                    .addKeyValue("reason", scan.damage())
                    .log("Cutting off an unfinished tail");
            file.truncate(scan.content().size());
            file.force();
        }
    }
}
