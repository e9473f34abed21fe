package io.millrace.broker.handler;

import io.millrace.protocol.AlterClientQuotasRequest;
import io.millrace.protocol.AlterPartitionReassignmentsRequest;
import io.millrace.protocol.CreateAclsRequest;
import io.millrace.protocol.DeleteAclsRequest;
import io.millrace.protocol.DescribeAclsRequest;
import io.millrace.protocol.DescribeClientQuotasRequest;
import io.millrace.protocol.DescribeClusterRequest;
import io.millrace.protocol.DescribeDelegationTokenRequest;
import io.millrace.protocol.DescribeTopicPartitionsRequest;
import io.millrace.protocol.DescribeUserScramCredentialsRequest;
import io.millrace.protocol.ElectLeadersRequest;
import io.millrace.protocol.ListPartitionReassignmentsRequest;
import io.millrace.protocol.Request;
import io.millrace.protocol.UnregisterBrokerRequest;
import io.millrace.protocol.UpdateFeaturesRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Quotas, the cluster as a whole, and what is secured.
final class ClusterSteps {
    private static final byte TOPIC = 2;

    private final AdminScript script;

    ClusterSteps(AdminScript script) {
        this.script = script;
    }

    private void add(String name, Request request, int version) {
        script.add(name, request, version);
    }

    void quotas() {
        quota("user", List.of(entity("user", "u")), op("producer_byte_rate", 1000));
        quota("default user", List.of(entity("user", null)), op("consumer_byte_rate", 1000));
        quota(
                "both",
                List.of(entity("user", "u"), entity("client-id", "c")),
                op("request_percentage", 12.5));
        quota("ip", List.of(entity("ip", "127.0.0.1")), op("connection_creation_rate", 5));
        quota(
                "ip and user",
                List.of(entity("ip", "127.0.0.1"), entity("user", "u")),
                op("connection_creation_rate", 5));
        quota("wrong key", List.of(entity("user", "u")), op("nope", 5));
        quota("key of another", List.of(entity("user", "u")), op("connection_creation_rate", 5));
        quota("wrong type", List.of(entity("nope", "u")), op("producer_byte_rate", 5));
        quota("nobody", List.of(), op("producer_byte_rate", 5));
        quota("zero", List.of(entity("user", "u")), op("producer_byte_rate", 0));
        quota("a fraction", List.of(entity("user", "u")), op("producer_byte_rate", 1.5));
        quota("empty name", List.of(entity("user", "")), op("producer_byte_rate", 5));
        quota(
                "remove",
                List.of(entity("user", null)),
                new AlterClientQuotasRequest.OpData("consumer_byte_rate", 0, true));
        quotas("all", false);
        quotas("users", false, component("user", 2, null));
        quotas("users alone", true, component("user", 2, null));
        quotas("a user", false, component("user", 0, "u"));
        quotas("default user", false, component("user", 1, null));
        quotas("twice", false, component("user", 2, null), component("user", 1, null));
        quotas("bad match", false, component("user", 7, null));
        quotas("ip and user", false, component("user", 2, null), component("ip", 2, null));
        quotas("unknown type", false, component("nope", 2, null));
    }

    private void quota(
            String name,
            List<AlterClientQuotasRequest.EntityData> entity,
            AlterClientQuotasRequest.OpData op) {
        add(
                "quota: " + name,
                new AlterClientQuotasRequest(
                        List.of(new AlterClientQuotasRequest.EntryData(entity, List.of(op))),
                        false),
                1);
    }

    private void quotas(
            String name, boolean strict, DescribeClientQuotasRequest.ComponentData... components) {
        add("quotas: " + name, new DescribeClientQuotasRequest(List.of(components), strict), 1);
    }

    private static AlterClientQuotasRequest.EntityData entity(String type, @Nullable String name) {
        return new AlterClientQuotasRequest.EntityData(type, name);
    }

    private static AlterClientQuotasRequest.OpData op(String key, double value) {
        return new AlterClientQuotasRequest.OpData(key, value, false);
    }

    private static DescribeClientQuotasRequest.ComponentData component(
            String type, int match, @Nullable String name) {
        return new DescribeClientQuotasRequest.ComponentData(type, (byte) match, name);
    }

