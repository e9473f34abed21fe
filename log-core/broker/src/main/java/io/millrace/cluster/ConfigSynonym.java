package io.millrace.cluster;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// A key of the node's configuration that stands for a topic's key, with the factor between their
/// units.
public record ConfigSynonym(String key, long factor) {
    private static final long MINUTE_MS = 60_000;
    private static final long HOUR_MS = 3_600_000;
    private static final SortedMap<String, List<ConfigSynonym>> OF_TOPIC = ofTopic();

    /// The value in the unit of the topic's key.
    String convert(String value) {
        return factor == 1
                ? value
                : Long.toString(Math.multiplyExact(factor, Long.parseLong(value.trim())));
    }

    /// In order of precedence; empty when a topic's key has no counterpart.
    public static List<ConfigSynonym> ofTopic(String key) {
        return OF_TOPIC.getOrDefault(key, List.of());
    }

    private static SortedMap<String, List<ConfigSynonym>> ofTopic() {
        SortedMap<String, List<ConfigSynonym>> all = new TreeMap<>();
        for (String pair : """
                segment.bytes=log.segment.bytes
                segment.index.bytes=log.index.size.max.bytes
                flush.messages=log.flush.interval.messages
                retention.bytes=log.retention.bytes
                max.message.bytes=message.max.bytes
                index.interval.bytes=log.index.interval.bytes
                delete.retention.ms=log.cleaner.delete.retention.ms
                min.compaction.lag.ms=log.cleaner.min.compaction.lag.ms
                max.compaction.lag.ms=log.cleaner.max.compaction.lag.ms
                file.delete.delay.ms=log.segment.delete.delay.ms
                min.cleanable.dirty.ratio=log.cleaner.min.cleanable.ratio
                cleanup.policy=log.cleanup.policy
                unclean.leader.election.enable=unclean.leader.election.enable
                min.insync.replicas=min.insync.replicas
                compression.type=compression.type
                compression.gzip.level=compression.gzip.level
                compression.lz4.level=compression.lz4.level
                compression.zstd.level=compression.zstd.level
                preallocate=log.preallocate
                message.timestamp.type=log.message.timestamp.type
                message.timestamp.before.max.ms=log.message.timestamp.before.max.ms
                message.timestamp.after.max.ms=log.message.timestamp.after.max.ms
                local.retention.ms=log.local.retention.ms
                local.retention.bytes=log.local.retention.bytes
                millrace.flush=log.flush
                """.lines().toList()) {
            int equals = pair.indexOf('=');
            all.put(pair.substring(0, equals), List.of(same(pair.substring(equals + 1))));
        }
        all.put("segment.ms", List.of(same("log.roll.ms"), hours("log.roll.hours")));
        all.put(
                "segment.jitter.ms",
                List.of(same("log.roll.jitter.ms"), hours("log.roll.jitter.hours")));
        all.put(
                "flush.ms",
                List.of(same("log.flush.interval.ms"), same("log.flush.scheduler.interval.ms")));
        all.put(
                "retention.ms",
                List.of(
                        same("log.retention.ms"),
                        new ConfigSynonym("log.retention.minutes", MINUTE_MS),
                        hours("log.retention.hours")));
        return all;
    }

    private static ConfigSynonym same(String key) {
        return new ConfigSynonym(key, 1);
    }

    private static ConfigSynonym hours(String key) {
        return new ConfigSynonym(key, HOUR_MS);
    }
}
