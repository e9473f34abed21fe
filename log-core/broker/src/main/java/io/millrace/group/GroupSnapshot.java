package io.millrace.group;

import io.millrace.cluster.SortedTree;
import io.millrace.protocol.ConsumerGroupCurrentMemberAssignmentKey;
import io.millrace.protocol.ConsumerGroupMemberMetadataKey;
import io.millrace.protocol.ConsumerGroupMetadataKey;
import io.millrace.protocol.ConsumerGroupMetadataValue;
import io.millrace.protocol.ConsumerGroupRegularExpressionKey;
import io.millrace.protocol.ConsumerGroupTargetAssignmentMemberKey;
import io.millrace.protocol.ConsumerGroupTargetAssignmentMetadataKey;
import io.millrace.protocol.GroupMetadataKey;
import io.millrace.protocol.OffsetCommitKey;
import java.util.function.Consumer;

/// The state as the records that make it.
final class GroupSnapshot {
    private GroupSnapshot() {}

    static void write(GroupState state, Consumer<GroupRecord> out) {
        for (SortedTree.Entry<String, Group> entry : state.groups()) {
            switch (entry.value()) {
                case ClassicGroup group -> classic(group, out);
                case ConsumerGroup group -> consumer(group, out);
            }
        }
        for (var group : state.offsets()) {
            for (var entry : group.value()) {
                out.accept(new GroupRecord.Written(
                        new OffsetCommitKey(
                                group.key(), entry.key().topic(), entry.key().partition()),
                        entry.value().toValue()));
            }
        }
    }

    /// A simple group follows from its offsets; one between two generations stands as it was
    /// stored.
    private static void classic(ClassicGroup group, Consumer<GroupRecord> out) {
        if (!group.isSimple()) {
            out.accept(new GroupRecord.Written(
                    new GroupMetadataKey(group.id()), ClassicRecords.value(group)));
        }
    }

    private static void consumer(ConsumerGroup group, Consumer<GroupRecord> out) {
        String id = group.id();
        for (ConsumerMember member : group.all()) {
            out.accept(new GroupRecord.Written(
                    new ConsumerGroupMemberMetadataKey(id, member.id()), member.profile()));
        }
        group.regexes()
                .forEach(regex -> out.accept(new GroupRecord.Written(
                        new ConsumerGroupRegularExpressionKey(id, regex.key()), regex.value())));
        out.accept(new GroupRecord.Written(
                new ConsumerGroupMetadataKey(id),
                new ConsumerGroupMetadataValue(group.epoch(), group.metadataHash())));
        group.targets()
                .forEach(target -> out.accept(new GroupRecord.Written(
                        new ConsumerGroupTargetAssignmentMemberKey(id, target.key()),
                        ConsumerRecords.value(target.value()))));
        out.accept(new GroupRecord.Written(
                new ConsumerGroupTargetAssignmentMetadataKey(id),
                ConsumerRecords.value(group.target())));
        for (ConsumerMember member : group.all()) {
            out.accept(new GroupRecord.Written(
                    new ConsumerGroupCurrentMemberAssignmentKey(id, member.id()),
                    ConsumerRecords.value(member)));
        }
    }
}
