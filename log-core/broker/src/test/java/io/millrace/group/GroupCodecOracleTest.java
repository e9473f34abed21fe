package io.millrace.group;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.broker.coordinator.GroupCodec;
import io.millrace.cluster.SortedTree;
import io.millrace.group.assign.Assignment;
import io.millrace.host.JournalRecord;
import io.millrace.protocol.ConsumerGroupCurrentMemberAssignmentKey;
import io.millrace.protocol.ConsumerGroupMemberMetadataKey;
import io.millrace.protocol.ConsumerGroupMemberMetadataValue;
import io.millrace.protocol.ConsumerGroupMemberMetadataValue.ClassicMemberMetadata;
import io.millrace.protocol.ConsumerGroupMemberMetadataValue.ClassicProtocol;
import io.millrace.protocol.ConsumerGroupMetadataKey;
import io.millrace.protocol.ConsumerGroupMetadataValue;
import io.millrace.protocol.ConsumerGroupRegularExpressionKey;
import io.millrace.protocol.ConsumerGroupRegularExpressionValue;
import io.millrace.protocol.ConsumerGroupTargetAssignmentMemberKey;
import io.millrace.protocol.ConsumerGroupTargetAssignmentMetadataKey;
import io.millrace.protocol.GroupMetadataKey;
import io.millrace.protocol.GroupMetadataValue;
import io.millrace.protocol.OffsetCommitKey;
import io.millrace.protocol.OffsetsKey;
import io.millrace.protocol.OffsetsValue;
import io.millrace.protocol.Uuid;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.coordinator.common.runtime.CoordinatorRecord;
import org.apache.kafka.coordinator.group.GroupCoordinatorRecordHelpers;
import org.apache.kafka.coordinator.group.GroupCoordinatorRecordSerde;
import org.apache.kafka.coordinator.group.OffsetAndMetadata;
import org.apache.kafka.coordinator.group.modern.MemberState;
import org.apache.kafka.coordinator.group.modern.consumer.ConsumerGroupMember;
import org.apache.kafka.coordinator.group.modern.consumer.ResolvedRegularExpression;
import org.junit.jupiter.api.Test;

/// What we write is byte for byte what Kafka's coordinator writes for the same, and we read it
/// back.
final class GroupCodecOracleTest {
    private static final GroupCoordinatorRecordSerde KAFKA = new GroupCoordinatorRecordSerde();
    private static final Uuid TOPIC = new Uuid(1, 2);
    private static final org.apache.kafka.common.Uuid KAFKA_TOPIC =
            new org.apache.kafka.common.Uuid(1, 2);

    private static void assertSame(CoordinatorRecord theirs, OffsetsKey key, OffsetsValue value) {
        GroupCodec codec = new GroupCodec();
        GroupRecord record = new GroupRecord.Written(key, value);
        JournalRecord ours = codec.encode(record, 1).orElseThrow();
        assertEquals(ByteBuffer.wrap(KAFKA.serializeKey(theirs)), ours.key());
        assertEquals(ByteBuffer.wrap(KAFKA.serializeValue(theirs)), ours.value());
        assertEquals(Optional.of(record), codec.decode(ours));
    }

    private static void assertSame(CoordinatorRecord theirs, OffsetsKey key) {
        GroupCodec codec = new GroupCodec();
        JournalRecord ours = codec.encode(new GroupRecord.Erased(key), 1).orElseThrow();
        assertEquals(ByteBuffer.wrap(KAFKA.serializeKey(theirs)), ours.key());
        assertEquals(null, ours.value());
        assertEquals(Optional.of(new GroupRecord.Erased(key)), codec.decode(ours));
    }

    @Test
    void offsets() {
        assertSame(
                GroupCoordinatorRecordHelpers.newOffsetCommitRecord(
                        "g",
                        "t",
                        3,
                        new OffsetAndMetadata(
                                -1,
                                42,
                                OptionalInt.of(7),
                                "note",
                                1000,
                                OptionalLong.empty(),
                                KAFKA_TOPIC)),
                new OffsetCommitKey("g", "t", 3),
                new CommittedOffset(42, 7, "note", 1000, -1, TOPIC).toValue());
        assertSame(
                GroupCoordinatorRecordHelpers.newOffsetCommitTombstoneRecord("g", "t", 3),
                new OffsetCommitKey("g", "t", 3));
    }

