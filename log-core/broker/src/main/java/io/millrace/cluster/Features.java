package io.millrace.cluster;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The features of the protocol that this release knows, with the levels that it can serve.
public final class Features {
    /// @param initial the level of a cluster that this release formats
    public record Range(String name, int min, int max, int initial) {}

    public static final String KRAFT_VERSION = "kraft.version";

    /// The levels of Kafka 4.3.1.
    public static final List<Range> SUPPORTED = List.of(
            new Range(ClusterImage.METADATA_VERSION, 7, 30, 30),
            new Range("eligible.leader.replicas.version", 0, 1, 1),
            new Range("group.version", 0, 1, 1),
            new Range("share.version", 0, 1, 1),
            new Range("streams.version", 0, 1, 1),
            new Range("transaction.version", 0, 2, 2),
            new Range(KRAFT_VERSION, 0, 1, 1));

    private Features() {}

    public static @Nullable Range find(String name) {
        return SUPPORTED.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /// Why this release cannot serve a cluster of such features, or an empty text.
    public static String refusal(SortedTree<String, Short> levels) {
        for (var level : levels) {
            Range range = find(level.key());
            if (range == null || level.value() < range.min() || level.value() > range.max()) {
                return "The feature " + level.key() + " has level " + level.value()
                        + (range == null
                                ? ", and this release does not know it."
                                : ", and this release knows " + range.min() + " to " + range.max()
                                        + ".");
            }
        }
        return "";
    }
}
