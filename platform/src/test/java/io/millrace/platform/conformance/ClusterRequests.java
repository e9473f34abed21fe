package io.millrace.platform.conformance;

import io.millrace.protocol.AlterConfigsRequest;
import io.millrace.protocol.AlterPartitionReassignmentsRequest;
import io.millrace.protocol.AlterPartitionReassignmentsRequest.ReassignablePartition;
import io.millrace.protocol.AlterPartitionReassignmentsRequest.ReassignableTopic;
import io.millrace.protocol.AlterReplicaLogDirsRequest;
import io.millrace.protocol.AlterReplicaLogDirsRequest.AlterReplicaLogDir;
import io.millrace.protocol.AlterReplicaLogDirsRequest.AlterReplicaLogDirTopic;
import io.millrace.protocol.CreatePartitionsRequest;
import io.millrace.protocol.CreatePartitionsRequest.CreatePartitionsAssignment;
import io.millrace.protocol.CreatePartitionsRequest.CreatePartitionsTopic;
import io.millrace.protocol.CreateTopicsRequest;
import io.millrace.protocol.CreateTopicsRequest.CreatableReplicaAssignment;
import io.millrace.protocol.CreateTopicsRequest.CreatableTopic;
import io.millrace.protocol.CreateTopicsRequest.CreatableTopicConfig;
import io.millrace.protocol.DeleteTopicsRequest;
import io.millrace.protocol.DeleteTopicsRequest.DeleteTopicState;
import io.millrace.protocol.DescribeAclsRequest;
import io.millrace.protocol.DescribeClusterRequest;
import io.millrace.protocol.DescribeConfigsRequest;
import io.millrace.protocol.DescribeConfigsRequest.DescribeConfigsResource;
import io.millrace.protocol.DescribeLogDirsRequest;
import io.millrace.protocol.DescribeLogDirsRequest.DescribableLogDirTopic;
import io.millrace.protocol.DescribeProducersRequest;
import io.millrace.protocol.DescribeTopicPartitionsRequest;
import io.millrace.protocol.ElectLeadersRequest;
import io.millrace.protocol.IncrementalAlterConfigsRequest;
import io.millrace.protocol.IncrementalAlterConfigsRequest.AlterConfigsResource;
import io.millrace.protocol.IncrementalAlterConfigsRequest.AlterableConfig;
import io.millrace.protocol.ListConfigResourcesRequest;
import io.millrace.protocol.ListPartitionReassignmentsRequest;
import io.millrace.protocol.ListPartitionReassignmentsRequest.ListPartitionReassignmentsTopics;
import io.millrace.protocol.MetadataRequest;
import io.millrace.protocol.MetadataRequest.MetadataRequestTopic;
import io.millrace.protocol.SaslHandshakeRequest;
import io.millrace.protocol.UpdateFeaturesRequest;
import io.millrace.protocol.UpdateFeaturesRequest.FeatureUpdateKey;
import io.millrace.protocol.Uuid;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is wrong with requests about topics, configurations and the cluster.
final class ClusterRequests {
    private static final Uuid ABSENT = new Uuid(123, 456);

    private ClusterRequests() {}

    static void addAll(RequestCases cases, RequestCases.Names names) {
        metadata(cases, names);
        createTopics(cases);
        deleteTopics(cases, names);
        createPartitions(cases);
        describeConfigs(cases);
        incremental(cases);
        alterConfigs(cases);
        logDirs(cases);
        describing(cases);
        features(cases);
        reassigning(cases);
    }

    private static void metadata(RequestCases cases, RequestCases.Names names) {
        cases.add("metadata", 12, metadata(Uuid.ZERO, "one"));
        cases.add("metadata by id", 12, metadata(names.topicId(), null));
        cases.add("metadata by unknown id", 12, metadata(ABSENT, null));
        cases.add("metadata by id and name", 12, metadata(names.topicId(), "one"));
        cases.add("metadata of an unknown topic", 12, metadata(Uuid.ZERO, "absent"));
        cases.add("metadata of a bad name", 12, metadata(Uuid.ZERO, "a b"));
        cases.add("metadata of no name", 9, metadata(Uuid.ZERO, ""));
        cases.add("metadata of no name, version 12", 12, metadata(Uuid.ZERO, ""));
        cases.add(
                "metadata that creates a bad name",
                12,
                metadata(Uuid.ZERO, "a b").withAllowAutoTopicCreation(true));
        cases.add("metadata of nothing", 12, metadata(Uuid.ZERO, "one").withTopics(List.of()));
    }

