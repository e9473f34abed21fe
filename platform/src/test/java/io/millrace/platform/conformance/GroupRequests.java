package io.millrace.platform.conformance;

import io.millrace.protocol.ApiVersionsRequest;
import io.millrace.protocol.ConsumerGroupDescribeRequest;
import io.millrace.protocol.ConsumerGroupHeartbeatRequest;
import io.millrace.protocol.DeleteGroupsRequest;
import io.millrace.protocol.DescribeGroupsRequest;
import io.millrace.protocol.FindCoordinatorRequest;
import io.millrace.protocol.GetTelemetrySubscriptionsRequest;
import io.millrace.protocol.HeartbeatRequest;
import io.millrace.protocol.JoinGroupRequest;
import io.millrace.protocol.JoinGroupRequest.JoinGroupRequestProtocol;
import io.millrace.protocol.LeaveGroupRequest;
import io.millrace.protocol.LeaveGroupRequest.MemberIdentity;
import io.millrace.protocol.ListGroupsRequest;
import io.millrace.protocol.OffsetCommitRequest;
import io.millrace.protocol.OffsetCommitRequest.OffsetCommitRequestPartition;
import io.millrace.protocol.OffsetCommitRequest.OffsetCommitRequestTopic;
import io.millrace.protocol.OffsetDeleteRequest;
import io.millrace.protocol.OffsetDeleteRequest.OffsetDeleteRequestPartition;
import io.millrace.protocol.OffsetDeleteRequest.OffsetDeleteRequestTopic;
import io.millrace.protocol.OffsetFetchRequest;
import io.millrace.protocol.OffsetFetchRequest.OffsetFetchRequestGroup;
import io.millrace.protocol.OffsetFetchRequest.OffsetFetchRequestTopic;
import io.millrace.protocol.OffsetFetchRequest.OffsetFetchRequestTopics;
import io.millrace.protocol.PushTelemetryRequest;
import io.millrace.protocol.SyncGroupRequest;
import io.millrace.protocol.Uuid;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is wrong with requests of groups, their members and their offsets.
final class GroupRequests {
    private static final Uuid ABSENT = new Uuid(123, 456);
    private static final Uuid SOMEBODY = new Uuid(77, 88);

    private GroupRequests() {}

    static void addAll(RequestCases cases, RequestCases.Names names) {
        coordinators(cases);
        joining(cases);
        members(cases);
        commits(cases, names);
        offsets(cases, names);
        groups(cases);
        modern(cases, names);
        clients(cases);
    }

    private static void coordinators(RequestCases cases) {
        cases.add(
                "the coordinator of a group",
                3,
                new FindCoordinatorRequest("g", (byte) 0, List.of()));
        cases.add(
                "the coordinator of no group",
                3,
                new FindCoordinatorRequest("", (byte) 0, List.of()));
        cases.add(
                "coordinators of several",
                4,
                new FindCoordinatorRequest("", (byte) 0, List.of("a", "b", "")));
        cases.add(
                "a coordinator of type 9",
                4,
                new FindCoordinatorRequest("", (byte) 9, List.of("a")));
        cases.add(
                "a share coordinator of a bad key",
                6,
                new FindCoordinatorRequest("", (byte) 2, List.of("a")));
    }

    private static JoinGroupRequest join(String group, String member) {
        return new JoinGroupRequest(
                group,
                30_000,
                30_000,
                member,
                null,
                "consumer",
                List.of(new JoinGroupRequestProtocol("range", ByteBuffer.allocate(0))),
                null);
    }

    private static void joining(RequestCases cases) {
        cases.add("join no group", 9, join("", ""));
        cases.add("join for too short a time", 9, join("j", "").withSessionTimeoutMs(100));
        cases.add(
                "join for too long a time",
                9,
                join("j", "").withSessionTimeoutMs(Integer.MAX_VALUE));
        cases.add("join as somebody unknown", 9, join("j", "somebody"));
        cases.add("join without a member id", 9, join("j", ""));
        cases.add("join without protocols", 9, join("j", "").withProtocols(List.of()));
        cases.add("join without a protocol type", 9, join("j", "").withProtocolType(""));
        cases.add("join no group, too short", 9, join("", "").withSessionTimeoutMs(1));
        cases.add("join statically", 9, join("static", "").withGroupInstanceId("one"));
        cases.add(
                "join statically as another",
                9,
                join("static", "other").withGroupInstanceId("one"));
        cases.add(
                "join statically with another type",
                9,
                join("static", "").withGroupInstanceId("two").withProtocolType("connect"));
        cases.add(
                "join statically with another protocol",
                9,
                join("static", "")
                        .withGroupInstanceId("two")
                        .withProtocols(List.of(
                                new JoinGroupRequestProtocol("x", ByteBuffer.allocate(0)))));
        cases.add("join with an empty instance id", 9, join("static", "").withGroupInstanceId(""));
        cases.add("join with a bad instance id", 9, join("static", "").withGroupInstanceId("a b"));
    }

