package io.millrace.broker.metadata;

import io.millrace.cluster.ClusterImage;
import io.millrace.cluster.ConfigResource;
import io.millrace.cluster.Features;
import io.millrace.host.Disk;
import io.millrace.protocol.BeginTransactionRecord;
import io.millrace.protocol.ConfigRecord;
import io.millrace.protocol.EndTransactionRecord;
import io.millrace.protocol.FeatureLevelRecord;
import io.millrace.protocol.MetadataRecord;
import io.millrace.protocol.Uuid;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Prepares a directory for a quorum of one, as Kafka's storage tool does for a standalone
/// controller. Blocks.
final class MetadataFormat {
    static final String DIRECTORY = "__cluster_metadata-0";
    static final String BOOTSTRAP = "bootstrap.checkpoint";

    private static final String ELIGIBLE_LEADERS = "eligible.leader.replicas.version";
    private static final String PARTITION_METADATA = "partition.metadata";

    private MetadataFormat() {}

    /// Writes what the log starts from. A crash on the way leaves a directory without a snapshot,
    /// which is formatted again.
    static void format(Disk disk, Path logDirectory, Voters voters, long nowMs) throws IOException {
        Path directory = logDirectory.resolve(DIRECTORY);
        disk.createDirectories(directory);
        disk.syncDirectory(logDirectory);
        SnapshotFile.writeBootstrap(disk, logDirectory.resolve(BOOTSTRAP), newest(), nowMs);
        disk.syncDirectory(logDirectory);
        disk.writeAtomically(
                directory.resolve(PARTITION_METADATA),
                "version: 0\ntopic_id: " + Uuid.METADATA_TOPIC_ID + "\n");
        new SnapshotFile(disk, directory)
                .write(new SnapshotId(0, 0), voters, ClusterImage.EMPTY, nowMs);
    }

    /// The first records of a log: the features of the bootstrap file, or the newest where there is
    /// none.
    static List<MetadataRecord> bootstrap(Disk disk, Path logDirectory) throws IOException {
        Path file = logDirectory.resolve(BOOTSTRAP);
        List<MetadataRecord> features =
                disk.exists(file) ? SnapshotFile.read(disk, file).records() : newest();
        List<MetadataRecord> records = new ArrayList<>();
        records.add(new BeginTransactionRecord("Bootstrap records"));
        records.addAll(features);
        boolean elr = features.stream()
                .anyMatch(each -> each instanceof FeatureLevelRecord it
                        && it.name().equals(ELIGIBLE_LEADERS));
        if (elr) {
            // Eligible leaders depend on it, so that it has a value all over the cluster.
            records.add(new ConfigRecord(
                    ConfigResource.Kind.BROKER.wireId(), "", "min.insync.replicas", "1"));
        }
        records.add(new EndTransactionRecord());
        return records;
    }

    private static List<MetadataRecord> newest() {
        List<MetadataRecord> records = new ArrayList<>();
        for (Features.Range feature : Features.SUPPORTED) {
            if (!feature.name().equals(Features.KRAFT_VERSION)) {
                records.add(new FeatureLevelRecord(feature.name(), (short) feature.initial()));
            }
        }
        return records;
    }
}