    private static void createTopics(RequestCases cases) {
        CreatableTopic topic = CreatableTopic.DEFAULT
                .withName("new")
                .withNumPartitions(1)
                .withReplicationFactor((short) 1);
        cases.add("create what is there", 7, create(topic.withName("one")));
        cases.add("create no partitions", 7, create(topic.withNumPartitions(0)));
        cases.add("create -2 partitions", 7, create(topic.withNumPartitions(-2)));
        cases.add("create no replicas", 7, create(topic.withReplicationFactor((short) 0)));
        cases.add("create two replicas", 7, create(topic.withReplicationFactor((short) 2)));
        cases.add("create no name", 7, create(topic.withName("")));
        cases.add("create a dot", 7, create(topic.withName(".")));
        cases.add("create a blank", 7, create(topic.withName("a b")));
        cases.add("create a long name", 7, create(topic.withName("x".repeat(250))));
        cases.add(
                "create a bad name, no partitions",
                7,
                create(topic.withName("a b").withNumPartitions(0)));
        cases.add(
                "create no partitions, no replicas",
                7,
                create(topic.withNumPartitions(0).withReplicationFactor((short) 0)));
        cases.add(
                "create what is there, no partitions",
                7,
                create(topic.withName("one").withNumPartitions(0)));
        cases.add("create the same twice", 7, create(topic).withTopics(List.of(topic, topic)));
        cases.add("create with an unknown key", 7, create(configured(topic, "no.such", "1")));
        cases.add("create with a bad value", 7, create(configured(topic, "retention.ms", "soon")));
        cases.add("create with no value", 7, create(configured(topic, "retention.ms", null)));
        cases.add(
                "create with a bad value, no partitions",
                7,
                create(configured(topic, "retention.ms", "soon").withNumPartitions(0)));
        cases.add(
                "create with the policy 'both'",
                7,
                create(configured(topic, "cleanup.policy", "both")));
        cases.add(
                "create with min.insync 0",
                7,
                create(configured(topic, "min.insync.replicas", "0")));
        cases.add(
                "create assigned", 7, create(assigned(topic, -1, -1, 0, 1)).withValidateOnly(true));
        cases.add("create assigned and counted", 7, create(assigned(topic, 1, -1, 0, 1)));
        cases.add("create assigned with replicas", 7, create(assigned(topic, -1, 1, 0, 1)));
        cases.add("create assigned to nobody", 7, create(assigned(topic, -1, -1, 0, 9)));
        cases.add("create assigned with a gap", 7, create(assigned(topic, -1, -1, 1, 1)));
        cases.add(
                "create assigned twice to one",
                7,
                create(topic.withNumPartitions(-1)
                        .withReplicationFactor((short) -1)
                        .withAssignments(
                                List.of(new CreatableReplicaAssignment(0, List.of(1, 1))))));
        cases.add(
                "create assigned to none",
                7,
                create(topic.withNumPartitions(-1)
                        .withReplicationFactor((short) -1)
                        .withAssignments(List.of(new CreatableReplicaAssignment(0, List.of())))));
        cases.add("create only checked", 7, create(topic).withValidateOnly(true));
        cases.add(
                "create with defaults in version 3",
                3,
                create(topic.withNumPartitions(-1).withReplicationFactor((short) -1)));
        cases.add("create the offsets topic", 7, create(topic.withName("__cluster_metadata")));
    }

    private static void deleteTopics(RequestCases cases, RequestCases.Names names) {
        cases.add("delete an unknown name", 6, delete("absent", Uuid.ZERO));
        cases.add("delete an unknown id", 6, delete(null, ABSENT));
        cases.add("delete name and id", 6, delete("one", names.topicId()));
        cases.add("delete neither", 6, delete(null, Uuid.ZERO));
        cases.add("delete no name", 6, delete("", Uuid.ZERO));
        DeleteTopicState state = new DeleteTopicState("absent", Uuid.ZERO);
        cases.add("delete twice", 6, delete("absent", Uuid.ZERO).withTopics(List.of(state, state)));
        cases.add(
                "delete twice what is there",
                5,
                DeleteTopicsRequest.DEFAULT
                        .withTimeoutMs(1000)
                        .withTopicNames(List.of("absent", "absent")));
    }

    private static void createPartitions(RequestCases cases) {
        cases.add("grow an unknown topic", 3, grow("absent", 3, null));
        cases.add("grow to the same", 3, grow("one", 1, null));
        cases.add("grow to less", 3, grow("one", 0, null));
        cases.add("grow to -1", 3, grow("one", -1, null));
        cases.add("grow with nobody", 3, grow("one", 2, List.of(List.of(9))));
        cases.add("grow with too many", 3, grow("one", 2, List.of(List.of(1), List.of(1))));
        cases.add("grow with none", 3, grow("one", 2, List.of()));
        cases.add("grow with other replication", 3, grow("one", 2, List.of(List.of(1, 2))));
        CreatePartitionsRequest once = grow("one", 2, null);
        cases.add(
                "grow twice",
                3,
                once.withTopics(List.of(once.topics().getFirst(), once.topics().getFirst())));
        cases.add("grow only checked", 3, once.withValidateOnly(true));
    }