    private static void members(RequestCases cases) {
        SyncGroupRequest sync =
                new SyncGroupRequest("g", 1, "m", null, "consumer", "range", List.of());
        cases.add("sync in an unknown group", 5, sync);
        cases.add("sync in no group", 5, sync.withGroupId(""));
        cases.add("sync without protocol", 5, sync.withProtocolName(null));
        cases.add("sync as somebody unknown", 5, sync.withGroupId("static"));
        cases.add(
                "sync statically as another",
                5,
                sync.withGroupId("static").withGroupInstanceId("one"));
        cases.add(
                "sync with an unknown instance",
                5,
                sync.withGroupId("static").withGroupInstanceId("x"));
        HeartbeatRequest beat = new HeartbeatRequest("g", 1, "m", null);
        cases.add("a heartbeat in an unknown group", 4, beat);
        cases.add("a heartbeat in no group", 4, beat.withGroupId(""));
        cases.add("a heartbeat of somebody unknown", 4, beat.withGroupId("static"));
        cases.add(
                "a heartbeat of another", 4, beat.withGroupId("static").withGroupInstanceId("one"));
        cases.add(
                "a heartbeat of an unknown instance",
                4,
                beat.withGroupId("static").withGroupInstanceId("x"));
        LeaveGroupRequest leave =
                new LeaveGroupRequest("g", "", List.of(new MemberIdentity("m", null, null)));
        cases.add("leave an unknown group", 5, leave);
        cases.add("leave no group", 5, leave.withGroupId(""));
        cases.add("leave as somebody unknown", 5, leave.withGroupId("static"));
        cases.add(
                "leave an unknown group, version 2", 2, new LeaveGroupRequest("g", "m", List.of()));
        cases.add(
                "leave as another",
                5,
                new LeaveGroupRequest("static", "", List.of(new MemberIdentity("m", "one", null))));
        cases.add(
                "leave as an unknown instance",
                5,
                new LeaveGroupRequest("static", "", List.of(new MemberIdentity("", "x", null))));
    }

    private static OffsetCommitRequest commit(
            String group, int generation, String member, int partition, @Nullable String metadata) {
        return new OffsetCommitRequest(
                group,
                generation,
                member,
                null,
                -1,
                List.of(new OffsetCommitRequestTopic(
                        "one",
                        Uuid.ZERO,
                        List.of(new OffsetCommitRequestPartition(partition, 5, -1, metadata)))));
    }

    private static void commits(RequestCases cases, RequestCases.Names names) {
        cases.add("commit without members", 8, commit("simple", -1, "", 0, "here"));
        cases.add("commit in generation 5 of an unknown group", 8, commit("g", 5, "m", 0, null));
        cases.add("commit in generation 5 of a simple group", 8, commit("simple", 5, "m", 0, null));
        cases.add("commit as a member without generation", 8, commit("simple", -1, "m", 0, null));
        cases.add("commit for no group", 8, commit("", -1, "", 0, null));
        cases.add("commit for an unknown partition", 8, commit("simple", -1, "", 9, null));
        cases.add("commit too much metadata", 8, commit("simple", -1, "", 0, "x".repeat(5000)));
        cases.add("commit in the group of members", 8, commit("static", -1, "", 0, null));
        cases.add(
                "commit in the group of members, version 9", 9, commit("static", -1, "", 0, null));
        cases.add(
                "commit for an unknown topic",
                8,
                commit("simple", -1, "", 0, null)
                        .withTopics(List.of(new OffsetCommitRequestTopic(
                                "absent",
                                Uuid.ZERO,
                                List.of(new OffsetCommitRequestPartition(0, 5, -1, null))))));
        cases.add(
                "commit by id",
                10,
                commit("simple", -1, "", 0, null)
                        .withTopics(List.of(new OffsetCommitRequestTopic(
                                "",
                                names.topicId(),
                                List.of(new OffsetCommitRequestPartition(0, 6, -1, null))))));
        cases.add(
                "commit by unknown id",
                10,
                commit("simple", -1, "", 0, null)
                        .withTopics(List.of(new OffsetCommitRequestTopic(
                                "",
                                ABSENT,
                                List.of(new OffsetCommitRequestPartition(0, 6, -1, null))))));
        cases.add(
                "commit a negative offset",
                8,
                commit("simple", -1, "", 0, null)
                        .withTopics(List.of(new OffsetCommitRequestTopic(
                                "one",
                                Uuid.ZERO,
                                List.of(new OffsetCommitRequestPartition(0, -5, -1, null))))));
    }

