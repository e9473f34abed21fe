package io.millrace.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.millrace.protocol.ConsumerProtocolAssignment;
import io.millrace.protocol.ConsumerProtocolSubscription;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.JoinGroupResponse;
import io.millrace.protocol.SyncGroupResponse;
import io.millrace.protocol.WireWriter;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Groups that change their protocol while they have members.
final class MigrationTest {
    private final TestCoordinator coordinator = new TestCoordinator(
            GroupConfigs.with(Map.of("group.consumer.assignment.interval.ms", "0")));
    private final ClassicClient classic = new ClassicClient(coordinator, "g", "classic");
    private final ConsumerClient consumer = new ConsumerClient(coordinator, "g", "consumer", "a");

    MigrationTest() {
        coordinator.topic("a", 4);
        classic.metadata = subscription("a");
    }

    static ByteBuffer subscription(String topic) {
        WireWriter out = new WireWriter();
        out.int16(3);
        ConsumerProtocolSubscription.DEFAULT.withTopics(List.of(topic)).write(out, 3);
        return out.toBuffer();
    }

    /// Partitions of the one topic in an assignment.
    static List<Integer> partitions(ByteBuffer assignment) {
        ConsumerProtocolAssignment read =
                ConsumerSubscriptions.parseAssignment(assignment).orElseThrow();
        return read.assignedPartitions().isEmpty()
                ? List.of()
                : read.assignedPartitions().getFirst().partitions();
    }

    private void classicGroup() {
        classic.firstJoin();
        coordinator.advance(3_000);
        classic.joined();
        ByteBuffer all = ConsumerSubscriptions.serialize(
                new ConsumerProtocolAssignment(
                        List.of(new ConsumerProtocolAssignment.TopicPartition(
                                "a", List.of(0, 1, 2, 3))),
                        null),
                3);
        classic.syncBytes(Map.of(classic.memberId, all));
    }

    /// The classic member does as its client would: it rejoins when it is told to.
    private List<Integer> follow() {
        if (classic.heartbeat() == ErrorCode.REBALANCE_IN_PROGRESS) {
            JoinGroupResponse joined = classic.join();
            assertEquals(ErrorCode.NONE, joined.errorCode());
            classic.took(joined);
        }
        SyncGroupResponse synced = classic.sync(Map.of());
        return synced.errorCode() == ErrorCode.NONE ? partitions(synced.assignment()) : List.of();
    }

    @Test
    void anEmptyClassicGroupBecomesAConsumerGroup() {
        classicGroup();
        classic.leave();
        consumer.expect(ErrorCode.NONE, consumer.join());
        assertEquals(4, consumer.size());
        assertInstanceOf(ConsumerGroup.class, coordinator.state().group("g"));
    }

    @Test
    void anEmptyConsumerGroupBecomesAClassicGroup() {
        consumer.join();
        consumer.leave(-1);
        classicGroup();
        assertInstanceOf(ClassicGroup.class, coordinator.state().group("g"));
        assertEquals(ErrorCode.NONE, classic.heartbeat());
    }

    @Test
    void aConsumerJoinsAClassicGroupAndBothShare() {
        classicGroup();
        consumer.expect(ErrorCode.NONE, consumer.join());
        assertInstanceOf(ConsumerGroup.class, coordinator.state().group("g"));
        List<Integer> held = List.of();
        for (int i = 0; i < 4; i++) {
            held = follow();
            consumer.heartbeat();
        }
        assertEquals(2, held.size());
        assertEquals(2, consumer.size());
        assertEquals(ErrorCode.NONE, classic.heartbeat());
    }

    @Test
    void theLastConsumerLeavesAClassicGroupBehind() {
        aConsumerJoinsAClassicGroupAndBothShare();
        consumer.leave(-1);
        assertInstanceOf(ClassicGroup.class, coordinator.state().group("g"));
        ErrorCode told = classic.heartbeat();
        assertEquals(
                true,
                told == ErrorCode.REBALANCE_IN_PROGRESS || told == ErrorCode.ILLEGAL_GENERATION);
        classic.sendJoin();
        JoinGroupResponse joined = classic.joined();
        assertEquals(ErrorCode.NONE, joined.errorCode());
        assertEquals(classic.memberId, joined.leader());
    }

    @Test
    void aNewClassicMemberJoinsAConsumerGroup() {
        consumer.join();
        classic.memberId = classic.join().memberId();
        JoinGroupResponse joined = classic.join();
        assertEquals(ErrorCode.NONE, joined.errorCode());
        classic.took(joined);
        List<Integer> held = List.of();
        for (int i = 0; i < 4; i++) {
            consumer.heartbeat();
            held = follow();
        }
        assertEquals(2, held.size());
        assertEquals(2, consumer.size());
    }

    @Test
    void classicMembersOfAConsumerGroupLeaveAndExpire() {
        aConsumerJoinsAClassicGroupAndBothShare();
        assertEquals(ErrorCode.NONE, classic.leave());
        assertEquals(ErrorCode.UNKNOWN_MEMBER_ID, classic.leave());
        for (int i = 0; i < 3; i++) {
            consumer.heartbeat();
        }
        assertEquals(4, consumer.size());
    }

    @Test
    void aMemberThatDoesNotRejoinIsOut() {
        aConsumerJoinsAClassicGroupAndBothShare();
        ConsumerClient third = new ConsumerClient(coordinator, "g", "third", "a");
        third.join();
        for (int i = 0; i < 14; i++) {
            coordinator.advance(5_000);
            classic.heartbeat();
            consumer.heartbeat();
            third.heartbeat();
        }
        assertEquals(ErrorCode.UNKNOWN_MEMBER_ID, classic.heartbeat());
    }

    @Test
    void migrationCanBeSwitchedOff() {
        TestCoordinator fixed = new TestCoordinator(
                GroupConfigs.with(Map.of("group.consumer.migration.policy", "disabled")));
        ClassicClient member = new ClassicClient(fixed, "g", "classic");
        member.firstJoin();
        fixed.advance(3_000);
        ConsumerClient other = new ConsumerClient(fixed, "g", "consumer", "a");
        other.expect(ErrorCode.GROUP_ID_NOT_FOUND, other.join());
    }

    @Test
    void aGroupOfAnotherKindIsNotConverted() {
        classic.protocolType = "connect";
        classic.firstJoin();
        coordinator.advance(3_000);
        classic.joined();
        consumer.expect(ErrorCode.GROUP_ID_NOT_FOUND, consumer.join());
    }

    @Test
    void aClassicMemberOfAnotherKindCannotJoinAConsumerGroup() {
        consumer.join();
        classic.protocolType = "connect";
        assertEquals(ErrorCode.INCONSISTENT_GROUP_PROTOCOL, classic.join().errorCode());
        classic.protocolType = "consumer";
        classic.metadata = ClassicClient.bytes("x");
        // Its metadata is read once it has an id.
        JoinGroupResponse first = classic.join();
        assertEquals(ErrorCode.MEMBER_ID_REQUIRED, first.errorCode());
        classic.memberId = first.memberId();
        assertEquals(ErrorCode.INCONSISTENT_GROUP_PROTOCOL, classic.join().errorCode());
    }
}
