package io.millrace.storage;

import io.millrace.host.Disk;
import io.millrace.protocol.BadSetting;
import io.millrace.protocol.Uuid;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/// The files that concern a log directory as a whole.
///
/// Owner thread: any that may block, one at a time.
final class DirectoryFiles {
    private final Disk disk;
    private final Path root;
    private Optional<DirectoryIdentity> identity;

    private DirectoryFiles(Disk disk, Path root, Optional<DirectoryIdentity> identity) {
        this.disk = disk;
        this.root = root;
        this.identity = identity;
    }

    /// Creates the directory and what is missing above it, such that a loss of power does not take
    /// it away again with all that is in it.
    static void create(Disk disk, Path root) throws IOException {
        List<Path> changed = new ArrayList<>();
        Path missing = root.toAbsolutePath();
        while (missing != null && !disk.exists(missing)) {
            missing = missing.getParent();
            if (missing != null) {
                changed.add(missing);
            }
        }
        disk.createDirectories(root);
        for (Path parent : changed) {
            disk.syncDirectory(parent);
        }
    }

    static DirectoryFiles read(Disk disk, Path root) throws IOException {
        Path meta = root.resolve(FileNames.META_PROPERTIES);
        return new DirectoryFiles(
                disk, root, disk.exists(meta) ? Optional.of(parse(disk, meta)) : Optional.empty());
    }

    private static DirectoryIdentity parse(Disk disk, Path meta) throws IOException {
        Properties properties = new Properties();
        String text = StandardCharsets.UTF_8.decode(disk.readAll(meta)).toString();
        try {
            properties.load(new StringReader(text));
            return new DirectoryIdentity(
                    properties.getProperty("cluster.id", ""),
                    Integer.parseInt(properties.getProperty("node.id", "-1")),
                    Uuid.parse(properties.getProperty("directory.id", Uuid.ZERO.toString())));
        } catch (IllegalArgumentException e) {
            throw new BadSetting(
                    meta + " is damaged: " + e.getMessage()
                            + "; put back cluster.id, node.id and directory.id from a backup",
                    e);
        }
    }

    Path root() {
        return root;
    }

    Optional<DirectoryIdentity> identity() {
        return identity;
    }

    void format(DirectoryIdentity fresh) throws IOException {
        disk.writeAtomically(
                root.resolve(FileNames.META_PROPERTIES),
                "cluster.id=" + fresh.clusterId() + "\ndirectory.id=" + fresh.directoryId()
                        + "\nnode.id=" + fresh.nodeId() + "\nversion=1\n");
        identity = Optional.of(fresh);
    }

    boolean wasStoppedCleanly() throws IOException {
        return disk.exists(root.resolve(FileNames.CLEAN_STOP));
    }

    /// From now on a crash is a crash.
    void deleteCleanMark() throws IOException {
        if (wasStoppedCleanly()) {
            disk.delete(root.resolve(FileNames.CLEAN_STOP));
            disk.syncDirectory(root);
        }
    }

    /// @param nodeEpoch as the node was last registered; Kafka compares it before it trusts the
    /// mark
    void writeCleanMark(long nodeEpoch) throws IOException {
        disk.writeAtomically(
                root.resolve(FileNames.CLEAN_STOP),
                "{\"version\":0,\"brokerEpoch\":" + nodeEpoch + "}");
    }

    Map<LogId, Long> read(String checkpoint) throws IOException {
        return CheckpointFile.readOffsets(disk, root.resolve(checkpoint));
    }

    void write(AtomicWrites writes, String checkpoint, Map<LogId, Long> offsets)
            throws IOException {
        writes.add(root.resolve(checkpoint), CheckpointFile.offsets(offsets));
    }
}
