package io.millrace.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.protocol.ConsumerGroupHeartbeatRequest;
import io.millrace.protocol.ConsumerGroupHeartbeatResponse;
import io.millrace.protocol.ErrorCode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The life of groups of the consumer protocol, and each error in Kafka's order of precedence.
final class ConsumerGroupTest {
    private final TestCoordinator coordinator = new TestCoordinator(
            GroupConfigs.with(Map.of("group.consumer.assignment.interval.ms", "0")));
    private final ConsumerClient one = new ConsumerClient(coordinator, "g", "member-1", "a");
    private final ConsumerClient two = new ConsumerClient(coordinator, "g", "member-2", "a");

    ConsumerGroupTest() {
        coordinator.topic("a", 4);
        coordinator.topic("b", 2);
    }

    private String stateOf(String group) {
        Group found = coordinator.state().group(group);
        return found == null ? "none" : found.stateName();
    }

    private void settle(ConsumerClient... members) {
        for (int round = 0; round < 6; round++) {
            for (ConsumerClient member : members) {
                member.expect(ErrorCode.NONE, member.heartbeat());
            }
        }
    }

    @Test
    void theFirstMemberGetsEverything() {
        ConsumerGroupHeartbeatResponse answer = one.join();
        assertEquals(ErrorCode.NONE, answer.errorCode());
        assertEquals(2, answer.memberEpoch());
        assertEquals(5_000, answer.heartbeatIntervalMs());
        assertEquals(4, one.size());
        assertNull(one.heartbeat().assignment());
        assertEquals("Stable", stateOf("g"));
    }

    @Test
    void aPartitionMovesOnlyWhenItWasGivenUp() {
        one.join();
        two.join();
        assertEquals(3, two.epoch);
        assertEquals(0, two.size());
        assertEquals("Reconciling", stateOf("g"));
        one.obeys = false;
        ConsumerGroupHeartbeatResponse told = one.heartbeat();
        assertEquals(2, told.memberEpoch());
        assertNotNull(told.assignment());
        two.heartbeat();
        assertEquals(0, two.size());
        one.obeys = true;
        one.full();
        one.heartbeat();
        assertEquals(3, one.epoch);
        assertEquals(2, one.size());
        two.heartbeat();
        assertEquals(2, two.size());
        settle(one, two);
        assertEquals("Stable", stateOf("g"));
    }

    @Test
    void aMemberThatGivesNothingUpInTimeIsOut() {
        one.join();
        two.join();
        one.obeys = false;
        one.heartbeat();
        for (int i = 0; i < 13; i++) {
            coordinator.advance(5_000);
            two.heartbeat();
            one.heartbeat();
        }
        one.expect(ErrorCode.UNKNOWN_MEMBER_ID, one.heartbeat());
        settle(two);
        assertEquals(4, two.size());
    }

    @Test
    void aSilentMemberIsOut() {
        one.join();
        two.join();
        settle(one, two);
        for (int i = 0; i < 10; i++) {
            coordinator.advance(5_000);
            two.heartbeat();
        }
        one.expect(ErrorCode.UNKNOWN_MEMBER_ID, one.heartbeat());
        settle(two);
        assertEquals(4, two.size());
    }

    @Test
    void aMemberThatLeavesGivesItsPartitionsToTheRest() {
        one.join();
        two.join();
        settle(one, two);
        assertEquals(-1, one.leave(-1).memberEpoch());
        settle(two);
        assertEquals(4, two.size());
        two.leave(-1);
        assertEquals("Empty", stateOf("g"));
    }

    @Test
    void aStaticMemberThatIsAwayKeepsItsPartitions() {
        one.instanceId = "i";
        one.join();
        two.join();
        settle(one, two);
        var had = one.owned;
        one.leave(-2);
        two.heartbeat();
        assertEquals(2, two.size());
        ConsumerClient back = new ConsumerClient(coordinator, "g", "member-3", "a");
        back.instanceId = "i";
        back.expect(ErrorCode.NONE, back.join());
        assertEquals(had, back.owned);
        one.expect(ErrorCode.FENCED_INSTANCE_ID, one.heartbeat());
    }

