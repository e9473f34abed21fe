package io.millrace.clients.producer;

import io.millrace.config.Setting;
import io.millrace.protocol.Check;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Settings of the producer beside those of all clients.
record ProducerSettings(
        @Setting(
                key = "acks",
                value = "all",
                oneOf = {"all", "-1", "0", "1"},
                help = "Which servers must have a record before it counts as stored.")
        String acks,

        @Setting(
                key = "batch.size",
                value = "16384",
                range = "0..",
                help = "Send a batch when it has this many bytes, compressed.")
        int batchBytes,

        @Setting(
                key = "linger.ms",
                value = "5",
                range = "0..",
                help = "Send a batch that is not full after this time.")
        long lingerMs,

        @Setting(
                key = "buffer.memory",
                value = "33554432",
                range = "0..",
                help = "Bytes of records that may wait; then `send` blocks.")
        long bufferMemory,

        @Setting(
                key = "max.block.ms",
                value = "60000",
                range = "0..",
                help = "How long `send` may wait for metadata and room.")
        long maxBlockMs,

        @Setting(
                key = "max.request.size",
                value = "1048576",
                range = "0..",
                help = "The most bytes of a request, and of a record before compression.")
        int maxRequestBytes,

        @Setting(
                key = "delivery.timeout.ms",
                value = "120000",
                range = "0..",
                help = "When a record that is not stored yet has failed.")
        int deliveryTimeoutMs,

        @Setting(
                key = "retries",
                value = "2147483647",
                range = "0..",
                help = "How often a batch may be sent again.")
        int retries,

        @Setting(
                key = "max.in.flight.requests.per.connection",
                value = "5",
                range = "1..",
                help = "Requests to a node that may wait for an answer.")
        int maxInFlight,

        @Setting(
                key = "compression.type",
                value = "none",
                oneOf = {"none", "gzip", "snappy", "lz4", "zstd"},
                help = "How batches are compressed.")
        String compression,

        @Setting(key = "compression.gzip.level", value = "-1", help = "Level of gzip.")
        int gzipLevel,

        @Setting(key = "compression.lz4.level", value = "9", help = "Level of lz4.")
        int lz4Level,

        @Setting(key = "compression.zstd.level", value = "3", help = "Level of zstd.")
        int zstdLevel,

        @Setting(
                key = "enable.idempotence",
                value = Setting.UNSET,
                help = "Whether a batch that is sent twice is stored once; true unless other "
                        + "settings exclude it.")
        @Nullable
        Boolean idempotence,

        @Setting(
                key = "partitioner.ignore.keys",
                value = "false",
                help = "Whether records with a key are spread as those without.")
        boolean ignoreKeys,

        @Setting(
                key = "partitioner.adaptive.partitioning.enable",
                value = "true",
                help = "Whether slow partitions get fewer of the records without a key.")
        boolean adaptive,

        @Setting(
                key = "partitioner.availability.timeout.ms",
                value = "0",
                range = "0..",
                help = "Leave out partitions whose leader took no batch for so long; 0: never.")
        long availabilityTimeoutMs,

        @Setting(
                key = "partitioner.class",
                value = Setting.UNSET,
                isClass = true,
                help = "A class that chooses partitions.")
        @Nullable
        String partitioner,

        @Setting(key = "interceptor.classes", value = "", help = "Classes that see every record.")
        List<String> interceptors,

        @Setting(
                key = "key.serializer",
                value = Setting.UNSET,
                isClass = true,
                help = "Turns keys into bytes.")
        @Nullable
        String keySerializer,

        @Setting(
                key = "value.serializer",
                value = Setting.UNSET,
                isClass = true,
                help = "Turns values into bytes.")
        @Nullable
        String valueSerializer,

        @Setting(
                key = "transactional.id",
                value = Setting.UNSET,
                help = "Not supported yet: must not be set.")
        @Nullable
        String transactionalId) {
    private static final int MOST_IN_FLIGHT_IN_ORDER = 5;

    ProducerSettings {
        Check.setting(transactionalId == null, "transactional.id is not supported yet");
        if (Boolean.TRUE.equals(idempotence)) {
            Check.setting(
                    acks.equals("all") || acks.equals("-1"), "enable.idempotence needs acks=all");
            Check.setting(retries > 0, "enable.idempotence needs retries above 0");
            Check.setting(
                    maxInFlight <= MOST_IN_FLIGHT_IN_ORDER,
                    "enable.idempotence needs "
                            + "max.in.flight.requests.per.connection of at most 5");
        }
    }

    short acksOnWire() {
        return switch (acks) {
            case "0" -> 0;
            case "1" -> 1;
            default -> -1;
        };
    }

    boolean isIdempotent() {
        return idempotence == null
                ? acksOnWire() == -1 && retries > 0 && maxInFlight <= MOST_IN_FLIGHT_IN_ORDER
                : idempotence;
    }

    int level() {
        return switch (compression) {
            case "gzip" -> gzipLevel;
            case "lz4" -> lz4Level;
            case "zstd" -> zstdLevel;
            default -> 0;
        };
    }
}
