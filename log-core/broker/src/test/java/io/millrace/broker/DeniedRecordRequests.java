package io.millrace.broker;

import static io.millrace.broker.DeniedRequest.items;
import static io.millrace.broker.DeniedRequest.once;
import static io.millrace.broker.DeniedRequest.whole;

import io.millrace.protocol.AlterReplicaLogDirsRequest;
import io.millrace.protocol.ApiVersionsRequest;
import io.millrace.protocol.DeleteRecordsRequest;
import io.millrace.protocol.DescribeLogDirsRequest;
import io.millrace.protocol.DescribeProducersRequest;
import io.millrace.protocol.FetchRequest;
import io.millrace.protocol.GetTelemetrySubscriptionsRequest;
import io.millrace.protocol.InitProducerIdRequest;
import io.millrace.protocol.ListOffsetsRequest;
import io.millrace.protocol.MetadataRequest;
import io.millrace.protocol.OffsetForLeaderEpochRequest;
import io.millrace.protocol.ProduceRequest;
import io.millrace.protocol.PushTelemetryRequest;
import io.millrace.protocol.Records;
import io.millrace.protocol.SaslAuthenticateRequest;
import io.millrace.protocol.SaslHandshakeRequest;
import io.millrace.protocol.Uuid;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.protocol.Errors;

/// Requests about records, and what clients ask first.
final class DeniedRecordRequests {
    private DeniedRecordRequests() {}

    static List<DeniedRequest> all(Uuid id) {
        List<DeniedRequest> all = new ArrayList<>(records(id));
        all.addAll(connections(id));
        all.addAll(logs());
        return all;
    }

    private static List<DeniedRequest> records(Uuid id) {
        FetchRequest fetch = FetchRequest.DEFAULT.withTopics(List.of(
                new FetchRequest.FetchTopic("", id, List.of(FetchRequest.FetchPartition.DEFAULT))));
        return List.of(
                once(
                        new ProduceRequest(
                                null,
                                (short) -1,
                                1000,
                                List.of(new ProduceRequest.TopicProduceData(
                                        "",
                                        id,
                                        List.of(new ProduceRequest.PartitionProduceData(
                                                0, Records.EMPTY))))),
                        Errors.TOPIC_AUTHORIZATION_FAILED,
                        "WRITE TOPIC t"),
                items(
                        fetch,
                        Map.of(Errors.NONE, 1, Errors.TOPIC_AUTHORIZATION_FAILED, 1),
                        "READ TOPIC t"),
                items(
                        fetch.withReplicaState(new FetchRequest.ReplicaState(7, -1)),
                        Map.of(Errors.NONE, 1, Errors.TOPIC_AUTHORIZATION_FAILED, 1),
                        "CLUSTER_ACTION CLUSTER"),
                once(
                        ListOffsetsRequest.DEFAULT.withTopics(
                                List.of(new ListOffsetsRequest.ListOffsetsTopic(
                                        "t",
                                        List.of(new ListOffsetsRequest.ListOffsetsPartition(
                                                0, -1, -1))))),
                        Errors.TOPIC_AUTHORIZATION_FAILED,
                        "DESCRIBE TOPIC t"));
    }

    private static List<DeniedRequest> connections(Uuid id) {
        return List.of(
                named(new MetadataRequest.MetadataRequestTopic(Uuid.ZERO, "t"), "t"),
                named(new MetadataRequest.MetadataRequestTopic(Uuid.ZERO, "missing"), "missing"),
                named(new MetadataRequest.MetadataRequestTopic(id, null), "t"),
                once(new SaslHandshakeRequest("PLAIN"), Errors.ILLEGAL_SASL_STATE, ""),
                once(SaslAuthenticateRequest.DEFAULT, Errors.ILLEGAL_SASL_STATE, ""),
                once(new ApiVersionsRequest("raw", "1"), Errors.NONE, ""),
                once(GetTelemetrySubscriptionsRequest.DEFAULT, Errors.NONE, ""),
                once(PushTelemetryRequest.DEFAULT, Errors.INVALID_REQUEST, ""));
    }

    private static List<DeniedRequest> logs() {
        return List.of(
                once(
                        new DeleteRecordsRequest(
                                List.of(new DeleteRecordsRequest.DeleteRecordsTopic(
                                        "t",
                                        List.of(new DeleteRecordsRequest.DeleteRecordsPartition(
                                                0, 0)))),
                                1000),
                        Errors.TOPIC_AUTHORIZATION_FAILED,
                        "DELETE TOPIC t"),
                whole(
                        InitProducerIdRequest.DEFAULT.withTransactionalId(null),
                        Errors.CLUSTER_AUTHORIZATION_FAILED,
                        "IDEMPOTENT_WRITE CLUSTER"),
                whole(
                        InitProducerIdRequest.DEFAULT.withTransactionalId("x"),
                        Errors.TRANSACTIONAL_ID_AUTHORIZATION_FAILED,
                        "WRITE TRANSACTIONAL_ID x"),
                once(
                        OffsetForLeaderEpochRequest.DEFAULT.withTopics(
                                List.of(new OffsetForLeaderEpochRequest.OffsetForLeaderTopic(
                                        "t",
                                        List.of(
                                                new OffsetForLeaderEpochRequest
                                                        .OffsetForLeaderPartition(0, -1, 0))))),
                        Errors.TOPIC_AUTHORIZATION_FAILED,
                        "CLUSTER_ACTION CLUSTER, DESCRIBE TOPIC t"),
                whole(
                        new AlterReplicaLogDirsRequest(List.of(
                                new AlterReplicaLogDirsRequest.AlterReplicaLogDir(
                                        "/nowhere",
                                        List.of(
                                                new AlterReplicaLogDirsRequest
                                                        .AlterReplicaLogDirTopic(
                                                        "t", List.of(0, 1)))))),
                        Errors.CLUSTER_AUTHORIZATION_FAILED,
                        "ALTER CLUSTER"),
                once(
                        DescribeLogDirsRequest.DEFAULT,
                        Errors.CLUSTER_AUTHORIZATION_FAILED,
                        "DESCRIBE CLUSTER"),
                once(
                        new DescribeProducersRequest(List.of(
                                new DescribeProducersRequest.TopicRequest("t", List.of(0)))),
                        Errors.TOPIC_AUTHORIZATION_FAILED,
                        "READ TOPIC t"));
    }

    private static DeniedRequest named(MetadataRequest.MetadataRequestTopic topic, String name) {
        return once(
                new MetadataRequest(List.of(topic), true, false, false),
                Errors.TOPIC_AUTHORIZATION_FAILED,
                "DESCRIBE TOPIC " + name);
    }
}
