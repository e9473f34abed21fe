package io.millrace.broker.handler;

import io.millrace.protocol.AlterClientQuotasRequest;
import io.millrace.protocol.AlterConfigsRequest;
import io.millrace.protocol.AlterPartitionReassignmentsRequest;
import io.millrace.protocol.CreateAclsRequest;
import io.millrace.protocol.CreatePartitionsRequest;
import io.millrace.protocol.CreatePartitionsRequest.CreatePartitionsAssignment;
import io.millrace.protocol.CreatePartitionsRequest.CreatePartitionsTopic;
import io.millrace.protocol.CreateTopicsRequest;
import io.millrace.protocol.CreateTopicsRequest.CreatableReplicaAssignment;
import io.millrace.protocol.CreateTopicsRequest.CreatableTopic;
import io.millrace.protocol.CreateTopicsRequest.CreatableTopicConfig;
import io.millrace.protocol.DeleteAclsRequest;
import io.millrace.protocol.DeleteTopicsRequest;
import io.millrace.protocol.DeleteTopicsRequest.DeleteTopicState;
import io.millrace.protocol.DescribeAclsRequest;
import io.millrace.protocol.DescribeClientQuotasRequest;
import io.millrace.protocol.DescribeClusterRequest;
import io.millrace.protocol.DescribeConfigsRequest;
import io.millrace.protocol.DescribeConfigsRequest.DescribeConfigsResource;
import io.millrace.protocol.DescribeDelegationTokenRequest;
import io.millrace.protocol.DescribeTopicPartitionsRequest;
import io.millrace.protocol.DescribeUserScramCredentialsRequest;
import io.millrace.protocol.ElectLeadersRequest;
import io.millrace.protocol.IncrementalAlterConfigsRequest;
import io.millrace.protocol.IncrementalAlterConfigsRequest.AlterConfigsResource;
import io.millrace.protocol.IncrementalAlterConfigsRequest.AlterableConfig;
import io.millrace.protocol.ListConfigResourcesRequest;
import io.millrace.protocol.ListPartitionReassignmentsRequest;
import io.millrace.protocol.Request;
import io.millrace.protocol.UnregisterBrokerRequest;
import io.millrace.protocol.UpdateFeaturesRequest;
import io.millrace.protocol.Uuid;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What administrators ask, right and wrong, in an order in which each finds what those before
/// left.
final class AdminScript {
    /// One request with a name for the report.
    record Step(String name, Request request, int version) {}

    private static final byte TOPIC = 2;
    private static final byte BROKER = 4;
    private static final byte CLIENT_METRICS = 16;
    private static final byte GROUP = 32;
    private static final byte SET = 0;
    private static final byte DELETE = 1;
    private static final byte APPEND = 2;
    private static final byte SUBTRACT = 3;

    private final List<Step> steps = new ArrayList<>();

    private AdminScript() {}

    static List<Step> steps() {
        AdminScript script = new AdminScript();
        script.createTopics();
        script.createPartitions();
        script.changeTopicConfigs();
        script.changeOtherConfigs();
        script.replaceConfigs();
        script.describe();
        script.quotas();
        script.cluster();
        script.security();
        script.deleteTopics();
        return script.steps;
    }

    private void add(String name, Request request, int version) {
        steps.add(new Step(name, request, version));
    }

