package io.millrace.group;

import io.millrace.cluster.ClusterImage;
import io.millrace.cluster.SortedTree;
import io.millrace.protocol.ConsumerGroupCurrentMemberAssignmentKey;
import io.millrace.protocol.ConsumerGroupMemberMetadataKey;
import io.millrace.protocol.ConsumerGroupMetadataKey;
import io.millrace.protocol.ConsumerGroupPartitionMetadataKey;
import io.millrace.protocol.ConsumerGroupRegularExpressionKey;
import io.millrace.protocol.ConsumerGroupTargetAssignmentMemberKey;
import io.millrace.protocol.ConsumerGroupTargetAssignmentMetadataKey;
import io.millrace.protocol.GroupMetadataKey;
import io.millrace.protocol.GroupMetadataValue;
import io.millrace.protocol.LegacyOffsetCommitKey;
import io.millrace.protocol.LegacyOffsetCommitValue;
import io.millrace.protocol.OffsetCommitKey;
import io.millrace.protocol.OffsetCommitValue;
import io.millrace.protocol.OffsetsKey;
import io.millrace.protocol.OffsetsValue;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Everything that one coordinator knows. Immutable; a change costs in proportion to the change.
///
/// @param offsets by group
/// @param world the cluster as its driver told last; soft
record GroupState(
        SortedTree<String, Group> groups,
        SortedTree<String, SortedTree<OffsetKey, CommittedOffset>> offsets,
        ClusterImage world) {
    static final GroupState EMPTY =
            new GroupState(SortedTree.empty(), SortedTree.empty(), ClusterImage.EMPTY);

    @Nullable
    Group group(String id) {
        return groups.get(id);
    }

    SortedTree<OffsetKey, CommittedOffset> offsetsOf(String groupId) {
        return offsets.getOrDefault(groupId, SortedTree.empty());
    }

    GroupState after(GroupRecord record) {
        return switch (record) {
            case GroupRecord.Written(OffsetsKey key, OffsetsValue value) -> written(key, value);
            case GroupRecord.Erased(OffsetsKey key) -> erased(key);
            case GroupRecord.ClassicNow(ClassicGroup group) -> with(group);
            case GroupRecord.WorldNow(ClusterImage image) -> new GroupState(groups, offsets, image);
            case GroupRecord.TopicsSeen(String groupId) ->
                group(groupId) instanceof ConsumerGroup group
                        ? with(group.withTopicsSeen(world.topics()))
                        : this;
        };
    }

    private GroupState with(Group group) {
        return new GroupState(groups.with(group.id(), group), offsets, world);
    }

    private GroupState without(String groupId) {
        return new GroupState(groups.without(groupId), offsets, world);
    }

    private GroupState written(OffsetsKey key, OffsetsValue value) {
        if (key instanceof OffsetCommitKey commit && value instanceof OffsetCommitValue offset) {
            OffsetKey place = new OffsetKey(commit.topic(), commit.partition());
            return committed(commit.group(), place, CommittedOffset.of(offset));
        }
        if (key instanceof LegacyOffsetCommitKey commit
                && value instanceof LegacyOffsetCommitValue offset) {
            OffsetKey place = new OffsetKey(commit.topic(), commit.partition());
            return committed(commit.group(), place, CommittedOffset.of(offset));
        }
        if (key instanceof GroupMetadataKey metadata
                && value instanceof GroupMetadataValue stored) {
            return with(ClassicRecords.read(metadata.group(), stored));
        }
        return consumerGroupId(key)
                .map(id -> with(ConsumerRecords.written(consumer(id), key, value)))
                .orElse(this);
    }

    /// Records of a consumer group make one where there was none.
    private ConsumerGroup consumer(String groupId) {
        return group(groupId) instanceof ConsumerGroup group ? group : ConsumerGroup.empty(groupId);
    }

    /// Offsets without a group belong to a simple one.
    private GroupState committed(String groupId, OffsetKey place, CommittedOffset offset) {
        SortedTree<String, Group> known = groups.contains(groupId)
                ? groups
                : groups.with(groupId, ClassicGroup.empty(groupId));
        return new GroupState(
                known, offsets.with(groupId, offsetsOf(groupId).with(place, offset)), world);
    }

    private GroupState erased(OffsetsKey key) {
        if (key instanceof OffsetCommitKey commit) {
            return uncommitted(commit.group(), new OffsetKey(commit.topic(), commit.partition()));
        }
        if (key instanceof LegacyOffsetCommitKey commit) {
            return uncommitted(commit.group(), new OffsetKey(commit.topic(), commit.partition()));
        }
        if (key instanceof GroupMetadataKey metadata) {
            return group(metadata.group()) instanceof ClassicGroup
                    ? without(metadata.group())
                    : this;
        }
        Optional<String> id = consumerGroupId(key);
        if (id.isEmpty() || !(group(id.get()) instanceof ConsumerGroup group)) {
            return this;
        }
        return key instanceof ConsumerGroupMetadataKey
                ? without(group.id())
                : with(ConsumerRecords.erased(group, key));
    }

    private GroupState uncommitted(String groupId, OffsetKey place) {
        SortedTree<OffsetKey, CommittedOffset> left = offsetsOf(groupId).without(place);
        return new GroupState(
                groups,
                left.isEmpty() ? offsets.without(groupId) : offsets.with(groupId, left),
                world);
    }

    /// Empty for keys of other kinds of groups, which are skipped.
    private static Optional<String> consumerGroupId(OffsetsKey key) {
        String id = null;
        if (key instanceof ConsumerGroupMetadataKey one) {
            id = one.groupId();
        } else if (key instanceof ConsumerGroupMemberMetadataKey one) {
            id = one.groupId();
        } else if (key instanceof ConsumerGroupTargetAssignmentMetadataKey one) {
            id = one.groupId();
        } else if (key instanceof ConsumerGroupTargetAssignmentMemberKey one) {
            id = one.groupId();
        } else if (key instanceof ConsumerGroupCurrentMemberAssignmentKey one) {
            id = one.groupId();
        } else if (key instanceof ConsumerGroupRegularExpressionKey one) {
            id = one.groupId();
        } else if (key instanceof ConsumerGroupPartitionMetadataKey one) {
            id = one.groupId();
        }
        return Optional.ofNullable(id);
    }
}