    @Test
    void offsetsWithAnExpiryAsOldClientsCommitThem() {
        assertSame(
                GroupCoordinatorRecordHelpers.newOffsetCommitRecord(
                        "g",
                        "t",
                        3,
                        new OffsetAndMetadata(
                                -1,
                                42,
                                OptionalInt.empty(),
                                "",
                                1000,
                                OptionalLong.of(5000),
                                org.apache.kafka.common.Uuid.ZERO_UUID)),
                new OffsetCommitKey("g", "t", 3),
                new CommittedOffset(42, -1, "", 1000, 5000, Uuid.ZERO).toValue());
    }

    @Test
    void consumerGroupRecords() {
        assertSame(
                GroupCoordinatorRecordHelpers.newConsumerGroupEpochRecord("g", 5, 77),
                new ConsumerGroupMetadataKey("g"),
                new ConsumerGroupMetadataValue(5, 77));
        assertSame(
                GroupCoordinatorRecordHelpers.newConsumerGroupEpochTombstoneRecord("g"),
                new ConsumerGroupMetadataKey("g"));
        assertSame(
                GroupCoordinatorRecordHelpers.newConsumerGroupTargetAssignmentRecord(
                        "g", "m", Map.of(KAFKA_TOPIC, Set.of(1))),
                new ConsumerGroupTargetAssignmentMemberKey("g", "m"),
                ConsumerRecords.value(target(1)));
        assertSame(
                GroupCoordinatorRecordHelpers.newConsumerGroupTargetAssignmentMetadataRecord(
                        "g", 5, 999),
                new ConsumerGroupTargetAssignmentMetadataKey("g"),
                ConsumerRecords.value(new ConsumerGroup.Target(5, 999)));
        assertSame(
                GroupCoordinatorRecordHelpers.newConsumerGroupRegularExpressionRecord(
                        "g", "a.*", new ResolvedRegularExpression(Set.of("abc"), 3, 1000)),
                new ConsumerGroupRegularExpressionKey("g", "a.*"),
                new ConsumerGroupRegularExpressionValue(List.of("abc"), 3, 1000));
    }

    private static Assignment target(int partition) {
        SortedMap<Uuid, SortedSet<Integer>> partitions = new TreeMap<>();
        partitions.put(TOPIC, new TreeSet<>(Set.of(partition)));
        return new Assignment(partitions);
    }

    @Test
    void membersOfConsumerGroups() {
        ConsumerGroupMember theirs = new ConsumerGroupMember.Builder("m")
                .setInstanceId("i")
                .setRackId("r")
                .setClientId("c")
                .setClientHost("h")
                .setRebalanceTimeoutMs(100)
                .setServerAssignorName("range")
                .setSubscribedTopicNames(List.of("b", "a"))
                .setSubscribedTopicRegex("a.*")
                .setMemberEpoch(5)
                .setPreviousMemberEpoch(4)
                .setState(MemberState.UNREVOKED_PARTITIONS)
                .setAssignedPartitions(Map.of(KAFKA_TOPIC, new HashMap<>(Map.of(2, 4))))
                .setPartitionsPendingRevocation(Map.of(KAFKA_TOPIC, new HashMap<>(Map.of(3, 1))))
                .build();
        ConsumerGroupMemberMetadataValue profile = new ConsumerGroupMemberMetadataValue(
                "i", "r", "c", "h", List.of("a", "b"), "a.*", 100, "range", null);
        ConsumerMember ours = new ConsumerMember(
                "m",
                5,
                4,
                io.millrace.group.MemberState.UNREVOKED_PARTITIONS,
                held(2, 4),
                held(3, 1),
                profile);
        assertSame(
                GroupCoordinatorRecordHelpers.newConsumerGroupMemberSubscriptionRecord("g", theirs),
                new ConsumerGroupMemberMetadataKey("g", "m"),
                profile);
        assertSame(
                GroupCoordinatorRecordHelpers.newConsumerGroupCurrentAssignmentRecord("g", theirs),
                new ConsumerGroupCurrentMemberAssignmentKey("g", "m"),
                ConsumerRecords.value(ours));
    }

