package io.millrace.broker.metadata;

import io.millrace.config.Setting;

/// When the metadata log is summed up in a snapshot.
public record SnapshotSettings(
        @Setting(
                key = "metadata.log.max.record.bytes.between.snapshots",
                value = "20971520",
                range = "1..",
                help = "Write a snapshot of the metadata after so many bytes of metadata log.")
        long maxBytes,

        @Setting(
                key = "metadata.log.max.snapshot.interval.ms",
                value = "3600000",
                range = "0..",
                help = "Write a snapshot of the metadata when the newest is so old and something "
                        + "changed; 0: never for its age.")
        long maxAgeMs) {}