    private void createTopics() {
        create("plain", topic("plain", 3, 1));
        create("defaults", topic("defaults", -1, -1));
        create("exists", topic("plain", 1, 1));
        create("exists, and else wrong", topic("plain", 0, 7));
        create("empty name", topic("", 1, 1));
        create("dot", topic(".", 1, 1));
        create("dots", topic("..", 1, 1));
        create("bad letters", topic("a b", 1, 1));
        create("umlaut", topic("\u00fcber", 1, 1));
        create("longest", topic("x".repeat(249), 1, 1));
        create("too long", topic("x".repeat(250), 1, 1));
        create("with a dot", topic("a.b", 1, 1));
        create("collides", topic("a_b", 1, 1));
        create("collides within", topic("c.d", 1, 1), topic("c_d", 1, 1));
        create("twice", topic("e", 1, 1), topic("e", 1, 1), topic("f", 1, 1));
        create("metadata topic", topic("__cluster_metadata", 1, 1));
        create("no partitions", topic("p0", 0, 1));
        create("negative partitions", topic("p-2", -2, 1));
        create("no replicas", topic("r0", 1, 0));
        create("negative replicas", topic("r-2", 1, -2));
        create("too many replicas", topic("r3", 1, 3));
        create("bad replicas and partitions", topic("rp", 0, 0));
        create("bad name and replicas", topic("a b", 1, 0));
        create(
                "config",
                topic("conf", 1, 1, "retention.ms", "1000", "cleanup.policy", "compact,delete"));
        create("unknown config", topic("conf2", 1, 1, "nope", "1"));
        create("bad config", topic("conf3", 1, 1, "retention.ms", "x"));
        create("config out of range", topic("conf4", 1, 1, "segment.bytes", "10"));
        create("bad policy", topic("conf5", 1, 1, "cleanup.policy", "shred"));
        create(
                "lags",
                topic("conf6", 1, 1, "min.compaction.lag.ms", "10", "max.compaction.lag.ms", "5"));
        create("null config", topic("conf7", 1, 1, "retention.ms", null));
        create("bad config and replicas", topic("conf8", 1, 9, "nope", "1"));
        create("tiered", topic("conf9", 1, 1, "remote.storage.enable", "true"));
        create("assigned", assigned("man", List.of(1), List.of(1)));
        create("assigned to nobody", assigned("man0", List.of()));
        create("assigned to a stranger", assigned("man2", List.of(2)));
        create("assigned twice", assigned("man11", List.of(1, 1)));
        create("assigned unevenly", assigned("man12", List.of(1), List.of(1, 2)));
        create("assigned and counted", assigned("mann", List.of(1)).withNumPartitions(1));
        create("assigned and factored", assigned("manr", List.of(1)).withReplicationFactor((short)
                1));
        create(
                "assigned with a gap",
                topic("mang", -1, -1)
                        .withAssignments(List.of(
                                new CreatableReplicaAssignment(0, List.of(1)),
                                new CreatableReplicaAssignment(2, List.of(1)))));
        create(
                "assigned one partition twice",
                topic("mand", -1, -1)
                        .withAssignments(List.of(
                                new CreatableReplicaAssignment(0, List.of(1)),
                                new CreatableReplicaAssignment(0, List.of(1)))));
        add(
                "only validated",
                new CreateTopicsRequest(List.of(topic("never", 2, 1)), 10_000, true),
                7);
        add(
                "was only validated",
                new CreateTopicsRequest(List.of(topic("never", 1, 1)), 10_000, true),
                7);
        add("old version", new CreateTopicsRequest(List.of(topic("old", 2, 1)), 10_000, false), 2);
    }

    private void create(String name, CreatableTopic... topics) {
        add("create: " + name, new CreateTopicsRequest(List.of(topics), 10_000, false), 7);
    }

    private static CreatableTopic topic(
            String name, int partitions, int replicas, @Nullable String... configs) {
        List<CreatableTopicConfig> pairs = new ArrayList<>();
        for (int i = 0; i < configs.length; i += 2) {
            String key = configs[i];
            pairs.add(new CreatableTopicConfig(key == null ? "" : key, configs[i + 1]));
        }
        return new CreatableTopic(name, partitions, (short) replicas, List.of(), pairs);
    }

    @SafeVarargs
    private static CreatableTopic assigned(String name, List<Integer>... replicas) {
        List<CreatableReplicaAssignment> assignments = new ArrayList<>();
        for (int i = 0; i < replicas.length; i++) {
            assignments.add(new CreatableReplicaAssignment(i, replicas[i]));
        }
        return topic(name, -1, -1).withAssignments(assignments);
    }

    private void createPartitions() {
        grow("more", false, new CreatePartitionsTopic("plain", 5, null));
        grow("as many", false, new CreatePartitionsTopic("plain", 5, null));
        grow("fewer", false, new CreatePartitionsTopic("plain", 1, null));
        grow("zero", false, new CreatePartitionsTopic("plain", 0, null));
        grow("unknown", false, new CreatePartitionsTopic("unknown", 5, null));
        grow("assigned", false, grown("plain", 6, List.of(1)));
        grow("assigned too many", false, grown("plain", 7, List.of(1), List.of(1)));
        grow("assigned to a stranger", false, grown("plain", 7, List.of(2)));
        grow("assigned to nobody", false, grown("plain", 7, List.of()));
        grow("assigned unevenly", false, grown("plain", 7, List.of(1, 1)));
        grow("only validated", true, new CreatePartitionsTopic("plain", 9, null));
        grow("was only validated", true, new CreatePartitionsTopic("plain", 6, null));
        grow(
                "twice",
                false,
                new CreatePartitionsTopic("man", 5, null),
                new CreatePartitionsTopic("man", 6, null),
                new CreatePartitionsTopic("conf", 2, null));
    }