    void cluster() {
        add("cluster", new DescribeClusterRequest(true, (byte) 1, true), 2);
        add("cluster, controllers", new DescribeClusterRequest(true, (byte) 2, true), 2);
        add("cluster, unknown", new DescribeClusterRequest(true, (byte) 7, true), 2);
        pages("all", List.of(), 2000, null);
        pages("some", List.of("plain", "unknown", "a b", "conf"), 2000, null);
        pages("first page", List.of("plain", "conf"), 3, null);
        pages(
                "second page",
                List.of("plain", "conf"),
                3,
                new DescribeTopicPartitionsRequest.Cursor("plain", 1));
        add(
                "elect preferred",
                new ElectLeadersRequest(
                        (byte) 0,
                        List.of(
                                new ElectLeadersRequest.TopicPartitions("plain", List.of(0, 99)),
                                new ElectLeadersRequest.TopicPartitions("unknown", List.of(0))),
                        10_000),
                2);
        add(
                "elect unclean",
                new ElectLeadersRequest(
                        (byte) 1,
                        List.of(new ElectLeadersRequest.TopicPartitions("plain", List.of(0))),
                        10_000),
                2);
        add("elect everywhere", new ElectLeadersRequest((byte) 0, null, 10_000), 2);
        reassign("same", "plain", 0, List.of(1));
        reassign("stranger", "plain", 0, List.of(2));
        reassign("nobody", "plain", 0, List.of());
        reassign("cancel", "plain", 0, null);
        reassign("unknown", "unknown", 0, List.of(1));
        add("reassignments", new ListPartitionReassignmentsRequest(10_000, null), 0);
        feature("same", "metadata.version", 30, 1);
        feature("too new", "metadata.version", 31, 1);
        feature("unknown", "nope", 1, 1);
        feature("lower without asking", "group.version", 0, 1);
        feature("higher as a downgrade", "group.version", 1, 2);
        feature("below 0", "group.version", -1, 2);
        feature("unknown type", "group.version", 1, 9);
        feature("metadata, downgrade", "metadata.version", 29, 2);
        add(
                "feature: only validated",
                new UpdateFeaturesRequest(
                        10_000,
                        List.of(new UpdateFeaturesRequest.FeatureUpdateKey(
                                "streams.version", (short) 0, false, (byte) 2)),
                        true),
                2);
        add("unregister a stranger", new UnregisterBrokerRequest(9), 0);
    }

    private void pages(
            String name,
            List<String> topics,
            int limit,
            DescribeTopicPartitionsRequest.@Nullable Cursor cursor) {
        add(
                "topics: " + name,
                new DescribeTopicPartitionsRequest(
                        topics.stream()
                                .map(DescribeTopicPartitionsRequest.TopicRequest::new)
                                .toList(),
                        limit,
                        cursor),
                0);
    }

    private void reassign(
            String name, String topic, int partition, @Nullable List<Integer> replicas) {
        add(
                "reassign: " + name,
                new AlterPartitionReassignmentsRequest(
                        10_000,
                        true,
                        List.of(new AlterPartitionReassignmentsRequest.ReassignableTopic(
                                topic,
                                List.of(
                                        new AlterPartitionReassignmentsRequest
                                                .ReassignablePartition(partition, replicas))))),
                1);
    }

    private void feature(String name, String feature, int level, int type) {
        add(
                "feature: " + name,
                new UpdateFeaturesRequest(
                        10_000,
                        List.of(new UpdateFeaturesRequest.FeatureUpdateKey(
                                feature, (short) level, false, (byte) type)),
                        false),
                2);
    }

    void security() {
        add(
                "acls",
                new DescribeAclsRequest((byte) 1, null, (byte) 1, null, null, (byte) 1, (byte) 1),
                3);
        add(
                "create acl",
                new CreateAclsRequest(List.of(new CreateAclsRequest.AclCreation(
                        TOPIC, "plain", (byte) 3, "User:x", "*", (byte) 3, (byte) 3))),
                3);
        add(
                "delete acl",
                new DeleteAclsRequest(List.of(new DeleteAclsRequest.DeleteAclsFilter(
                        (byte) 1, null, (byte) 1, null, null, (byte) 1, (byte) 1))),
                3);
        add("scram of all", new DescribeUserScramCredentialsRequest(null), 0);
        add(
                "scram of some",
                new DescribeUserScramCredentialsRequest(List.of(
                        new DescribeUserScramCredentialsRequest.UserName("a"),
                        new DescribeUserScramCredentialsRequest.UserName("b"),
                        new DescribeUserScramCredentialsRequest.UserName("b"))),
                0);
        add("tokens", new DescribeDelegationTokenRequest(null), 3);
    }
}