    private static void describeConfigs(RequestCases cases) {
        cases.add("configs of an unknown topic", 4, describe(2, "absent"));
        cases.add("configs of a bad name", 4, describe(2, "a b"));
        cases.add("configs of no topic", 4, describe(2, ""));
        cases.add("configs of broker 5", 4, describe(4, "5"));
        cases.add("configs of broker x", 4, describe(4, "x"));
        cases.add("configs of a resource of type 99", 4, describe(99, "x"));
        cases.add("configs of a resource of type 0", 4, describe(0, "x"));
        cases.add("loggers of broker 5", 4, describe(8, "5"));
        cases.add("configs of an unknown group", 4, describe(32, "absent"));
        cases.add("configs of no group", 4, describe(32, ""));
        cases.add("configs of an unknown metrics resource", 4, describe(16, "absent"));
        cases.add("one config", 4, describe(2, "one", "retention.ms"));
        cases.add("one config that changed", 4, describe(2, "tiny", "max.message.bytes"));
        cases.add("a config that is not there", 4, describe(2, "one", "no.such"));
    }

    private static void incremental(RequestCases cases) {
        cases.add("set an unknown key", 1, alter(2, "one", "no.such", 0, "1"));
        cases.add("set a bad value", 1, alter(2, "one", "retention.ms", 0, "soon"));
        cases.add("set no value", 1, alter(2, "one", "retention.ms", 0, null));
        cases.add("append to a number", 1, alter(2, "one", "retention.ms", 2, "1"));
        cases.add("append no value", 1, alter(2, "one", "cleanup.policy", 2, null));
        cases.add("append what is there", 1, alter(2, "one", "cleanup.policy", 2, "delete"));
        cases.add("subtract what is not there", 1, alter(2, "one", "cleanup.policy", 3, "compact"));
        cases.add("subtract everything", 1, alter(2, "compacted", "cleanup.policy", 3, "compact"));
        cases.add("an operation 9", 1, alter(2, "one", "retention.ms", 9, "1"));
        cases.add("delete what is not set", 1, alter(2, "one", "retention.ms", 1, null));
        cases.add("delete an unknown key", 1, alter(2, "one", "no.such", 1, null));
        cases.add("set for an unknown topic", 1, alter(2, "absent", "retention.ms", 0, "1"));
        cases.add(
                "set for an unknown topic, unknown key", 1, alter(2, "absent", "no.such", 0, "1"));
        cases.add("set for broker 5", 1, alter(4, "5", "log.retention.ms", 0, "1000000"));
        cases.add("set for broker x", 1, alter(4, "x", "log.retention.ms", 0, "1000000"));
        cases.add("set what the broker cannot change", 1, alter(4, "1", "node.id", 0, "7"));
        cases.add("set what all brokers share on one", 1, alter(4, "1", "listeners", 0, "x"));
        cases.add("set an unknown key of a broker", 1, alter(4, "1", "no.such", 0, "7"));
        cases.add("set a bad value of a broker", 1, alter(4, "1", "log.retention.ms", 0, "soon"));
        cases.add("set for type 99", 1, alter(99, "x", "retention.ms", 0, "1"));
        cases.add("set for no group", 1, alter(32, "", "consumer.session.timeout.ms", 0, "50000"));
        cases.add("set an unknown key of a group", 1, alter(32, "g", "no.such", 0, "50000"));
        cases.add(
                "set a bad value of a group",
                1,
                alter(32, "g", "consumer.session.timeout.ms", 0, "1"));
        IncrementalAlterConfigsRequest once = alter(2, "one", "retention.ms", 0, "1000");
        AlterConfigsResource resource = once.resources().getFirst();
        cases.add("the same resource twice", 1, once.withResources(List.of(resource, resource)));
        AlterableConfig config = resource.configs().getFirst();
        cases.add(
                "the same key twice",
                1,
                once.withResources(List.of(resource.withConfigs(List.of(config, config)))));
        cases.add("only checked", 1, once.withValidateOnly(true));
        cases.add(
                "only checked and wrong",
                1,
                alter(2, "one", "retention.ms", 0, "x").withValidateOnly(true));
        cases.add(
                "local retention above retention",
                1,
                alter(2, "one", "local.retention.ms", 0, "99999999999"));
    }

