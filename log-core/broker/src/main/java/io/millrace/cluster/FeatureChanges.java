package io.millrace.cluster;

import static io.millrace.protocol.ErrorCode.INVALID_UPDATE_VERSION;
import static io.millrace.protocol.ErrorCode.NONE;

import io.millrace.protocol.FeatureLevelRecord;
import io.millrace.protocol.MetadataRecord;
import io.millrace.protocol.UpdateFeaturesRequest;
import io.millrace.protocol.UpdateFeaturesRequest.FeatureUpdateKey;
import io.millrace.protocol.UpdateFeaturesResponse;
import io.millrace.protocol.UpdateFeaturesResponse.UpdatableFeatureResult;
import java.util.ArrayList;
import java.util.List;

/// Judges `UpdateFeatures`: all of them or none.
final class FeatureChanges {
    private static final byte UPGRADE = 1;
    private static final byte SAFE_DOWNGRADE = 2;
    private static final byte UNSAFE_DOWNGRADE = 3;
    private static final int FIRST_WITH_TYPES = 1;
    private static final int LAST_WITH_RESULTS = 1;

    /// Below this level records of the metadata log could not carry what they carry now.
    private static final int LAST_LEVEL_THAT_CHANGED_RECORDS = 30;

    private final ClusterImage image;

    FeatureChanges(ClusterImage image) {
        this.image = image;
    }

    Outcome decide(UpdateFeaturesRequest request, int version) {
        List<MetadataRecord> records = new ArrayList<>();
        List<UpdatableFeatureResult> results = new ArrayList<>();
        for (FeatureUpdateKey update : request.featureUpdates()) {
            byte type = version >= FIRST_WITH_TYPES
                    ? update.upgradeType()
                    : update.allowDowngrade() ? SAFE_DOWNGRADE : UPGRADE;
            String refusal = refusal(update, type);
            if (!refusal.isEmpty()) {
                return Outcome.of(new UpdateFeaturesResponse(
                        0,
                        INVALID_UPDATE_VERSION,
                        "Nothing was changed. " + update.feature() + ": " + refusal,
                        List.of()));
            }
            if (update.maxVersionLevel() != image.feature(update.feature())
                    && !update.feature().equals(Features.KRAFT_VERSION)) {
                records.add(new FeatureLevelRecord(update.feature(), update.maxVersionLevel()));
            }
            results.add(new UpdatableFeatureResult(update.feature(), NONE, null));
        }
        return Outcome.of(
                new UpdateFeaturesResponse(
                        0, NONE, null, version <= LAST_WITH_RESULTS ? results : List.of()),
                records,
                request.validateOnly());
    }

    /// The reason against an update, or an empty text.
    private String refusal(FeatureUpdateKey update, byte type) {
        int present = update.feature().equals(Features.KRAFT_VERSION)
                ? 1
                : image.feature(update.feature());
        int wanted = update.maxVersionLevel();
        Features.Range range = Features.find(update.feature());
        if (type < UPGRADE || type > UNSAFE_DOWNGRADE) {
            return "the type of the upgrade is unknown.";
        }
        if (range == null) {
            return "this release does not know the feature.";
        }
        if (wanted < range.min() || wanted > range.max()) {
            return "this release serves the levels " + range.min() + " to " + range.max() + ".";
        }
        if (wanted > present && type != UPGRADE) {
            return "a downgrade cannot raise the level.";
        }
        if (wanted >= present) {
            return "";
        }
        if (type == UPGRADE) {
            return "an upgrade cannot lower the level.";
        }
        boolean isMetadata = update.feature().equals(ClusterImage.METADATA_VERSION);
        return isMetadata && wanted < LAST_LEVEL_THAT_CHANGED_RECORDS
                        || update.feature().equals(Features.KRAFT_VERSION)
                ? "what the metadata log holds by now needs the present level."
                : "";
    }
}