    private static SortedTree<Uuid, SortedTree<Integer, Integer>> held(int partition, int epoch) {
        return SortedTree.<Uuid, SortedTree<Integer, Integer>>empty()
                .with(TOPIC, SortedTree.<Integer, Integer>empty().with(partition, epoch));
    }

    @Test
    void classicMembersOfConsumerGroups() {
        var kafkaClassic = new org.apache.kafka.coordinator.group.generated
                        .ConsumerGroupMemberMetadataValue.ClassicMemberMetadata()
                .setSessionTimeoutMs(45_000)
                .setSupportedProtocols(List.of(new org.apache.kafka.coordinator.group.generated
                                .ConsumerGroupMemberMetadataValue.ClassicProtocol()
                        .setName("range")
                        .setMetadata(new byte[] {1, 2})));
        ConsumerGroupMember theirs = new ConsumerGroupMember.Builder("m")
                .setClientId("c")
                .setClientHost("h")
                .setRebalanceTimeoutMs(100)
                .setSubscribedTopicNames(List.of("a"))
                .setClassicMemberMetadata(kafkaClassic)
                .build();
        assertSame(
                GroupCoordinatorRecordHelpers.newConsumerGroupMemberSubscriptionRecord("g", theirs),
                new ConsumerGroupMemberMetadataKey("g", "m"),
                new ConsumerGroupMemberMetadataValue(
                        null,
                        null,
                        "c",
                        "h",
                        List.of("a"),
                        theirs.subscribedTopicRegex(),
                        100,
                        null,
                        new ClassicMemberMetadata(
                                45_000,
                                List.of(new ClassicProtocol(
                                        "range", ByteBuffer.wrap(new byte[] {1, 2}))))));
    }

    @Test
    void classicGroups() {
        var value = new org.apache.kafka.coordinator.group.generated.GroupMetadataValue()
                .setProtocolType("consumer")
                .setGeneration(3)
                .setProtocol("range")
                .setLeader("m")
                .setCurrentStateTimestamp(1000)
                .setMembers(
                        List.of(new org.apache.kafka.coordinator.group.generated.GroupMetadataValue
                                        .MemberMetadata()
                                .setMemberId("m")
                                .setGroupInstanceId("i")
                                .setClientId("c")
                                .setClientHost("h")
                                .setRebalanceTimeout(1)
                                .setSessionTimeout(2)
                                .setSubscription(new byte[] {3})
                                .setAssignment(new byte[] {4})));
        CoordinatorRecord theirs = CoordinatorRecord.record(
                new org.apache.kafka.coordinator.group.generated.GroupMetadataKey().setGroup("g"),
                new org.apache.kafka.server.common.ApiMessageAndVersion(value, (short) 3));
        assertSame(
                theirs,
                new GroupMetadataKey("g"),
                new GroupMetadataValue(
                        "consumer",
                        3,
                        "range",
                        "m",
                        1000,
                        List.of(new GroupMetadataValue.MemberMetadata(
                                "m",
                                "i",
                                "c",
                                "h",
                                1,
                                2,
                                ByteBuffer.wrap(new byte[] {3}),
                                ByteBuffer.wrap(new byte[] {4})))));
        assertSame(
                GroupCoordinatorRecordHelpers.newGroupMetadataTombstoneRecord("g"),
                new GroupMetadataKey("g"));
    }

    @Test
    void keysOfNewerReleasesAreSkipped() {
        ByteBuffer key =
                ByteBuffer.allocate(4).putShort((short) 999).putShort((short) 0).flip();
        assertEquals(
                Optional.empty(),
                new GroupCodec().decode(JournalRecord.of(key, ByteBuffer.allocate(2), 1)));
    }
}
