package io.millrace.storage;

import io.millrace.host.Disk;
import io.millrace.host.DiskFile;
import io.millrace.protocol.CorruptLog;
import io.millrace.protocol.Uuid;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/// The file `partition.metadata`: which topic a folder belongs to, so that one that was deleted and
/// created again is not taken for the old.
final class PartitionMetadata {
    private static final String KEY = "topic_id:";

    private PartitionMetadata() {}

    /// Not synced yet: returns the open file, for the caller to sync with what else is new, and to
    /// close.
    static List<DiskFile> write(Disk disk, Path folder, Uuid topicId) throws IOException {
        if (topicId.isZero()) {
            return List.of();
        }
        String text = "version: 0\ntopic_id: " + topicId;
        DiskFile file = disk.open(folder.resolve(FileNames.PARTITION_METADATA), Disk.Mode.CREATE);
        file.truncate(0);
        file.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
        return List.of(file);
    }

    /// Zero when there is no file, or none that a loss of power has left whole: it was then not
    /// synced, so nothing of its log was acknowledged.
    static Uuid read(Disk disk, Path folder) throws IOException {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .decode(disk.readAll(folder.resolve(FileNames.PARTITION_METADATA)))
                    .toString();
        } catch (NoSuchFileException e) {
            return Uuid.ZERO;
        }
        int at = text.indexOf(KEY);
        if (at < 0) {
            return Uuid.ZERO;
        }
        try {
            return Uuid.parse(text.substring(at + KEY.length()).strip());
        } catch (IllegalArgumentException e) {
            throw new CorruptLog(folder + " has no readable " + FileNames.PARTITION_METADATA, e);
        }
    }
}
