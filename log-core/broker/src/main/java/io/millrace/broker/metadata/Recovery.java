package io.millrace.broker.metadata;

import io.millrace.cluster.RecordVersions;
import io.millrace.host.Disk;
import io.millrace.host.DiskFile;
import io.millrace.host.JournalRecord;
import io.millrace.protocol.CorruptLog;
import io.millrace.protocol.MalformedFrame;
import io.millrace.protocol.MetadataRecord;
import io.millrace.record.BatchReader;
import io.millrace.record.RecordBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads a metadata log as it was left: the newest whole snapshot, the batches behind it, and a
/// tail that a crash may have torn, which is cut at the last whole batch. Blocks.
final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    /// Files beside a segment that other programs keep and that must go with it.
    static final List<String> COMPANIONS =
            List.of(".index", ".timeindex", ".txnindex", ".snapshot");

    /// One record of the log that is not the quorum's own.
    record Located(long offset, JournalRecord record) {}

    private final Disk disk;
    private final Path directory;
    private final ControlRecords control = new ControlRecords();
    private final List<Located> records = new ArrayList<>();
    private final TreeSet<Long> segments = new TreeSet<>();
    private Optional<SnapshotId> snapshot = Optional.empty();
    private List<MetadataRecord> snapshotRecords = List.of();
    private Voters snapshotVoters = Voters.UNNAMED;
    private long endOffset;
    private int lastEpoch;
    private long lastTimestampMs;
    private long activeSize;

    Recovery(Disk disk, Path directory) {
        this.disk = disk;
        this.directory = directory;
    }

    void run() throws IOException {
        TreeSet<SnapshotId> snapshots = new TreeSet<>();
        for (String name : disk.list(directory)) {
            if (name.endsWith(SnapshotFile.PART_SUFFIX)) {
                disk.delete(directory.resolve(name));
            }
            SnapshotId.parse(name).ifPresent(snapshots::add);
            SegmentName.parse(name).ifPresent(segments::add);
        }
        readNewest(snapshots);
        long start = snapshot.map(SnapshotId::endOffset).orElse(0L);
        if (!segments.isEmpty() && segments.first() > start) {
            throw new CorruptLog(
                    directory + " lacks the metadata log below offset " + segments.first());
        }
        endOffset = start;
        lastEpoch = snapshot.map(SnapshotId::epoch).orElse(0);
        for (long base : List.copyOf(segments)) {
            readSegment(base);
        }
        if (segments.isEmpty() || segments.last() < start && endOffset == start) {
            segments.add(start);
            activeSize = 0;
        }
    }

    private void readNewest(TreeSet<SnapshotId> snapshots) throws IOException {
        for (SnapshotId id : snapshots.descendingSet()) {
            try {
                SnapshotFile.Content content =
                        SnapshotFile.read(disk, directory.resolve(id.fileName()));
                snapshot = Optional.of(id);
                snapshotRecords = content.records();
                snapshotVoters = content.control().voters();
                return;
            } catch (CorruptLog e) {
                LOG.atWarn()
                        .addKeyValue("snapshot", id.fileName())
                        .addKeyValue("reason", e.getMessage())
                        .log("A metadata snapshot is damaged; an older one is used");
            }
        }
    }

    private void readSegment(long base) throws IOException {
        Path file = directory.resolve(SegmentName.of(base));
        ByteBuffer bytes = disk.readAll(file);
        int whole;
        try (BatchReader reader = new BatchReader(Integer.MAX_VALUE)) {
            reader.begin(bytes);
            whole = readBatches(reader, bytes, base);
        }
        if (whole < bytes.limit()) {
            if (base != segments.last()) {
                throw new CorruptLog(file + " is damaged at byte " + whole);
            }
            LOG.atWarn()
                    .addKeyValue("file", file)
                    .addKeyValue("bytes", bytes.limit() - whole)
                    .log("Cut a torn tail off the metadata log");
            try (DiskFile open = disk.open(file, Disk.Mode.READ_WRITE)) {
                open.truncate(whole);
                open.force();
            }
        }
        activeSize = whole;
    }

    /// Returns the position behind the last whole batch. The checksum does not cover a batch's
    /// offset, and a torn write can lose just that: a batch that does not continue the log is
    /// damaged too.
    private int readBatches(BatchReader reader, ByteBuffer bytes, long base) {
        int whole = 0;
        long next = base;
        try {
            while (reader.nextBatch() && RecordBatch.baseOffset(bytes, reader.batchAt()) == next) {
                int at = reader.batchAt();
                reader.checkCrc();
                List<Located> batch = new ArrayList<>();
                boolean isControl = RecordBatch.isControl(bytes, at);
                while (reader.nextRecord()) {
                    if (isControl) {
                        control.accept(reader.key(), reader.value());
                    } else if (reader.offset() >= snapshotEnd()) {
                        batch.add(new Located(
                                reader.offset(),
                                JournalRecord.of(
                                        reader.key(), reader.value(), reader.timestampMs())));
                    }
                }
                records.addAll(batch);
                next = RecordBatch.nextOffset(bytes, at);
                endOffset = Math.max(endOffset, next);
                lastEpoch = Math.max(lastEpoch, RecordBatch.leaderEpoch(bytes, at));
                lastTimestampMs = RecordBatch.maxTimestamp(bytes, at);
                whole = at + RecordBatch.sizeInBytes(bytes, at);
            }
        } catch (MalformedFrame e) {
            LOG.atDebug().addKeyValue("reason", e.getMessage()).log("The metadata log ends here");
        }
        return whole;
    }

    private long snapshotEnd() {
        return snapshot.map(SnapshotId::endOffset).orElse(0L);
    }

    Optional<SnapshotId> snapshot() {
        return snapshot;
    }

    /// Those of the log, or of its snapshot where the log names none.
    Voters voters() {
        return control.voters().areNamed() ? control.voters() : snapshotVoters;
    }

    /// Everything, in order: the snapshot, as if it were written at its end, and the records
    /// behind.
    List<Located> all() {
        RecordVersions newest = new RecordVersions(Integer.MAX_VALUE);
        long end = Math.max(0, snapshotEnd() - 1);
        List<Located> all = new ArrayList<>();
        for (MetadataRecord record : snapshotRecords) {
            ByteBuffer value = MetadataFrame.bytes(record, newest);
            all.add(new Located(end, JournalRecord.of(null, value, 0)));
        }
        all.addAll(records);
        return all;
    }

    /// Base offsets; the last is the one to append to.
    TreeSet<Long> segments() {
        return segments;
    }

    long endOffset() {
        return endOffset;
    }

    int lastEpoch() {
        return lastEpoch;
    }

    long lastTimestampMs() {
        return lastTimestampMs;
    }

    long activeSize() {
        return activeSize;
    }
}
