package io.millrace.benchmarks;

import java.util.Map;

/// What stands beside what: a program, and how it treats the disk.
enum Side {
    KAFKA("kafka", true, 0, Map.of()),
    KAFKA_FSYNC("kafka-fsync", true, 0, Map.of("log.flush.interval.messages", "1")),
    OS("os", false, 0, Map.of("log.flush", "os")),
    GROUP("group", false, 0, Map.of("log.flush", "group")),
    KAFKA_SLOW("kafka+3ms", true, 3, Map.of()),
    KAFKA_FSYNC_SLOW("kafka-fsync+3ms", true, 3, Map.of("log.flush.interval.messages", "1")),
    GROUP_SLOW("group+3ms", false, 3, Map.of("log.flush", "group"));

    private final String label;
    private final boolean isKafka;
    private final int syncDelayMs;
    private final Map<String, String> settings;

    Side(String label, boolean isKafka, int syncDelayMs, Map<String, String> settings) {
        this.label = label;
        this.isKafka = isKafka;
        this.syncDelayMs = syncDelayMs;
        this.settings = Map.copyOf(settings);
    }

    /// Its name in tables.
    String label() {
        return label;
    }

    boolean isKafka() {
        return isKafka;
    }

    /// Whether it syncs before it acknowledges, and so does less in the same time.
    boolean isKafkaWithSync() {
        return this == KAFKA_FSYNC || this == KAFKA_FSYNC_SLOW;
    }

    /// How much longer than the disk needs each of its syncs is made to take.
    int syncDelayMs() {
        return syncDelayMs;
    }

    Map<String, String> settings() {
        return settings;
    }
}
