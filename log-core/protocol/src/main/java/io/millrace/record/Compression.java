package io.millrace.record;

import java.util.Locale;
import java.util.Optional;

/// How the records of a batch are compressed; the header of the batch never is.
public enum Compression {
    NONE(0, 0, 0, 0),
    GZIP(1, 1, 9, -1),
    SNAPPY(2, 0, 0, 0),
    LZ4(3, 1, 17, 9),
    ZSTD(4, -131_072, 22, 3);

    private static final Compression[] BY_ID = values();

    private final int id;
    private final int lowestLevel;
    private final int highestLevel;
    private final int defaultLevel;

    Compression(int id, int lowestLevel, int highestLevel, int defaultLevel) {
        this.id = id;
        this.lowestLevel = lowestLevel;
        this.highestLevel = highestLevel;
        this.defaultLevel = defaultLevel;
    }

    /// The number that stands in the attributes of a batch.
    public int id() {
        return id;
    }

    public int defaultLevel() {
        return defaultLevel;
    }

    /// Whether `compression.<name>.level` may have this value.
    public boolean allowsLevel(int level) {
        return level >= lowestLevel && level <= highestLevel || level == defaultLevel;
    }

    /// The name in settings.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Empty for a number that no release of Kafka has given out.
    public static Optional<Compression> of(int id) {
        return id >= 0 && id < BY_ID.length ? Optional.of(BY_ID[id]) : Optional.empty();
    }

    public static Optional<Compression> named(String label) {
        for (Compression compression : BY_ID) {
            if (compression.label().equals(label)) {
                return Optional.of(compression);
            }
        }
        return Optional.empty();
    }
}