    private static void alterConfigs(RequestCases cases) {
        cases.add("replace with an unknown key", 2, replace(2, "one", "no.such", "1"));
        cases.add("replace with a bad value", 2, replace(2, "one", "retention.ms", "soon"));
        cases.add("replace with no value", 2, replace(2, "one", "retention.ms", null));
        cases.add("replace for an unknown topic", 2, replace(2, "absent", "retention.ms", "1"));
        cases.add("replace for broker 5", 2, replace(4, "5", "log.retention.ms", "1000000"));
    }

    private static void logDirs(RequestCases cases) {
        cases.add(
                "logs of an unknown topic",
                4,
                new DescribeLogDirsRequest(
                        List.of(new DescribableLogDirTopic("absent", List.of(0)))));
        cases.add(
                "logs of an unknown partition",
                4,
                new DescribeLogDirsRequest(
                        List.of(new DescribableLogDirTopic("empty", List.of(4)))));
        cases.add("logs of nothing", 4, new DescribeLogDirsRequest(List.of()));
        cases.add(
                "move to nowhere",
                2,
                new AlterReplicaLogDirsRequest(List.of(new AlterReplicaLogDir(
                        "/nowhere",
                        List.of(
                                new AlterReplicaLogDirTopic("one", List.of(0)),
                                new AlterReplicaLogDirTopic("absent", List.of(0)))))));
    }

    private static void describing(RequestCases cases) {
        cases.add("brokers", 1, new DescribeClusterRequest(false, (byte) 1, false));
        cases.add("controllers of a broker", 1, new DescribeClusterRequest(false, (byte) 2, false));
        cases.add("endpoints of type 7", 1, new DescribeClusterRequest(false, (byte) 7, false));
        cases.add("partitions of an unknown topic", 0, partitions("absent", 2000));
        cases.add("partitions of a bad name", 0, partitions("a b", 2000));
        cases.add("partitions, at most 0", 0, partitions("one", 0));
        cases.add("partitions, at most 1", 0, partitions("empty", 1));
        cases.add(
                "partitions from partition -1",
                0,
                partitions("one", 10)
                        .withCursor(new DescribeTopicPartitionsRequest.Cursor("one", -1)));
        cases.add(
                "partitions from partition 5",
                0,
                partitions("one", 10)
                        .withCursor(new DescribeTopicPartitionsRequest.Cursor("one", 5)));
        cases.add("producers of an unknown topic", 0, producers("absent", 0));
        cases.add("producers of an unknown partition", 0, producers("one", 9));
        cases.add("producers of an empty topic", 0, producers("empty", 0));
        cases.add(
                "access rules without authorizer",
                3,
                new DescribeAclsRequest((byte) 1, null, (byte) 1, null, null, (byte) 1, (byte) 1));
        cases.add("sasl where there is none", 1, new SaslHandshakeRequest("PLAIN"));
        cases.add("resources of type 99", 1, new ListConfigResourcesRequest(List.of((byte) 99)));
        cases.add(
                "resources that are topics", 1, new ListConfigResourcesRequest(List.of((byte) 2)));
        cases.add("resources in version 0", 0, ListConfigResourcesRequest.DEFAULT);
    }

    private static void features(RequestCases cases) {
        cases.add("an unknown feature", 1, feature("no.such", 1, 1));
        cases.add("a feature without name", 1, feature("", 1, 1));
        cases.add("the present metadata version", 1, feature("metadata.version", 30, 1));
        cases.add("a future metadata version", 1, feature("metadata.version", 99, 1));
        cases.add("an old metadata version", 1, feature("metadata.version", 7, 1));
        cases.add("an upgrade of type 9", 1, feature("group.version", 1, 9));
        cases.add("group version 9", 1, feature("group.version", 9, 1));
        cases.add("group version -1", 1, feature("group.version", -1, 1));
        cases.add("no features", 1, new UpdateFeaturesRequest(1000, List.of(), true));
        UpdateFeaturesRequest once = feature("group.version", 1, 1);
        cases.add(
                "a feature twice",
                1,
                once.withFeatureUpdates(List.of(
                        once.featureUpdates().getFirst(), once.featureUpdates().getFirst())));
    }

