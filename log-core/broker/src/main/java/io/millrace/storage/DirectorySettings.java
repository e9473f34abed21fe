package io.millrace.storage;

import io.millrace.config.Setting;
import io.millrace.config.Setting.Update;

/// How a log directory is looked after, by Kafka's keys.
public record DirectorySettings(
        @Setting(
                key = "num.recovery.threads.per.data.dir",
                value = "2",
                range = "1..",
                help = "Threads that load or recover the logs of a directory at start.",
                update = Update.CLUSTER)
        int recoveryThreads,

        @Setting(
                key = "log.flush.offset.checkpoint.interval.ms",
                value = "60000",
                range = "0..",
                help = "Milliseconds from one checkpoint of recovery points to the next.")
        long recoveryCheckpointMs,

        @Setting(
                key = "log.flush.start.offset.checkpoint.interval.ms",
                value = "60000",
                range = "0..",
                help = "Milliseconds from one checkpoint of log start offsets to the next.")
        long startCheckpointMs,

        @Setting(
                key = "log.retention.check.interval.ms",
                value = "300000",
                range = "1..",
                help = "Milliseconds from one look for segments to delete to the next.")
        long retentionCheckMs,

        @Setting(
                key = "log.initial.task.delay.ms",
                value = "30000",
                range = "0..",
                help = "Milliseconds from start to the first of these checks.")
        long initialDelayMs,

        @Setting(
                key = "producer.id.expiration.ms",
                value = "86400000",
                range = "1..",
                help = "Forget an idempotent producer that wrote nothing for so long.",
                update = Update.CLUSTER)
        int producerExpirationMs,

        @Setting(
                key = "producer.id.expiration.check.interval.ms",
                value = "600000",
                range = "1..",
                help = "Milliseconds from one look for such producers to the next.")
        int producerCheckMs,

        @Setting(
                key = "millrace.writer.queue.bytes",
                value = "67108864",
                range = "1048576..",
                help = "Bytes that may wait for a directory's writer; appends are refused "
                        + "at twice that.")
        long writerQueueBytes,

        @Setting(
                key = "log.cleaner.dedupe.buffer.size",
                value = "134217728",
                range = "1048576..",
                help = "Bytes for the keys of one compaction; more of them take several.",
                update = Update.CLUSTER)
        long cleanerDedupeBytes,

        @Setting(
                key = "log.cleaner.backoff.ms",
                value = "15000",
                range = "0..",
                help = "Milliseconds from one look for logs to compact to the next.",
                update = Update.CLUSTER)
        long cleanerBackoffMs) {}
