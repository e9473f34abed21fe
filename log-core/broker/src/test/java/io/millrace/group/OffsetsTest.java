package io.millrace.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.millrace.protocol.DeleteGroupsRequest;
import io.millrace.protocol.DeleteGroupsResponse;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.OffsetCommitRequest;
import io.millrace.protocol.OffsetCommitRequest.OffsetCommitRequestPartition;
import io.millrace.protocol.OffsetCommitRequest.OffsetCommitRequestTopic;
import io.millrace.protocol.OffsetCommitResponse;
import io.millrace.protocol.OffsetDeleteRequest;
import io.millrace.protocol.OffsetDeleteRequest.OffsetDeleteRequestPartition;
import io.millrace.protocol.OffsetDeleteRequest.OffsetDeleteRequestTopic;
import io.millrace.protocol.OffsetDeleteResponse;
import io.millrace.protocol.OffsetFetchRequest;
import io.millrace.protocol.OffsetFetchRequest.OffsetFetchRequestGroup;
import io.millrace.protocol.OffsetFetchRequest.OffsetFetchRequestTopics;
import io.millrace.protocol.OffsetFetchResponse;
import io.millrace.protocol.OffsetFetchResponse.OffsetFetchResponseGroup;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Offsets: who may commit, what is told, and when they go.
final class OffsetsTest {
    private static final long DAY_MS = 86_400_000;

    private final TestCoordinator coordinator = new TestCoordinator(
            GroupConfigs.with(Map.of("group.consumer.assignment.interval.ms", "0")));
    private final ClassicClient member = new ClassicClient(coordinator, "g", "one");

    OffsetsTest() {
        coordinator.topic("a", 4);
        coordinator.topic("b", 1);
        member.metadata = MigrationTest.subscription("a");
    }

    private ErrorCode commit(int version, OffsetCommitRequest request) {
        OffsetCommitResponse answer = (OffsetCommitResponse)
                coordinator.call(new GroupCommand.Commit(new Caller("c", "/h", version), request));
        return answer.topics().getFirst().partitions().getFirst().errorCode();
    }

    private static OffsetCommitRequest request(int generation, String memberId, long offset) {
        return new OffsetCommitRequest(
                "g", generation, memberId, null, -1, List.of(topic("a", offset, "note")));
    }

    private static OffsetCommitRequestTopic topic(String name, long offset, String metadata) {
        return new OffsetCommitRequestTopic(
                name,
                TestCoordinator.topicId(name),
                List.of(new OffsetCommitRequestPartition(0, offset, 7, metadata)));
    }

    private OffsetFetchResponseGroup fetch(int version, OffsetFetchRequestGroup group) {
        return ((OffsetFetchResponse) coordinator.call(new GroupCommand.Fetch(
                        new Caller("c", "/h", version),
                        OffsetFetchRequest.DEFAULT.withGroups(List.of(group)))))
                .groups()
                .getFirst();
    }

    private long offset(String topic) {
        return fetch(
                        9,
                        new OffsetFetchRequestGroup(
                                "g",
                                null,
                                -1,
                                List.of(new OffsetFetchRequestTopics(
                                        topic, TestCoordinator.topicId(topic), List.of(0)))))
                .topics()
                .getFirst()
                .partitions()
                .getFirst()
                .committedOffset();
    }

    private void stable() {
        member.firstJoin();
        coordinator.advance(3_000);
        member.joined();
        member.sync(Map.of(member.memberId, "x"));
    }

    @Test
    void aProgramWithoutMembershipCommitsAndReads() {
        assertEquals(-1, offset("a"));
        assertEquals(ErrorCode.NONE, commit(9, request(-1, "", 42)));
        assertEquals(42, offset("a"));
        OffsetFetchResponseGroup all = fetch(9, new OffsetFetchRequestGroup("g", null, -1, null));
        assertEquals(1, all.topics().size());
        assertEquals("note", all.topics().getFirst().partitions().getFirst().metadata());
        assertEquals(7, all.topics().getFirst().partitions().getFirst().committedLeaderEpoch());
        coordinator.restart();
        assertEquals(42, offset("a"));
    }