    @Test
    void aStaticMemberThatStaysAwayIsOut() {
        one.instanceId = "i";
        one.join();
        two.join();
        settle(one, two);
        one.leave(-2);
        for (int i = 0; i < 10; i++) {
            coordinator.advance(5_000);
            two.heartbeat();
        }
        settle(two);
        assertEquals(4, two.size());
    }

    @Test
    void anInstanceIdInUseIsNotReleased() {
        one.instanceId = "i";
        one.join();
        two.instanceId = "i";
        two.expect(ErrorCode.UNRELEASED_INSTANCE_ID, two.join());
        two.epoch = 1;
        two.expect(ErrorCode.FENCED_INSTANCE_ID, two.heartbeat());
        two.expect(ErrorCode.FENCED_INSTANCE_ID, two.leave(-1));
    }

    @Test
    void newPartitionsAndTopicsAreAssigned() {
        one.topics = List.of("a", "later");
        one.join();
        assertEquals(4, one.size());
        coordinator.topic("a", 6);
        settle(one);
        assertEquals(6, one.size());
        coordinator.topic("later", 1);
        settle(one);
        assertEquals(7, one.size());
        int epoch = one.epoch;
        coordinator.topic("unrelated", 1);
        settle(one);
        assertEquals(epoch, one.epoch);
    }

    @Test
    void aChangedSubscriptionTakesEffect() {
        one.join();
        one.topics = List.of("b");
        one.full();
        settle(one);
        assertEquals(2, one.size());
        assertTrue(one.owned.containsKey(TestCoordinator.topicId("b")));
    }

    @Test
    void expressionsFollowTheTopics() {
        one.topics = List.of();
        one.regex = "a|x.*";
        one.join();
        assertEquals(4, one.size());
        coordinator.topic("xyz", 3);
        settle(one);
        assertEquals(7, one.size());
        one.regex = "b";
        one.full();
        settle(one);
        assertEquals(2, one.size());
        ConsumerGroup group =
                (ConsumerGroup) coordinator.state().groups().iterator().next().value();
        assertEquals(1, group.regexes().size());
        one.regex = "(";
        one.expect(ErrorCode.INVALID_REGULAR_EXPRESSION, one.full());
    }

    @Test
    void theAssignorThatMostAskForIsUsed() {
        coordinator.topic("c", 3);
        one.topics = List.of("a", "b", "c");
        one.assignor = "range";
        one.join();
        two.topics = one.topics;
        two.assignor = "range";
        two.join();
        settle(one, two);
        // Range gives the first member the longer half of each topic: 2 + 1 + 2.
        assertEquals(5, one.size());
        assertEquals(4, two.size());
    }

    @Test
    void epochsAreFenced() {
        one.join();
        two.join();
        settle(one, two);
        int epoch = one.epoch;
        one.epoch = epoch + 1;
        one.expect(ErrorCode.FENCED_MEMBER_EPOCH, one.heartbeat());
        // The epoch before, but nothing that shows it missed an answer.
        one.epoch = epoch - 1;
        one.expect(ErrorCode.FENCED_MEMBER_EPOCH, one.heartbeat());
        one.epoch = epoch;
        one.expect(ErrorCode.NONE, one.heartbeat());
        one.expect(ErrorCode.NONE, one.join());
        assertEquals(2, one.size());
    }

    @Test
    void theAnswerThatWasLostIsGivenAgain() {
        one.join();
        one.topics = List.of("a", "b");
        one.full();
        int previous = one.epoch - 1;
        one.owned = new java.util.TreeMap<>();
        one.epoch = previous;
        one.expect(ErrorCode.NONE, one.full());
        assertEquals(previous + 1, one.epoch);
        assertEquals(6, one.size());
    }