    private void grow(String name, boolean validateOnly, CreatePartitionsTopic... topics) {
        add("grow: " + name, new CreatePartitionsRequest(List.of(topics), 10_000, validateOnly), 3);
    }

    @SafeVarargs
    private static CreatePartitionsTopic grown(String name, int count, List<Integer>... replicas) {
        List<CreatePartitionsAssignment> assignments = new ArrayList<>();
        for (List<Integer> each : replicas) {
            assignments.add(new CreatePartitionsAssignment(each));
        }
        return new CreatePartitionsTopic(name, count, assignments);
    }

    private void changeTopicConfigs() {
        change("set", TOPIC, "plain", config("retention.ms", SET, "2000"));
        change("delete", TOPIC, "conf", config("retention.ms", DELETE, null));
        change("delete what is not set", TOPIC, "conf", config("segment.bytes", DELETE, null));
        change("append", TOPIC, "defaults", config("cleanup.policy", APPEND, "compact"));
        change("subtract", TOPIC, "defaults", config("cleanup.policy", SUBTRACT, "delete"));
        change("append to no list", TOPIC, "plain", config("retention.ms", APPEND, "1"));
        change("append to nothing known", TOPIC, "plain", config("nope", APPEND, "1"));
        change("unknown key", TOPIC, "plain", config("nope", SET, "1"));
        change("bad value", TOPIC, "plain", config("retention.ms", SET, "-7"));
        change("null value", TOPIC, "plain", config("retention.ms", SET, null));
        change(
                "key twice",
                TOPIC,
                "plain",
                config("retention.ms", SET, "1"),
                config("retention.ms", DELETE, null));
        change("unknown operation", TOPIC, "plain", config("retention.ms", (byte) 9, "1"));
        change("unknown topic", TOPIC, "unknown", config("retention.ms", SET, "1"));
        change("unknown topic and key", TOPIC, "unknown", config("nope", SET, "1"));
        change("no topic", TOPIC, "", config("retention.ms", SET, "1"));
        change("bad topic", TOPIC, "a b", config("retention.ms", SET, "1"));
        change(
                "throttled",
                TOPIC,
                "plain",
                config("leader.replication.throttled.replicas", SET, "0:1,1:1"));
        change(
                "throttled badly",
                TOPIC,
                "plain",
                config("leader.replication.throttled.replicas", SET, "x"));
        change("gzip level", TOPIC, "plain", config("compression.gzip.level", SET, "0"));
        change("min insync", TOPIC, "plain", config("min.insync.replicas", SET, "0"));
        AlterConfigsResource one = new AlterConfigsResource(
                TOPIC, "plain", List.of(config("segment.ms", SET, "5000")));
        add(
                "change: resource twice",
                new IncrementalAlterConfigsRequest(List.of(one, one), false),
                1);
        add("change: only validated", new IncrementalAlterConfigsRequest(List.of(one), true), 1);
        add(
                "change: bad resource",
                new IncrementalAlterConfigsRequest(
                        List.of(new AlterConfigsResource((byte) 77, "x", List.of())), false),
                1);
    }

    private void change(String name, byte type, String resource, AlterableConfig... configs) {
        add(
                "change: " + name,
                new IncrementalAlterConfigsRequest(
                        List.of(new AlterConfigsResource(type, resource, List.of(configs))), false),
                1);
    }

    private static AlterableConfig config(String key, byte operation, @Nullable String value) {
        return new AlterableConfig(key, operation, value);
    }

    private void changeOtherConfigs() {
        change("all nodes", BROKER, "", config("log.retention.ms", SET, "86400000"));
        change("one node", BROKER, "1", config("log.segment.bytes", SET, "2097152"));
        change("read-only", BROKER, "1", config("num.partitions", SET, "2"));
        change("read-only, all nodes", BROKER, "", config("log.retention.hours", SET, "2"));
        change(
                "one node's setting for all",
                BROKER,
                "",
                config("listeners", SET, "PLAINTEXT://:1"));
        change("bad value of all nodes", BROKER, "", config("log.retention.bytes", SET, "x"));
        change("unknown node", BROKER, "2", config("log.segment.bytes", SET, "2097152"));
        change("no number", BROKER, "x", config("log.segment.bytes", SET, "2097152"));
        change("unknown key of all nodes", BROKER, "", config("some.plugin.key", SET, "1"));
        change("delete it", BROKER, "", config("some.plugin.key", DELETE, null));
        change("group", GROUP, "g1", config("consumer.session.timeout.ms", SET, "50000"));
        change("group, unknown key", GROUP, "g1", config("nope", SET, "50000"));
        change("group, bad value", GROUP, "g1", config("consumer.session.timeout.ms", SET, "x"));
        change("no group", GROUP, "", config("consumer.session.timeout.ms", SET, "50000"));
        change("client metrics", CLIENT_METRICS, "m1", config("interval.ms", SET, "5000"));
        change("client metrics, unknown key", CLIENT_METRICS, "m1", config("nope", SET, "5000"));
        change("client metrics, too often", CLIENT_METRICS, "m1", config("interval.ms", SET, "5"));
        change("no client metrics", CLIENT_METRICS, "", config("interval.ms", SET, "5000"));
    }