    private static void reassigning(RequestCases cases) {
        cases.add("elect for an unknown topic", 2, elect("absent", 0, 0));
        cases.add("elect for an unknown partition", 2, elect("one", 9, 0));
        cases.add("elect uncleanly", 2, elect("one", 0, 1));
        cases.add("elect with type 5", 2, elect("one", 0, 5));
        cases.add("reassign an unknown topic", 0, reassign("absent", 0, List.of(1)));
        cases.add("reassign an unknown partition", 0, reassign("one", 9, List.of(1)));
        cases.add("reassign to nobody", 0, reassign("one", 0, List.of(9)));
        cases.add("reassign to none", 0, reassign("one", 0, List.of()));
        cases.add("reassign twice to one", 0, reassign("one", 0, List.of(1, 1)));
        cases.add("reassign to where it is", 0, reassign("one", 0, List.of(1)));
        cases.add("cancel no reassignment", 0, reassign("one", 0, null));
        cases.add("list reassignments", 0, new ListPartitionReassignmentsRequest(1000, null));
        cases.add(
                "list reassignments of an unknown topic",
                0,
                new ListPartitionReassignmentsRequest(
                        1000, List.of(new ListPartitionReassignmentsTopics("absent", List.of(0)))));
    }

    private static MetadataRequest metadata(Uuid id, @Nullable String name) {
        return MetadataRequest.DEFAULT
                .withAllowAutoTopicCreation(false)
                .withTopics(List.of(new MetadataRequestTopic(id, name)));
    }

    private static CreateTopicsRequest create(CreatableTopic topic) {
        return new CreateTopicsRequest(List.of(topic), 5000, false);
    }

    private static CreatableTopic configured(
            CreatableTopic topic, String key, @Nullable String value) {
        return topic.withConfigs(List.of(new CreatableTopicConfig(key, value)));
    }

    private static CreatableTopic assigned(
            CreatableTopic topic, int partitions, int replicas, int partition, int broker) {
        return topic.withNumPartitions(partitions)
                .withReplicationFactor((short) replicas)
                .withAssignments(
                        List.of(new CreatableReplicaAssignment(partition, List.of(broker))));
    }

    private static DeleteTopicsRequest delete(@Nullable String name, Uuid id) {
        return new DeleteTopicsRequest(List.of(new DeleteTopicState(name, id)), List.of(), 5000);
    }

    private static CreatePartitionsRequest grow(
            String topic, int count, @Nullable List<List<Integer>> assignments) {
        List<CreatePartitionsAssignment> wire = assignments == null
                ? null
                : assignments.stream().map(CreatePartitionsAssignment::new).toList();
        return new CreatePartitionsRequest(
                List.of(new CreatePartitionsTopic(topic, count, wire)), 5000, false);
    }

    private static DescribeConfigsRequest describe(int type, String name, String... keys) {
        return new DescribeConfigsRequest(
                List.of(new DescribeConfigsResource(
                        (byte) type, name, keys.length == 0 ? List.of("none") : List.of(keys))),
                false,
                false);
    }

    private static IncrementalAlterConfigsRequest alter(
            int type, String name, String key, int operation, @Nullable String value) {
        return new IncrementalAlterConfigsRequest(
                List.of(new AlterConfigsResource(
                        (byte) type,
                        name,
                        List.of(new AlterableConfig(key, (byte) operation, value)))),
                false);
    }

    private static AlterConfigsRequest replace(
            int type, String name, String key, @Nullable String value) {
        return new AlterConfigsRequest(
                List.of(new AlterConfigsRequest.AlterConfigsResource(
                        (byte) type,
                        name,
                        List.of(new AlterConfigsRequest.AlterableConfig(key, value)))),
                false);
    }

    private static DescribeTopicPartitionsRequest partitions(String topic, int limit) {
        return new DescribeTopicPartitionsRequest(
                List.of(new DescribeTopicPartitionsRequest.TopicRequest(topic)), limit, null);
    }

    private static DescribeProducersRequest producers(String topic, int partition) {
        return new DescribeProducersRequest(
                List.of(new DescribeProducersRequest.TopicRequest(topic, List.of(partition))));
    }

    private static UpdateFeaturesRequest feature(String feature, int level, int type) {
        return new UpdateFeaturesRequest(
                1000,
                List.of(new FeatureUpdateKey(feature, (short) level, false, (byte) type)),
                true);
    }

    private static ElectLeadersRequest elect(String topic, int partition, int type) {
        return new ElectLeadersRequest(
                (byte) type,
                List.of(new ElectLeadersRequest.TopicPartitions(topic, List.of(partition))),
                1000);
    }

    private static AlterPartitionReassignmentsRequest reassign(
            String topic, int partition, @Nullable List<Integer> replicas) {
        return AlterPartitionReassignmentsRequest.DEFAULT
                .withTimeoutMs(1000)
                .withTopics(List.of(new ReassignableTopic(
                        topic, List.of(new ReassignablePartition(partition, replicas)))));
    }
}
