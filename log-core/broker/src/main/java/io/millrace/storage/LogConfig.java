package io.millrace.storage;

import io.millrace.config.Setting;
import io.millrace.config.Settings;
import java.util.List;
import java.util.Map;

/// The settings of a topic that storage acts on, by Kafka's keys and with Kafka's defaults. A
/// change takes effect with the next append, read or tick.
public record LogConfig(
        @Setting(
                key = "cleanup.policy",
                value = "delete",
                oneOf = {"compact", "delete"},
                help = "delete: drop old segments; compact: keep each key's last record; or both.",
                update = Setting.Update.CLUSTER)
        List<String> cleanupPolicy,

        @Setting(
                key = "segment.bytes",
                value = "1073741824",
                range = "1048576..",
                help = "Begin a new segment before this one would exceed so many bytes.",
                update = Setting.Update.CLUSTER)
        int segmentBytes,

        @Setting(
                key = "segment.ms",
                value = "604800000",
                range = "1..",
                help = "Begin a new segment when this one is so old, full or not.",
                update = Setting.Update.CLUSTER)
        long segmentMs,

        @Setting(
                key = "segment.jitter.ms",
                value = "0",
                range = "0..",
                help = "Take up to this off segment.ms at random, so that not all roll at once.",
                update = Setting.Update.CLUSTER)
        long segmentJitterMs,

        @Setting(
                key = "segment.index.bytes",
                value = "10485760",
                range = "4..",
                help = "Begin a new segment when an index would exceed so many bytes.",
                update = Setting.Update.CLUSTER)
        int segmentIndexBytes,

        @Setting(
                key = "index.interval.bytes",
                value = "4096",
                range = "0..",
                help = "Bytes of records from one index entry to the next.",
                update = Setting.Update.CLUSTER)
        int indexIntervalBytes,

        @Setting(
                key = "retention.ms",
                value = "604800000",
                range = "-1..",
                help = "Delete segments whose newest record is older than this; -1: never.",
                update = Setting.Update.CLUSTER)
        long retentionMs,

        @Setting(
                key = "retention.bytes",
                value = "-1",
                help = "Delete old segments while a partition is larger than this; -1: never.",
                update = Setting.Update.CLUSTER)
        long retentionBytes,

        @Setting(
                key = "file.delete.delay.ms",
                value = "60000",
                range = "0..",
                help = "Keep a deleted file so long under another name before it is removed.",
                update = Setting.Update.CLUSTER)
        long fileDeleteDelayMs,

        @Setting(
                key = "delete.retention.ms",
                value = "86400000",
                range = "0..",
                help = "Keep the tombstones of a compacted topic so long.",
                update = Setting.Update.CLUSTER)
        long deleteRetentionMs,

        @Setting(
                key = "min.compaction.lag.ms",
                value = "0",
                range = "0..",
                help = "Leave records alone that are younger than this.",
                update = Setting.Update.CLUSTER)
        long minCompactionLagMs,

        @Setting(
                key = "max.compaction.lag.ms",
                value = "9223372036854775807",
                range = "1..",
                help = "Compact at the latest when a record has waited so long.",
                update = Setting.Update.CLUSTER)
        long maxCompactionLagMs,

        @Setting(
                key = "min.cleanable.dirty.ratio",
                value = "0.5",
                range = "0..1",
                help = "Compact when this share of a log was not compacted yet.",
                update = Setting.Update.CLUSTER)
        double minCleanableDirtyRatio,

        @Setting(
                key = "max.message.bytes",
                value = "1048588",
                range = "0..",
                help = "The largest record batch that producers may send.",
                update = Setting.Update.CLUSTER)
        int maxMessageBytes,

        @Setting(
                key = "message.timestamp.type",
                value = "CreateTime",
                oneOf = {"CreateTime", "LogAppendTime"},
                help = "Whether records keep the producer's time or get the broker's.",
                update = Setting.Update.CLUSTER)
        String timestampType,

        @Setting(
                key = "message.timestamp.before.max.ms",
                value = "9223372036854775807",
                range = "0..",
                help = "Refuse records whose time lies further in the past than this.",
                update = Setting.Update.CLUSTER)
        long timestampBeforeMaxMs,

        @Setting(
                key = "message.timestamp.after.max.ms",
                value = "3600000",
                range = "0..",
                help = "Refuse records whose time lies further in the future than this.",
                update = Setting.Update.CLUSTER)
        long timestampAfterMaxMs,

        @Setting(
                key = "compression.type",
                value = "producer",
                oneOf = {"uncompressed", "zstd", "lz4", "snappy", "gzip", "producer"},
                help = "Compress batches so; producer: keep them as they come.",
                update = Setting.Update.CLUSTER)
        String compressionType,

        @Setting(
                key = "compression.gzip.level",
                value = "-1",
                range = "-1..9",
                help = "The level where batches are compressed anew with gzip; -1: its default.",
                update = Setting.Update.CLUSTER)
        int gzipLevel,

        @Setting(
                key = "compression.lz4.level",
                value = "9",
                range = "1..17",
                help = "The level where batches are compressed anew with lz4.",
                update = Setting.Update.CLUSTER)
        int lz4Level,

        @Setting(
                key = "compression.zstd.level",
                value = "3",
                range = "-131072..22",
                help = "The level where batches are compressed anew with zstd.",
                update = Setting.Update.CLUSTER)
        int zstdLevel,

        @Setting(
                key = "flush.messages",
                value = "9223372036854775807",
                range = "1..",
                help = "With millrace.flush=os: fsync before more records than this wait for it.",
                update = Setting.Update.CLUSTER)
        long flushMessages,

        @Setting(
                key = "flush.ms",
                value = "9223372036854775807",
                range = "0..",
                help = "With millrace.flush=os: fsync so long after a write at the latest.",
                update = Setting.Update.CLUSTER)
        long flushMs,

        @Setting(
                key = "millrace.flush",
                value = "group",
                help = "group: acknowledge what was fsynced; os: leave that to the system.",
                update = Setting.Update.CLUSTER)
        FlushMode flush) {

    public LogConfig {
        cleanupPolicy = List.copyOf(cleanupPolicy);
    }

    /// Defaults, with these topic settings over them; keys of others are left alone.
    public static LogConfig of(Map<String, String> topicSettings) {
        return Settings.read(LogConfig.class, topicSettings);
    }

    public boolean isCompacted() {
        return cleanupPolicy.contains("compact");
    }

    public boolean isDeleted() {
        return cleanupPolicy.contains("delete");
    }

    public boolean stampsAppendTime() {
        return timestampType.equals("LogAppendTime");
    }
}