    private static void offsets(RequestCases cases, RequestCases.Names names) {
        cases.add(
                "offsets of a simple group",
                7,
                new OffsetFetchRequest(
                        "simple",
                        List.of(new OffsetFetchRequestTopic("one", List.of(0, 5))),
                        List.of(),
                        false));
        cases.add("all offsets", 7, new OffsetFetchRequest("simple", null, List.of(), true));
        cases.add(
                "offsets of an unknown group",
                7,
                new OffsetFetchRequest(
                        "absent",
                        List.of(new OffsetFetchRequestTopic("one", List.of(0))),
                        List.of(),
                        false));
        cases.add("offsets of no group", 7, new OffsetFetchRequest("", null, List.of(), false));
        cases.add(
                "offsets of several groups",
                9,
                fetchOf(
                        new OffsetFetchRequestGroup("simple", null, -1, null),
                        new OffsetFetchRequestGroup("absent", null, -1, null)));
        cases.add(
                "offsets for a member nobody knows",
                9,
                fetchOf(new OffsetFetchRequestGroup("simple", "m", 5, null)));
        cases.add(
                "offsets by id",
                10,
                fetchOf(new OffsetFetchRequestGroup(
                        "simple",
                        null,
                        -1,
                        List.of(new OffsetFetchRequestTopics("", names.topicId(), List.of(0))))));
        cases.add(
                "offsets by unknown id",
                10,
                fetchOf(new OffsetFetchRequestGroup(
                        "simple",
                        null,
                        -1,
                        List.of(new OffsetFetchRequestTopics("", ABSENT, List.of(0))))));
        cases.add("delete offsets of an unknown group", 0, deleteOffset("absent", "one", 0));
        cases.add("delete offsets of no group", 0, deleteOffset("", "one", 0));
        cases.add("delete offsets of an unknown partition", 0, deleteOffset("simple", "one", 9));
        cases.add("delete offsets of an unknown topic", 0, deleteOffset("simple", "absent", 0));
    }

    private static OffsetFetchRequest fetchOf(OffsetFetchRequestGroup... groups) {
        return new OffsetFetchRequest("", List.of(), List.of(groups), false);
    }

    private static OffsetDeleteRequest deleteOffset(String group, String topic, int partition) {
        return new OffsetDeleteRequest(
                group,
                List.of(new OffsetDeleteRequestTopic(
                        topic, List.of(new OffsetDeleteRequestPartition(partition)))));
    }

    private static void groups(RequestCases cases) {
        cases.add(
                "describe an unknown group",
                5,
                new DescribeGroupsRequest(List.of("absent"), false));
        cases.add(
                "describe an unknown group, version 6",
                6,
                new DescribeGroupsRequest(List.of("absent"), false));
        cases.add("describe no group", 6, new DescribeGroupsRequest(List.of(""), false));
        cases.add(
                "describe a simple group", 6, new DescribeGroupsRequest(List.of("simple"), false));
        cases.add(
                "describe groups, one twice",
                6,
                new DescribeGroupsRequest(List.of("simple", "simple"), false));
        cases.add("delete an unknown group", 2, new DeleteGroupsRequest(List.of("absent")));
        cases.add("delete no group", 2, new DeleteGroupsRequest(List.of("")));
        cases.add("delete the group of members", 2, new DeleteGroupsRequest(List.of("static")));
        cases.add("list groups", 5, new ListGroupsRequest(List.of(), List.of()));
        cases.add(
                "list groups of an unknown state",
                5,
                new ListGroupsRequest(List.of("Odd"), List.of()));
        cases.add("list empty groups", 5, new ListGroupsRequest(List.of("Empty"), List.of()));
        cases.add(
                "list groups of an unknown type",
                5,
                new ListGroupsRequest(List.of(), List.of("odd")));
        cases.add("list classic groups", 5, new ListGroupsRequest(List.of(), List.of("Classic")));
    }

