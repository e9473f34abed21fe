package io.millrace.broker.metadata;

import io.millrace.cluster.ClusterImage;
import io.millrace.cluster.RecordVersions;
import io.millrace.host.Disk;
import io.millrace.host.DiskFile;
import io.millrace.protocol.CorruptLog;
import io.millrace.protocol.DataRecord;
import io.millrace.protocol.MalformedFrame;
import io.millrace.protocol.MetadataRecord;
import io.millrace.protocol.SnapshotFooterRecord;
import io.millrace.protocol.SnapshotHeaderRecord;
import io.millrace.record.BatchReader;
import io.millrace.record.RecordBatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A snapshot of the metadata log: a header, the voters, the records, a footer, in record batches
/// whose offsets count from 0. It appears under its name only when it is whole and durable. Blocks.
final class SnapshotFile {
    static final String PART_SUFFIX = ".part";

    private static final int BATCH_BYTES = 256 * 1024;

    /// What a file holds.
    record Content(List<MetadataRecord> records, ControlRecords control) {}

    private final Disk disk;
    private final Path directory;

    SnapshotFile(Disk disk, Path directory) {
        this.disk = disk;
        this.directory = directory;
    }

    /// @param logTimeMs timestamp of the last record below the snapshot's end
    void write(SnapshotId id, Voters voters, ClusterImage image, long logTimeMs)
            throws IOException {
        List<MetadataRecord> records = new ArrayList<>();
        image.snapshot(records::add);
        Path part = directory.resolve(id.fileName() + PART_SUFFIX);
        write(
                disk,
                part,
                id.epoch(),
                voters,
                new Records(records, image.recordVersions(), logTimeMs));
        disk.move(part, directory.resolve(id.fileName()));
        disk.syncDirectory(directory);
    }

    /// The features that a cluster begins with, in the file from which Kafka's controller starts.
    static void writeBootstrap(Disk disk, Path file, List<MetadataRecord> features, long nowMs)
            throws IOException {
        Records records = new Records(features, new RecordVersions(Integer.MAX_VALUE), nowMs);
        write(disk, file, 0, Voters.UNNAMED, records);
    }

    private record Records(List<MetadataRecord> records, RecordVersions versions, long timeMs) {}

    private static void write(Disk disk, Path file, int epoch, Voters voters, Records content)
            throws IOException {
        disk.delete(file);
        Batches batches = new Batches(epoch);
        try (DiskFile out = disk.open(file, Disk.Mode.CREATE_NEW)) {
            List<DataRecord> head = new ArrayList<>();
            head.add(new SnapshotHeaderRecord((short) 0, content.timeMs));
            head.addAll(voters.records());
            ByteBuffer first = batches.control(0, content.timeMs, head);
            long at = first.remaining();
            long offset = head.size();
            out.write(first, 0);
            List<ByteBuffer> values = new ArrayList<>();
            int bytes = 0;
            for (MetadataRecord record : content.records) {
                ByteBuffer value = MetadataFrame.bytes(record, content.versions);
                values.add(value);
                bytes += value.remaining();
                if (bytes >= BATCH_BYTES) {
                    at += append(out, at, batches.data(offset, content.timeMs, values));
                    offset += values.size();
                    values.clear();
                    bytes = 0;
                }
            }
            if (!values.isEmpty()) {
                at += append(out, at, batches.data(offset, content.timeMs, values));
                offset += values.size();
            }
            out.write(
                    batches.control(
                            offset, content.timeMs, List.of(new SnapshotFooterRecord((short) 0))),
                    at);
            out.force();
        }
    }

    private static int append(DiskFile out, long at, ByteBuffer batch) throws IOException {
        int size = batch.remaining();
        out.write(batch, at);
        return size;
    }

    /// Everything in the file; throws `CorruptLog` unless it is whole.
    static Content read(Disk disk, Path file) throws IOException {
        ByteBuffer bytes = disk.readAll(file);
        List<MetadataRecord> records = new ArrayList<>();
        ControlRecords control = new ControlRecords();
        try (BatchReader reader = new BatchReader(Integer.MAX_VALUE)) {
            reader.begin(bytes);
            while (reader.nextBatch()) {
                reader.checkCrc();
                boolean isControl = RecordBatch.isControl(bytes, reader.batchAt());
                while (reader.nextRecord()) {
                    if (isControl) {
                        control.accept(reader.key(), reader.value());
                    } else {
                        records.add(MetadataFrame.decode(reader.value()));
                    }
                }
            }
        } catch (MalformedFrame e) {
            throw new CorruptLog(file + ": " + e.getMessage());
        }
        if (!control.hasFooter()) {
            throw new CorruptLog(file + " is not whole: it has no footer");
        }
        return new Content(records, control);
    }
}
