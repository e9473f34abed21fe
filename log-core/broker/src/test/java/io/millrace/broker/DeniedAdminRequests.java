package io.millrace.broker;

import static io.millrace.broker.DeniedRequest.items;
import static io.millrace.broker.DeniedRequest.once;
import static io.millrace.broker.DeniedRequest.whole;

import io.millrace.protocol.AlterClientQuotasRequest;
import io.millrace.protocol.AlterConfigsRequest;
import io.millrace.protocol.AlterPartitionReassignmentsRequest;
import io.millrace.protocol.CreateAclsRequest;
import io.millrace.protocol.CreateDelegationTokenRequest;
import io.millrace.protocol.CreatePartitionsRequest;
import io.millrace.protocol.CreateTopicsRequest;
import io.millrace.protocol.DeleteAclsRequest;
import io.millrace.protocol.DeleteTopicsRequest;
import io.millrace.protocol.DescribeAclsRequest;
import io.millrace.protocol.DescribeClientQuotasRequest;
import io.millrace.protocol.DescribeClusterRequest;
import io.millrace.protocol.DescribeConfigsRequest;
import io.millrace.protocol.DescribeConfigsRequest.DescribeConfigsResource;
import io.millrace.protocol.DescribeDelegationTokenRequest;
import io.millrace.protocol.DescribeQuorumRequest;
import io.millrace.protocol.DescribeTopicPartitionsRequest;
import io.millrace.protocol.DescribeUserScramCredentialsRequest;
import io.millrace.protocol.ElectLeadersRequest;
import io.millrace.protocol.ExpireDelegationTokenRequest;
import io.millrace.protocol.IncrementalAlterConfigsRequest;
import io.millrace.protocol.ListConfigResourcesRequest;
import io.millrace.protocol.ListPartitionReassignmentsRequest;
import io.millrace.protocol.RenewDelegationTokenRequest;
import io.millrace.protocol.Request;
import io.millrace.protocol.UnregisterBrokerRequest;
import io.millrace.protocol.UpdateFeaturesRequest;
import io.millrace.protocol.Uuid;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.protocol.Errors;

/// Requests of administrators.
final class DeniedAdminRequests {
    private static final Errors TOPIC = Errors.TOPIC_AUTHORIZATION_FAILED;
    private static final Errors CLUSTER = Errors.CLUSTER_AUTHORIZATION_FAILED;
    private static final Errors NO_TOKENS = Errors.DELEGATION_TOKEN_REQUEST_NOT_ALLOWED;

    /// Types of resources that have a configuration: a topic, a group, and what is the cluster's.
    private static final List<Integer> CONFIGURED = List.of(2, 32, 4, 8, 16);

    private DeniedAdminRequests() {}

    static List<DeniedRequest> all(Uuid id) {
        List<DeniedRequest> all = new ArrayList<>(topics(id));
        all.addAll(configurations());
        all.addAll(cluster());
        all.addAll(security());
        return all;
    }

    private static List<DeniedRequest> topics(Uuid id) {
        return List.of(
                once(
                        CreateTopicsRequest.DEFAULT.withTopics(List.of(
                                CreateTopicsRequest.CreatableTopic.DEFAULT.withName("new"))),
                        TOPIC,
                        "CREATE CLUSTER, CREATE TOPIC new"),
                items(
                        DeleteTopicsRequest.DEFAULT.withTopics(List.of(
                                new DeleteTopicsRequest.DeleteTopicState("missing", Uuid.ZERO),
                                new DeleteTopicsRequest.DeleteTopicState(null, id))),
                        Map.of(TOPIC, 2),
                        "DELETE CLUSTER, DELETE TOPIC missing, DELETE TOPIC t"),
                once(
                        CreatePartitionsRequest.DEFAULT.withTopics(List.of(
                                new CreatePartitionsRequest.CreatePartitionsTopic("t", 2, null))),
                        TOPIC,
                        "ALTER TOPIC t"),
                once(
                        DescribeTopicPartitionsRequest.DEFAULT.withTopics(
                                List.of(new DescribeTopicPartitionsRequest.TopicRequest("t"))),
                        TOPIC,
                        "DESCRIBE TOPIC t"));
    }

    private static DeniedRequest configured(Request request, String operation) {
        return items(
                request,
                Map.of(TOPIC, 1, Errors.GROUP_AUTHORIZATION_FAILED, 1, CLUSTER, 3),
                operation + " CLUSTER, " + operation + " GROUP 1, " + operation + " TOPIC 1");
    }

