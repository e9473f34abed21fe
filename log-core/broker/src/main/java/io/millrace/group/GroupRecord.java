package io.millrace.group;

import io.millrace.cluster.ClusterImage;
import io.millrace.protocol.OffsetsKey;
import io.millrace.protocol.OffsetsValue;

/// What changes the state of a coordinator: records of `__consumer_offsets`, and soft ones that are
/// never written.
public sealed interface GroupRecord {
    /// A record of the log.
    record Written(OffsetsKey key, OffsetsValue value) implements GroupRecord {}

    /// A tombstone of the log.
    record Erased(OffsetsKey key) implements GroupRecord {}

    /// Soft: a classic group in the middle of its life; only stable and empty ones are written.
    record ClassicNow(ClassicGroup group) implements GroupRecord {}

    /// Soft: what the coordinator knows of the cluster.
    record WorldNow(ClusterImage image) implements GroupRecord {}

    /// Soft: the group has taken the cluster's present topics into account.
    record TopicsSeen(String groupId) implements GroupRecord {}
}
