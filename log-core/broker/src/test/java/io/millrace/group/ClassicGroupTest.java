package io.millrace.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.JoinGroupResponse;
import io.millrace.protocol.SyncGroupResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The life of classic groups, and each error in Kafka's order of precedence.
final class ClassicGroupTest {
    private final TestCoordinator coordinator = new TestCoordinator(GroupConfigs.defaults());
    private final ClassicClient one = new ClassicClient(coordinator, "g", "one");
    private final ClassicClient two = new ClassicClient(coordinator, "g", "two");

    private String stateOf(String group) {
        Group found = coordinator.state().group(group);
        return found == null ? "none" : found.stateName();
    }

    /// Both members in one stable generation; `one` leads.
    private void stable() {
        one.firstJoin();
        two.firstJoin();
        coordinator.advance(3_000);
        coordinator.advance(3_000);
        one.joined();
        two.joined();
        ClassicClient leader = one.leads() ? one : two;
        leader.sync(Map.of(one.memberId, "a", two.memberId, "b"));
        (leader == one ? two : one).sync(Map.of());
        assertEquals("Stable", stateOf("g"));
    }

    @Test
    void aMemberJoinsInTwoSteps() {
        JoinGroupResponse first = one.join();
        assertEquals(ErrorCode.MEMBER_ID_REQUIRED, first.errorCode());
        assertTrue(first.memberId().startsWith("one-"));
        one.memberId = first.memberId();
        one.joinAndWait();
        assertEquals("PreparingRebalance", stateOf("g"));
        coordinator.advance(3_000);
        JoinGroupResponse joined = one.joined();
        assertEquals(ErrorCode.NONE, joined.errorCode());
        assertEquals(1, joined.generationId());
        assertEquals(one.memberId, joined.leader());
        assertEquals(1, joined.members().size());
        assertEquals("range", joined.protocolName());
        assertEquals("CompletingRebalance", stateOf("g"));
        SyncGroupResponse synced = one.sync(Map.of(one.memberId, "a"));
        assertEquals("a", ClassicClient.text(synced.assignment()));
        assertEquals("Stable", stateOf("g"));
    }

    @Test
    void oldMembersJoinInOneStep() {
        one.version = 3;
        one.joinAndWait();
        coordinator.advance(3_000);
        assertEquals(ErrorCode.NONE, one.joined().errorCode());
    }

    @Test
    void aMemberIdThatNobodyUsedIsForgotten() {
        one.memberId = one.join().memberId();
        coordinator.advance(one.sessionTimeoutMs);
        assertEquals(ErrorCode.UNKNOWN_MEMBER_ID, one.join().errorCode());
    }

    @Test
    void theFirstRebalanceWaitsLongerWhenMembersKeepComing() {
        one.firstJoin();
        coordinator.advance(2_000);
        two.firstJoin();
        coordinator.advance(2_000);
        assertFalse(coordinator.isAnswered(one.lastTicket));
        coordinator.advance(2_000);
        assertEquals(2, one.joined().generationId() + 1);
        assertEquals(2, (one.leads() ? one : two).joined().members().size());
    }

    @Test
    void aNewMemberRebalancesAStableGroup() {
        stable();
        ClassicClient three = new ClassicClient(coordinator, "g", "three");
        three.firstJoin();
        assertEquals("PreparingRebalance", stateOf("g"));
        assertEquals(ErrorCode.REBALANCE_IN_PROGRESS, one.heartbeat());
        assertEquals(ErrorCode.REBALANCE_IN_PROGRESS, one.sync(Map.of()).errorCode());
        one.joinAndWait();
        two.sendJoin();
        assertEquals(2, three.joined().generationId());
        assertEquals(2, one.joined().generationId());
    }

    @Test
    void aMemberThatDoesNotRejoinIsOut() {
        stable();
        ClassicClient three = new ClassicClient(coordinator, "g", "three");
        three.firstJoin();
        one.joinAndWait();
        for (int i = 0; i < 12; i++) {
            coordinator.advance(5_000);
            two.heartbeat();
        }
        assertEquals(2, one.joined().generationId());
        assertEquals(ErrorCode.UNKNOWN_MEMBER_ID, two.heartbeat());
    }