    @Test
    void commitsWithoutAGroup() {
        assertEquals(ErrorCode.ILLEGAL_GENERATION, commit(8, request(1, "m", 1)));
        assertEquals(ErrorCode.GROUP_ID_NOT_FOUND, commit(9, request(1, "m", 1)));
        assertNull(coordinator.state().group("g"));
    }

    @Test
    void commitErrorsOfClassicGroupsInOrder() {
        stable();
        assertEquals(ErrorCode.UNKNOWN_MEMBER_ID, commit(9, request(-1, "", 1)));
        assertEquals(ErrorCode.UNKNOWN_MEMBER_ID, commit(9, request(7, "stranger", 1)));
        assertEquals(ErrorCode.ILLEGAL_GENERATION, commit(9, request(7, member.memberId, 1)));
        assertEquals(ErrorCode.NONE, commit(9, request(1, member.memberId, 1)));
        member.sendJoin();
        member.joined();
        assertEquals(ErrorCode.REBALANCE_IN_PROGRESS, commit(9, request(2, member.memberId, 1)));
        assertEquals(1, offset("a"));
    }

    @Test
    void metadataThatIsTooLongIsRefused() {
        OffsetCommitRequest long1 =
                request(-1, "", 1).withTopics(List.of(topic("a", 1, "x".repeat(4097))));
        assertEquals(ErrorCode.OFFSET_METADATA_TOO_LARGE, commit(9, long1));
        assertEquals(
                ErrorCode.NONE,
                commit(9, request(-1, "", 1).withTopics(List.of(topic("a", 1, "x".repeat(4096))))));
    }

    @Test
    void commitErrorsOfConsumerGroupsInOrder() {
        ConsumerClient consumer = new ConsumerClient(coordinator, "g", "m", "a");
        consumer.join();
        assertEquals(ErrorCode.UNKNOWN_MEMBER_ID, commit(9, request(-1, "", 1)));
        assertEquals(ErrorCode.UNSUPPORTED_VERSION, commit(8, request(2, "m", 1)));
        assertEquals(ErrorCode.STALE_MEMBER_EPOCH, commit(9, request(3, "m", 1)));
        assertEquals(ErrorCode.NONE, commit(9, request(2, "m", 1)));
        ConsumerClient second = new ConsumerClient(coordinator, "g", "n", "a");
        second.join();
        consumer.heartbeat();
        consumer.heartbeat();
        assertEquals(3, consumer.epoch);
        // It had the partition at that epoch and has it still.
        assertEquals(ErrorCode.NONE, commit(9, request(2, "m", 2)));
        assertEquals(ErrorCode.STALE_MEMBER_EPOCH, commit(9, request(1, "m", 3)));
        assertEquals(2, offset("a"));
    }

    @Test
    void readingAsAMemberOfAConsumerGroupIsFenced() {
        ConsumerClient consumer = new ConsumerClient(coordinator, "g", "m", "a");
        consumer.join();
        assertEquals(
                ErrorCode.NONE,
                fetch(9, new OffsetFetchRequestGroup("g", "m", 2, null)).errorCode());
        assertEquals(
                ErrorCode.STALE_MEMBER_EPOCH,
                fetch(9, new OffsetFetchRequestGroup("g", "m", 3, null)).errorCode());
        assertEquals(
                ErrorCode.UNKNOWN_MEMBER_ID,
                fetch(9, new OffsetFetchRequestGroup("g", "x", 1, null)).errorCode());
    }

    private ErrorCode deleteOffset(String group, String topic) {
        OffsetDeleteResponse answer = (OffsetDeleteResponse) coordinator.call(
                new GroupCommand.DeleteOffsets(new OffsetDeleteRequest(
                        group,
                        List.of(new OffsetDeleteRequestTopic(
                                topic, List.of(new OffsetDeleteRequestPartition(0)))))));
        return answer.errorCode() != ErrorCode.NONE
                ? answer.errorCode()
                : answer.topics().getFirst().partitions().getFirst().errorCode();
    }

