package io.millrace.broker;

import io.millrace.config.Setting;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Who this node is, and where it keeps things.
record NodeSettings(
        @Setting(key = "node.id", value = "1", range = "0..", help = "The number of this node.")
        int nodeId,

        @Setting(
                key = "broker.rack",
                value = Setting.UNSET,
                help = "Where this node stands, for placing replicas and for readers nearby.")
        @Nullable
        String rack,

        @Setting(
                key = "log.dir",
                value = "data/log",
                help = "The log directory, where log.dirs does not name several.")
        String logDir,

        @Setting(
                key = "log.dirs",
                value = Setting.UNSET,
                help = "Log directories, separated by commas.")
        @Nullable
        String logDirs,

        @Setting(
                key = "metadata.log.dir",
                value = Setting.UNSET,
                help = "The directory of the metadata log; the first log directory unless set.")
        @Nullable
        String metadataLogDir,

        @Setting(
                key = "auto.create.topics.enable",
                value = "true",
                help = "Create topics that a client uses without having created them.")
        boolean autoCreateTopics,

        @Setting(
                key = "num.partitions",
                value = "1",
                range = "1..",
                help = "Partitions of a topic whose creator leaves it open.")
        int numPartitions,

        @Setting(
                key = "default.replication.factor",
                value = "1",
                range = "1..",
                help = "Replicas of a topic whose creator leaves it open.")
        int replicationFactor,

        @Setting(key = "delete.topic.enable", value = "true", help = "Let topics be deleted.")
        boolean canDeleteTopics,

        @Setting(
                key = "offsets.topic.num.partitions",
                value = "50",
                range = "1..",
                help = "Partitions of the topic of groups and offsets, when it is made.")
        int offsetsPartitions,

        @Setting(
                key = "offsets.topic.replication.factor",
                value = "1",
                range = "1..",
                help = "Replicas of the topic of groups and offsets, when it is made.")
        short offsetsReplicationFactor,

        @Setting(
                key = "offsets.topic.segment.bytes",
                value = "104857600",
                range = "1..",
                help = "Segment size of the topic of groups and offsets, when it is made.")
        int offsetsSegmentBytes,

        @Setting(
                key = "transaction.state.log.num.partitions",
                value = "50",
                range = "1..",
                help = "Partitions of the topic of transactions, when it is made.")
        int transactionPartitions,

        @Setting(
                key = "transaction.state.log.replication.factor",
                value = "1",
                range = "1..",
                help = "Replicas of the topic of transactions, when it is made.")
        short transactionReplicationFactor,

        @Setting(
                key = "transaction.state.log.segment.bytes",
                value = "104857600",
                range = "1..",
                help = "Segment size of the topic of transactions, when it is made.")
        int transactionSegmentBytes) {

    List<Path> logDirectories() {
        String all = logDirs == null || logDirs.isBlank() ? logDir : logDirs;
        return Stream.of(all.split("\\s*,\\s*"))
                .map(path -> absolute(path.strip()))
                .toList();
    }

    Path metadataDirectory() {
        return metadataLogDir == null ? logDirectories().getFirst() : absolute(metadataLogDir);
    }

    /// The same directory may be written in several ways.
    private static Path absolute(String path) {
        return Path.of(path).toAbsolutePath().normalize();
    }
}
