package io.millrace.clients.admin;

/// A level that a feature is to have; 0 turns it off.
public record FeatureUpdate(short maxVersionLevel, UpgradeType upgradeType) {
    /// In the order of the wire's numbers, of which 0 is unknown.
    public enum UpgradeType {
        UNKNOWN,
        UPGRADE,
        SAFE_DOWNGRADE,
        UNSAFE_DOWNGRADE
    }
}