    @Test
    void offsetsAreDeletedUnlessTheGroupIsSubscribed() {
        assertEquals(ErrorCode.INVALID_GROUP_ID, deleteOffset("", "a"));
        assertEquals(ErrorCode.GROUP_ID_NOT_FOUND, deleteOffset("g", "a"));
        stable();
        OffsetCommitRequest both = request(1, member.memberId, 5)
                .withTopics(List.of(topic("a", 5, ""), topic("b", 6, "")));
        assertEquals(ErrorCode.NONE, commit(9, both));
        assertEquals(ErrorCode.GROUP_SUBSCRIBED_TO_TOPIC, deleteOffset("g", "a"));
        assertEquals(ErrorCode.NONE, deleteOffset("g", "b"));
        assertEquals(5, offset("a"));
        assertEquals(-1, offset("b"));
        ClassicClient other = new ClassicClient(coordinator, "connect", "w");
        other.protocolType = "connect";
        other.firstJoin();
        assertEquals(ErrorCode.NON_EMPTY_GROUP, deleteOffset("connect", "a"));
    }

    private ErrorCode deleteGroup(String group) {
        return ((DeleteGroupsResponse) coordinator.call(new GroupCommand.Delete(
                        DeleteGroupsRequest.DEFAULT.withGroupsNames(List.of(group)))))
                .results()
                .getFirst()
                .errorCode();
    }

    @Test
    void groupsAreDeletedWithTheirOffsets() {
        assertEquals(ErrorCode.GROUP_ID_NOT_FOUND, deleteGroup(""));
        assertEquals(ErrorCode.GROUP_ID_NOT_FOUND, deleteGroup("g"));
        stable();
        commit(9, request(1, member.memberId, 5));
        assertEquals(ErrorCode.NON_EMPTY_GROUP, deleteGroup("g"));
        member.leave();
        assertEquals(ErrorCode.NONE, deleteGroup("g"));
        assertEquals(ErrorCode.GROUP_ID_NOT_FOUND, deleteGroup("g"));
        assertEquals(-1, offset("a"));
        assertNull(coordinator.replayed().state().group("g"));
    }

    @Test
    void offsetsOfAnEmptyGroupExpireAndTheGroupWithThem() {
        stable();
        commit(9, request(1, member.memberId, 5));
        member.leave();
        coordinator.advance(6 * DAY_MS);
        assertEquals(5, offset("a"));
        coordinator.advance(2 * DAY_MS);
        assertEquals(-1, offset("a"));
        assertNull(coordinator.state().group("g"));
    }

    @Test
    void offsetsOfASimpleGroupExpireAfterTheirCommit() {
        commit(9, request(-1, "", 5));
        coordinator.advance(6 * DAY_MS);
        commit(9, request(-1, "", 6));
        coordinator.advance(6 * DAY_MS);
        assertEquals(6, offset("a"));
        coordinator.advance(2 * DAY_MS);
        assertEquals(-1, offset("a"));
    }

    @Test
    void offsetsInUseDoNotExpire() {
        member.session(1_800_000);
        stable();
        commit(
                9,
                request(1, member.memberId, 5)
                        .withTopics(List.of(topic("a", 5, ""), topic("b", 6, ""))));
        for (int i = 0; i < 500; i++) {
            coordinator.advance(DAY_MS / 60);
            assertEquals(ErrorCode.NONE, member.heartbeat());
        }
        assertEquals(5, offset("a"));
        assertEquals(-1, offset("b"));
    }

    @Test
    void anExplicitRetentionCounts() {
        commit(4, request(-1, "", 5).withRetentionTimeMs(DAY_MS));
        coordinator.advance(2 * DAY_MS);
        assertEquals(-1, offset("a"));
    }

    @Test
    void offsetsEndWithTheirTopic() {
        commit(9, request(-1, "", 5));
        coordinator.submit(new GroupCommand.TopicsDeleted(
                List.of(TestCoordinator.topicId("a")), List.of("a")));
        assertEquals(-1, offset("a"));
    }

    @Test
    void offsetsOfAnOlderTopicOfThatNameAreNotTold() {
        commit(9, request(-1, "", 5));
        assertEquals(
                -1,
                fetch(
                                10,
                                new OffsetFetchRequestGroup(
                                        "g",
                                        null,
                                        -1,
                                        List.of(new OffsetFetchRequestTopics(
                                                "a", TestCoordinator.topicId("b"), List.of(0)))))
                        .topics()
                        .getFirst()
                        .partitions()
                        .getFirst()
                        .committedOffset());
    }
}