    private static void modern(RequestCases cases, RequestCases.Names names) {
        ConsumerGroupHeartbeatRequest join = new ConsumerGroupHeartbeatRequest(
                "modern", "member", 0, null, null, 30_000, List.of("one"), null, null, List.of());
        cases.add("join without topics", 1, join.withSubscribedTopicNames(null));
        cases.add("join without a list of what is owned", 1, join.withTopicPartitions(null));
        cases.add("join without a timeout", 1, join.withRebalanceTimeoutMs(-1));
        cases.add("join with an unknown assignor", 1, join.withServerAssignor("odd"));
        cases.add("join with an empty group", 1, join.withGroupId(""));
        cases.add("join without a member id, version 1", 1, join.withMemberId(""));
        cases.add("join with an empty instance", 1, join.withInstanceId(""));
        cases.add("join with an empty rack", 1, join.withRackId(""));
        cases.add("join with a bad pattern", 1, join.withSubscribedTopicRegex("(a"));
        cases.add(
                "join owning something",
                1,
                join.withTopicPartitions(List.of(new ConsumerGroupHeartbeatRequest.TopicPartitions(
                        names.topicId(), List.of(0)))));
        cases.add("join with epoch -3", 1, join.withMemberEpoch(-3));
        cases.add("join", 1, join);
        cases.add("join again", 1, join);
        cases.add("beat in epoch 9", 1, join.withMemberEpoch(9));
        cases.add("beat as somebody unknown", 1, join.withMemberId("x").withMemberEpoch(1));
        cases.add("beat in an unknown group", 1, join.withGroupId("absent").withMemberEpoch(1));
        cases.add(
                "leave as somebody unknown, newer protocol",
                1,
                join.withMemberId("x").withMemberEpoch(-1));
        cases.add("leave for a while without instance", 1, join.withMemberEpoch(-2));
        cases.add("describe it", 1, new ConsumerGroupDescribeRequest(List.of("modern"), false));
        cases.add("describe it as classic", 6, new DescribeGroupsRequest(List.of("modern"), false));
        cases.add(
                "describe a classic one as modern",
                1,
                new ConsumerGroupDescribeRequest(List.of("simple"), false));
        cases.add(
                "describe an unknown modern group",
                1,
                new ConsumerGroupDescribeRequest(List.of("absent", ""), false));
        cases.add("join it as classic", 9, join("modern", ""));
        cases.add("commit as a stale member", 9, commit("modern", 0, "member", 0, null));
        cases.add("commit as a stale member, version 8", 8, commit("modern", 0, "member", 0, null));
        cases.add("commit as nobody", 9, commit("modern", -1, "", 0, null));
        cases.add(
                "offsets as a stale member",
                9,
                fetchOf(new OffsetFetchRequestGroup("modern", "member", 0, null)));
        cases.add(
                "offsets as somebody unknown",
                9,
                fetchOf(new OffsetFetchRequestGroup("modern", "x", 1, null)));
        cases.add(
                "a classic heartbeat to it", 4, new HeartbeatRequest("modern", 1, "member", null));
        cases.add("delete it", 2, new DeleteGroupsRequest(List.of("modern")));
        cases.add("delete its offsets", 0, deleteOffset("modern", "one", 0));
        cases.add("leave", 1, join.withMemberEpoch(-1));
        cases.add("delete it when it is empty", 2, new DeleteGroupsRequest(List.of("modern")));
    }

    private static void clients(RequestCases cases) {
        cases.add("versions of a nameless client", 3, new ApiVersionsRequest("", ""));
        cases.add("versions of a client with a bad name", 3, new ApiVersionsRequest("a b", "1"));
        cases.add("subscriptions", 0, new GetTelemetrySubscriptionsRequest(SOMEBODY));
        cases.add(
                "push to an unknown subscription",
                0,
                new PushTelemetryRequest(SOMEBODY, 999, false, (byte) 0, ByteBuffer.allocate(0)));
        cases.add(
                "push as nobody",
                0,
                new PushTelemetryRequest(Uuid.ZERO, 0, false, (byte) 0, ByteBuffer.allocate(0)));
    }
}
