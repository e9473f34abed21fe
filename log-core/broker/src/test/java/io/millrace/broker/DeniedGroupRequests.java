package io.millrace.broker;

import static io.millrace.broker.DeniedRequest.once;
import static io.millrace.broker.DeniedRequest.whole;

import io.millrace.protocol.ConsumerGroupDescribeRequest;
import io.millrace.protocol.ConsumerGroupHeartbeatRequest;
import io.millrace.protocol.DeleteGroupsRequest;
import io.millrace.protocol.DescribeGroupsRequest;
import io.millrace.protocol.FindCoordinatorRequest;
import io.millrace.protocol.HeartbeatRequest;
import io.millrace.protocol.JoinGroupRequest;
import io.millrace.protocol.LeaveGroupRequest;
import io.millrace.protocol.ListGroupsRequest;
import io.millrace.protocol.OffsetCommitRequest;
import io.millrace.protocol.OffsetDeleteRequest;
import io.millrace.protocol.OffsetFetchRequest;
import io.millrace.protocol.SyncGroupRequest;
import io.millrace.protocol.Uuid;
import java.util.List;
import org.apache.kafka.common.protocol.Errors;

/// Requests about groups and their offsets.
final class DeniedGroupRequests {
    private static final Errors DENIED = Errors.GROUP_AUTHORIZATION_FAILED;

    private DeniedGroupRequests() {}

    static List<DeniedRequest> all(Uuid id) {
        return List.of(
                whole(
                        OffsetCommitRequest.DEFAULT
                                .withGroupId("g")
                                .withTopics(
                                        List.of(new OffsetCommitRequest.OffsetCommitRequestTopic(
                                                "",
                                                id,
                                                List.of(
                                                        new OffsetCommitRequest
                                                                .OffsetCommitRequestPartition(
                                                                0, 1, -1, null))))),
                        DENIED,
                        "READ GROUP g"),
                once(
                        OffsetFetchRequest.DEFAULT.withGroups(
                                List.of(new OffsetFetchRequest.OffsetFetchRequestGroup(
                                        "g", null, -1, null))),
                        DENIED,
                        "DESCRIBE GROUP g"),
                once(
                        FindCoordinatorRequest.DEFAULT.withCoordinatorKeys(List.of("g")),
                        DENIED,
                        "DESCRIBE GROUP g"),
                once(
                        FindCoordinatorRequest.DEFAULT
                                .withKeyType((byte) 1)
                                .withCoordinatorKeys(List.of("x")),
                        Errors.TRANSACTIONAL_ID_AUTHORIZATION_FAILED,
                        "DESCRIBE TRANSACTIONAL_ID x"),
                whole(JoinGroupRequest.DEFAULT.withGroupId("g"), DENIED, "READ GROUP g"),
                whole(
                        SyncGroupRequest.DEFAULT
                                .withGroupId("g")
                                .withProtocolType("consumer")
                                .withProtocolName("range"),
                        DENIED,
                        "READ GROUP g"),
                whole(HeartbeatRequest.DEFAULT.withGroupId("g"), DENIED, "READ GROUP g"),
                whole(LeaveGroupRequest.DEFAULT.withGroupId("g"), DENIED, "READ GROUP g"),
                once(
                        DescribeGroupsRequest.DEFAULT.withGroups(List.of("g")),
                        DENIED,
                        "DESCRIBE GROUP g"),
                once(ListGroupsRequest.DEFAULT, Errors.NONE, "DESCRIBE CLUSTER"),
                once(new DeleteGroupsRequest(List.of("g")), DENIED, "DELETE GROUP g"),
                whole(
                        new OffsetDeleteRequest(
                                "g",
                                List.of(new OffsetDeleteRequest.OffsetDeleteRequestTopic(
                                        "t",
                                        List.of(
                                                new OffsetDeleteRequest
                                                        .OffsetDeleteRequestPartition(0))))),
                        DENIED,
                        "DELETE GROUP g"),
                whole(
                        ConsumerGroupHeartbeatRequest.DEFAULT.withGroupId("g"),
                        DENIED,
                        "READ GROUP g"),
                once(
                        ConsumerGroupDescribeRequest.DEFAULT.withGroupIds(List.of("g")),
                        DENIED,
                        "DESCRIBE GROUP g"));
    }
}
