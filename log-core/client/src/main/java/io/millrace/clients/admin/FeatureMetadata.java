package io.millrace.clients.admin;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The features of the cluster and of the broker that was asked.
public record FeatureMetadata(
        Map<String, FinalizedVersionRange> finalizedFeatures,
        Optional<Long> finalizedFeaturesEpoch,
        Map<String, SupportedVersionRange> supportedFeatures) {
    public FeatureMetadata {
        finalizedFeatures = new TreeMap<>(finalizedFeatures);
        supportedFeatures = new TreeMap<>(supportedFeatures);
    }

    /// The levels in force.
    public record FinalizedVersionRange(short minVersionLevel, short maxVersionLevel) {}

    /// The levels that the broker could run.
    public record SupportedVersionRange(short minVersion, short maxVersion) {}
}