    private void replaceConfigs() {
        replace(
                "topic",
                TOPIC,
                "man",
                new AlterConfigsRequest.AlterableConfig("segment.ms", "7000"));
        replace(
                "topic again",
                TOPIC,
                "man",
                new AlterConfigsRequest.AlterableConfig("retention.ms", "8000"));
        replace("unknown key", TOPIC, "man", new AlterConfigsRequest.AlterableConfig("nope", "1"));
        replace("null", TOPIC, "man", new AlterConfigsRequest.AlterableConfig("segment.ms", null));
        replace(
                "unknown topic",
                TOPIC,
                "unknown",
                new AlterConfigsRequest.AlterableConfig("segment.ms", "9"));
    }

    private void replace(
            String name,
            byte type,
            String resource,
            AlterConfigsRequest.AlterableConfig... configs) {
        add(
                "replace: " + name,
                new AlterConfigsRequest(
                        List.of(new AlterConfigsRequest.AlterConfigsResource(
                                type, resource, List.of(configs))),
                        false),
                2);
    }

    private void describe() {
        for (String topic :
                List.of("plain", "defaults", "conf", "man", "old", "unknown", "a b", "")) {
            describe(TOPIC, topic);
        }
        describe(BROKER, "1");
        describe(BROKER, "");
        describe(BROKER, "2");
        describe(BROKER, "x");
        describe(GROUP, "g1");
        describe(GROUP, "g2");
        describe(GROUP, "");
        describe(CLIENT_METRICS, "m1");
        describe(CLIENT_METRICS, "m2");
        describe((byte) 77, "x");
        add(
                "describe: some keys",
                new DescribeConfigsRequest(
                        List.of(new DescribeConfigsResource(
                                TOPIC, "plain", List.of("retention.ms", "nope"))),
                        true,
                        false),
                4);
        add(
                "describe: version 1",
                new DescribeConfigsRequest(
                        List.of(new DescribeConfigsResource(
                                TOPIC, "plain", List.of("retention.ms", "segment.ms"))),
                        false,
                        false),
                1);
        for (List<Byte> types : List.of(
                List.<Byte>of(),
                List.of(TOPIC),
                List.of(BROKER, GROUP),
                List.of(CLIENT_METRICS),
                List.of((byte) 77))) {
            add("list: " + types, new ListConfigResourcesRequest(types), 1);
        }
        add("list: version 0", new ListConfigResourcesRequest(List.of()), 0);
    }

    private void describe(byte type, String name) {
        add(
                "describe: " + type + " " + name,
                new DescribeConfigsRequest(
                        List.of(new DescribeConfigsResource(type, name, null)), true, false),
                4);
    }

    private void quotas() {
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

    private void cluster() {
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

    private void security() {
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

    private void deleteTopics() {
        delete("one", new DeleteTopicState("conf", Uuid.ZERO));
        delete("gone", new DeleteTopicState("conf", Uuid.ZERO));
        delete("unknown id", new DeleteTopicState(null, new Uuid(5, 5)));
        delete("neither", new DeleteTopicState(null, Uuid.ZERO));
        delete("both", new DeleteTopicState("plain", new Uuid(5, 5)));
        delete(
                "twice",
                new DeleteTopicState("plain", Uuid.ZERO),
                new DeleteTopicState("plain", Uuid.ZERO),
                new DeleteTopicState("man", Uuid.ZERO));
        add(
                "delete: old version",
                DeleteTopicsRequest.DEFAULT
                        .withTopicNames(List.of("old", "unknown"))
                        .withTimeoutMs(10_000),
                4);
        create("again", topic("conf", 1, 1));
        describe(TOPIC, "conf");
    }

    private void delete(String name, DeleteTopicState... topics) {
        add("delete: " + name, new DeleteTopicsRequest(List.of(topics), List.of(), 10_000), 6);
    }
}
