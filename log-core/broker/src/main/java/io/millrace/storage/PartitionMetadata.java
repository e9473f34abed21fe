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

/// The file `partition.metadata`: which topic a folder belongs to, so that one that was deleted and created
/// again is not taken for the old.
final class PartitionMetadata {
    private PartitionMetadata() {}

    /// Not synced: after a loss of power it may be empty, which reads as "not known", and the topic's id
    /// comes from the cluster's metadata anyway.
    static void write(Disk disk, Path folder, Uuid topicId) throws IOException {
        if (topicId.isZero()) {
            return;
        }
        String text = "version: 0\ntopic_id: " + topicId;
        try (DiskFile file = disk.open(folder.resolve(FileNames.PARTITION_METADATA), Disk.Mode.CREATE)) {
            file.truncate(0);
            file.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
        }
    }

    /// Zero when there is no file, or an empty one.
    static Uuid read(Disk disk, Path folder) throws IOException {
        String text;
        try {
            text = StandardCharsets.UTF_8.decode(
                    disk.readAll(folder.resolve(FileNames.PARTITION_METADATA))).toString();
        } catch (NoSuchFileException e) {
            return Uuid.ZERO;
        }
        String key = "topic_id:";
        int at = text.indexOf(key);
        if (at < 0 && text.isBlank()) {
            return Uuid.ZERO;
        }
        try {
            return Uuid.parse(text.substring(at + key.length()).strip());
        } catch (IllegalArgumentException e) {
            throw new CorruptLog(folder + " has no readable " + FileNames.PARTITION_METADATA, e);
        }
    }
}