    @Test
    void aMemberThatDoesNotSyncIsOut() {
        one.firstJoin();
        two.firstJoin();
        coordinator.advance(6_000);
        one.joined();
        two.joined();
        one.sendSync(Map.of(one.memberId, "a"));
        for (int i = 0; i < 12; i++) {
            coordinator.advance(5_000);
            one.heartbeat();
            two.heartbeat();
        }
        assertEquals(ErrorCode.UNKNOWN_MEMBER_ID, two.heartbeat());
        assertEquals(ErrorCode.REBALANCE_IN_PROGRESS, one.heartbeat());
    }

    @Test
    void aSilentMemberIsOutAndTheLastOneLeavesAnEmptyGroup() {
        stable();
        for (int i = 0; i < 4; i++) {
            coordinator.advance(9_000);
            one.heartbeat();
        }
        coordinator.advance(9_000);
        assertEquals(ErrorCode.REBALANCE_IN_PROGRESS, one.heartbeat());
        coordinator.advance(60_000);
        assertEquals("Empty", stateOf("g"));
        assertEquals(ErrorCode.UNKNOWN_MEMBER_ID, one.heartbeat());
    }

    @Test
    void leavingRebalancesTheRest() {
        stable();
        assertEquals(ErrorCode.NONE, two.leave());
        assertEquals("PreparingRebalance", stateOf("g"));
        one.join();
        assertEquals(ErrorCode.NONE, one.leave());
        assertEquals("Empty", stateOf("g"));
        assertEquals(ErrorCode.UNKNOWN_MEMBER_ID, one.leave());
    }

    @Test
    void aFollowerThatJoinsUnchangedHearsOfThePresentGeneration() {
        stable();
        ClassicClient follower = one.leads() ? two : one;
        ClassicClient leader = one.leads() ? one : two;
        JoinGroupResponse again = follower.join();
        assertEquals(1, again.generationId());
        assertEquals("Stable", stateOf("g"));
        leader.joinAndWait();
        assertEquals("PreparingRebalance", stateOf("g"));
    }

    @Test
    void aStaticMemberComesBackWithoutARebalance() {
        one.instanceId = "instance-1";
        two.instanceId = "instance-2";
        one.firstJoin();
        two.firstJoin();
        coordinator.advance(6_000);
        one.joined();
        two.joined();
        one.sync(Map.of(one.memberId, "a", two.memberId, "b"));
        two.sync(Map.of());
        String old = one.memberId;
        ClassicClient again = new ClassicClient(coordinator, "g", "one");
        again.instanceId = "instance-1";
        JoinGroupResponse joined = again.join();
        assertEquals(ErrorCode.NONE, joined.errorCode());
        assertNotEquals(old, joined.memberId());
        assertEquals("Stable", stateOf("g"));
        again.took(joined);
        assertEquals("a", ClassicClient.text(again.sync(Map.of()).assignment()));
        assertEquals(ErrorCode.FENCED_INSTANCE_ID, one.heartbeat());
        assertEquals(ErrorCode.FENCED_INSTANCE_ID, one.sync(Map.of()).errorCode());
        assertEquals(ErrorCode.FENCED_INSTANCE_ID, one.join().errorCode());
    }

    @Test
    void aStaticLeaderThatComesBackNeedNotAssign() {
        one.instanceId = "instance-1";
        one.firstJoin();
        coordinator.advance(3_000);
        one.joined();
        one.sync(Map.of(one.memberId, "a"));
        String old = one.memberId;
        ClassicClient again = new ClassicClient(coordinator, "g", "one");
        again.instanceId = "instance-1";
        JoinGroupResponse joined = again.join();
        assertTrue(joined.skipAssignment());
        assertEquals(joined.memberId(), joined.leader());
        assertEquals(1, joined.members().size());
        ClassicClient older = new ClassicClient(coordinator, "g", "one");
        older.instanceId = "instance-1";
        older.version = 8;
        assertEquals(joined.memberId(), older.join().leader());
        assertNotEquals(old, joined.leader());
    }

    @Test
    void anAdministratorRemovesAStaticMemberByItsInstanceId() {
        one.instanceId = "instance-1";
        one.firstJoin();
        coordinator.advance(3_000);
        one.joined();
        one.sync(Map.of(one.memberId, "a"));
        one.memberId = "";
        assertEquals(ErrorCode.NONE, one.leave());
        assertEquals("Empty", stateOf("g"));
        assertEquals(ErrorCode.UNKNOWN_MEMBER_ID, one.leave());
    }