    @Test
    void requestErrorsInOrder() {
        ConsumerGroupHeartbeatRequest good = new ConsumerGroupHeartbeatRequest(
                "g", "m", 0, null, null, 1, List.of("a"), null, null, List.of());
        assertRefused("MemberId", good.withMemberId("").withGroupId(""));
        assertRefused("GroupId", good.withGroupId("").withInstanceId(""));
        assertRefused("InstanceId", good.withInstanceId("").withRackId(""));
        assertRefused("RackId", good.withRackId("").withRebalanceTimeoutMs(-1));
        assertRefused(
                "RebalanceTimeoutMs", good.withRebalanceTimeoutMs(-1).withTopicPartitions(null));
        assertRefused(
                "TopicPartitions", good.withTopicPartitions(null).withSubscribedTopicNames(null));
        assertRefused("Either SubscribedTopicNames", good.withSubscribedTopicNames(null));
        assertRefused("InstanceId", good.withMemberEpoch(-2));
        assertRefused("MemberEpoch", good.withMemberEpoch(-3));
        ConsumerGroupHeartbeatResponse answer = one.send(good.withServerAssignor("none"));
        assertEquals(ErrorCode.UNSUPPORTED_ASSIGNOR, answer.errorCode());
        assertEquals(
                ErrorCode.GROUP_ID_NOT_FOUND, one.send(good.withMemberEpoch(1)).errorCode());
        assertEquals(
                ErrorCode.GROUP_ID_NOT_FOUND, one.send(good.withMemberEpoch(-1)).errorCode());
        assertEquals(ErrorCode.NONE, one.send(good).errorCode());
        assertEquals(
                ErrorCode.UNKNOWN_MEMBER_ID,
                one.send(good.withMemberId("x").withMemberEpoch(1)).errorCode());
        assertEquals(
                ErrorCode.UNKNOWN_MEMBER_ID,
                one.send(good.withMemberId("x").withMemberEpoch(-1)).errorCode());
    }

    private void assertRefused(String about, ConsumerGroupHeartbeatRequest request) {
        ConsumerGroupHeartbeatResponse answer = one.send(request);
        assertEquals(ErrorCode.INVALID_REQUEST, answer.errorCode());
        assertTrue(String.valueOf(answer.errorMessage()).startsWith(about), answer.errorMessage());
    }

    @Test
    void membersOfTheFirstVersionGetTheirIdFromTheCoordinator() {
        one.version = 0;
        one.memberId = "";
        ConsumerGroupHeartbeatResponse answer = one.join();
        assertEquals(ErrorCode.NONE, answer.errorCode());
        assertEquals(22, String.valueOf(answer.memberId()).length());
    }

    @Test
    void aFullGroupTakesNobodyElse() {
        TestCoordinator small =
                new TestCoordinator(GroupConfigs.with(Map.of("group.consumer.max.size", "1")));
        new ConsumerClient(small, "g", "m1", "a").join();
        ConsumerClient second = new ConsumerClient(small, "g", "m2", "a");
        second.expect(ErrorCode.GROUP_MAX_SIZE_REACHED, second.join());
    }

    @Test
    void assignmentsKeepTheirInterval() {
        TestCoordinator slow = new TestCoordinator(
                GroupConfigs.with(Map.of("group.consumer.assignment.interval.ms", "1000")));
        slow.topic("a", 4);
        ConsumerClient first = new ConsumerClient(slow, "g", "m1", "a");
        ConsumerClient second = new ConsumerClient(slow, "g", "m2", "a");
        first.join();
        second.join();
        first.heartbeat();
        assertEquals(4, first.size());
        slow.advance(1_000);
        first.heartbeat();
        assertEquals(2, first.size());
    }

    @Test
    void aGroupOutlivesTheCoordinator() {
        one.join();
        two.join();
        settle(one, two);
        coordinator.restart();
        one.expect(ErrorCode.NONE, one.heartbeat());
        assertEquals("Stable", stateOf("g"));
        coordinator.advance(45_000);
        two.expect(ErrorCode.UNKNOWN_MEMBER_ID, two.heartbeat());
        assertFalse(coordinator.log.isEmpty());
    }
}