    private static List<DeniedRequest> configurations() {
        return List.of(
                configured(
                        DescribeConfigsRequest.DEFAULT.withResources(CONFIGURED.stream()
                                .map(type ->
                                        new DescribeConfigsResource(type.byteValue(), "1", null))
                                .toList()),
                        "DESCRIBE_CONFIGS"),
                configured(
                        AlterConfigsRequest.DEFAULT.withResources(CONFIGURED.stream()
                                .map(type -> new AlterConfigsRequest.AlterConfigsResource(
                                        type.byteValue(), "1", List.of()))
                                .toList()),
                        "ALTER_CONFIGS"),
                configured(
                        IncrementalAlterConfigsRequest.DEFAULT.withResources(CONFIGURED.stream()
                                .map(type ->
                                        new IncrementalAlterConfigsRequest.AlterConfigsResource(
                                                type.byteValue(), "1", List.of()))
                                .toList()),
                        "ALTER_CONFIGS"),
                whole(ListConfigResourcesRequest.DEFAULT, CLUSTER, "DESCRIBE_CONFIGS CLUSTER"),
                whole(DescribeClientQuotasRequest.DEFAULT, CLUSTER, "DESCRIBE_CONFIGS CLUSTER"),
                whole(
                        AlterClientQuotasRequest.DEFAULT.withEntries(
                                List.of(new AlterClientQuotasRequest.EntryData(
                                        List.of(new AlterClientQuotasRequest.EntityData(
                                                "user", "u")),
                                        List.of()))),
                        CLUSTER,
                        "ALTER_CONFIGS CLUSTER"));
    }

    private static List<DeniedRequest> cluster() {
        return List.of(
                whole(
                        ElectLeadersRequest.DEFAULT.withTopicPartitions(List.of(
                                new ElectLeadersRequest.TopicPartitions("t", List.of(0, 1)))),
                        CLUSTER,
                        "ALTER CLUSTER"),
                whole(
                        AlterPartitionReassignmentsRequest.DEFAULT.withTopics(
                                List.of(new AlterPartitionReassignmentsRequest.ReassignableTopic(
                                        "t",
                                        List.of(
                                                new AlterPartitionReassignmentsRequest
                                                        .ReassignablePartition(0, List.of(1)))))),
                        CLUSTER,
                        "ALTER CLUSTER"),
                whole(
                        ListPartitionReassignmentsRequest.DEFAULT.withTopics(List.of(
                                new ListPartitionReassignmentsRequest
                                        .ListPartitionReassignmentsTopics("t", List.of(0)))),
                        CLUSTER,
                        "DESCRIBE CLUSTER"),
                whole(
                        new DescribeQuorumRequest(List.of(new DescribeQuorumRequest.TopicData(
                                "__cluster_metadata",
                                List.of(new DescribeQuorumRequest.PartitionData(0))))),
                        CLUSTER,
                        "DESCRIBE CLUSTER"),
                whole(
                        UpdateFeaturesRequest.DEFAULT.withFeatureUpdates(
                                List.of(new UpdateFeaturesRequest.FeatureUpdateKey(
                                        "group.version", (short) 0, false, (byte) 2))),
                        CLUSTER,
                        "ALTER CLUSTER"),
                once(
                        DescribeClusterRequest.DEFAULT.withIncludeClusterAuthorizedOperations(true),
                        Errors.NONE,
                        "DESCRIBE CLUSTER"),
                whole(new UnregisterBrokerRequest(9), CLUSTER, "ALTER CLUSTER"));
    }

    private static List<DeniedRequest> security() {
        return List.of(
                whole(
                        DescribeAclsRequest.DEFAULT
                                .withResourceTypeFilter((byte) 1)
                                .withPatternTypeFilter((byte) 1)
                                .withOperation((byte) 1)
                                .withPermissionType((byte) 1),
                        CLUSTER,
                        "DESCRIBE CLUSTER"),
                whole(
                        new CreateAclsRequest(List.of(new CreateAclsRequest.AclCreation(
                                (byte) 2, "t", (byte) 3, "User:u", "*", (byte) 3, (byte) 3))),
                        CLUSTER,
                        "ALTER CLUSTER"),
                whole(
                        new DeleteAclsRequest(List.of(new DeleteAclsRequest.DeleteAclsFilter(
                                (byte) 1, null, (byte) 1, null, null, (byte) 1, (byte) 1))),
                        CLUSTER,
                        "ALTER CLUSTER"),
                whole(
                        DescribeUserScramCredentialsRequest.DEFAULT.withUsers(
                                List.of(new DescribeUserScramCredentialsRequest.UserName("u"))),
                        CLUSTER,
                        "DESCRIBE CLUSTER"),
                once(CreateDelegationTokenRequest.DEFAULT, NO_TOKENS, ""),
                once(RenewDelegationTokenRequest.DEFAULT, NO_TOKENS, ""),
                once(ExpireDelegationTokenRequest.DEFAULT, NO_TOKENS, ""),
                once(DescribeDelegationTokenRequest.DEFAULT, NO_TOKENS, ""));
    }
}