    @Test
    void joinErrorsInOrder() {
        assertEquals(
                ErrorCode.INVALID_GROUP_ID,
                new ClassicClient(coordinator, "", "one").session(1).join().errorCode());
        assertEquals(
                ErrorCode.INVALID_SESSION_TIMEOUT, one.session(5_999).join().errorCode());
        assertEquals(
                ErrorCode.INVALID_SESSION_TIMEOUT, one.session(1_800_001).join().errorCode());
        one.session(45_000).memberId = "stranger";
        assertEquals(ErrorCode.UNKNOWN_MEMBER_ID, one.join().errorCode());
        one.memberId = "";
        one.protocols = List.of();
        assertEquals(ErrorCode.INCONSISTENT_GROUP_PROTOCOL, one.join().errorCode());
        one.protocols = List.of("range");
        stable();
        two.protocols = List.of("else");
        assertEquals(ErrorCode.INCONSISTENT_GROUP_PROTOCOL, two.join().errorCode());
        two.protocols = List.of("range");
        two.protocolType = "connect";
        assertEquals(ErrorCode.INCONSISTENT_GROUP_PROTOCOL, two.join().errorCode());
        two.protocolType = "consumer";
        two.memberId = "stranger";
        assertEquals(ErrorCode.UNKNOWN_MEMBER_ID, two.join().errorCode());
        two.instanceId = "nobody";
        assertEquals(ErrorCode.UNKNOWN_MEMBER_ID, two.join().errorCode());
    }

    @Test
    void aFullGroupTakesNobodyElse() {
        TestCoordinator small =
                new TestCoordinator(GroupConfigs.with(Map.of("group.max.size", "1")));
        ClassicClient first = new ClassicClient(small, "g", "first");
        first.firstJoin();
        small.advance(3_000);
        first.joined();
        ClassicClient second = new ClassicClient(small, "g", "second");
        JoinGroupResponse refused = second.join();
        assertEquals(ErrorCode.GROUP_MAX_SIZE_REACHED, refused.errorCode());
        assertEquals("", refused.memberId());
    }

    @Test
    void syncErrorsInOrder() {
        assertEquals(
                ErrorCode.INVALID_GROUP_ID,
                new ClassicClient(coordinator, "", "one").sync(Map.of()).errorCode());
        assertEquals(ErrorCode.UNKNOWN_MEMBER_ID, one.sync(Map.of()).errorCode());
        stable();
        String own = one.memberId;
        one.memberId = "stranger";
        assertEquals(ErrorCode.UNKNOWN_MEMBER_ID, one.sync(Map.of()).errorCode());
        one.memberId = own;
        one.generation = 7;
        assertEquals(ErrorCode.ILLEGAL_GENERATION, one.sync(Map.of()).errorCode());
        one.generation = 1;
        one.protocolType = "connect";
        assertEquals(ErrorCode.INCONSISTENT_GROUP_PROTOCOL, one.sync(Map.of()).errorCode());
        one.protocolType = "consumer";
        assertEquals(ErrorCode.NONE, one.sync(Map.of()).errorCode());
    }

    @Test
    void heartbeatErrorsInOrder() {
        assertEquals(
                ErrorCode.INVALID_GROUP_ID, new ClassicClient(coordinator, "", "one").heartbeat());
        assertEquals(ErrorCode.UNKNOWN_MEMBER_ID, one.heartbeat());
        stable();
        one.generation = 7;
        assertEquals(ErrorCode.ILLEGAL_GENERATION, one.heartbeat());
        one.generation = 1;
        assertEquals(ErrorCode.NONE, one.heartbeat());
    }

    @Test
    void theProtocolThatMostPreferIsSelected() {
        one.protocols = List.of("roundrobin", "range");
        two.protocols = List.of("range", "roundrobin");
        ClassicClient three = new ClassicClient(coordinator, "g", "three");
        three.protocols = List.of("range", "sticky", "roundrobin");
        one.firstJoin();
        two.firstJoin();
        three.firstJoin();
        coordinator.advance(6_000);
        assertEquals("range", one.joined().protocolName());
    }

    @Test
    void aStableGroupOutlivesTheCoordinator() {
        stable();
        coordinator.restart();
        assertEquals(ErrorCode.NONE, one.heartbeat());
        assertEquals("a", ClassicClient.text(one.sync(Map.of()).assignment()));
        coordinator.advance(45_000);
        assertEquals(ErrorCode.UNKNOWN_MEMBER_ID, one.heartbeat());
    }
}
