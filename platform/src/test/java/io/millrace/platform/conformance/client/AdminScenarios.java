package io.millrace.platform.conformance.client;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ConfigEntry.ConfigSource;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;

/// What an administrator can ask for, and how it is refused.
public final class AdminScenarios {
    private final Cluster cluster;

    public AdminScenarios(String bootstrap, String version) {
        cluster = new Cluster(bootstrap, version);
    }

    private static String creation(Admin admin, NewTopic topic) {
        return Cluster.error(admin.createTopics(List.of(topic)).all());
    }

    public void topicsAreCreatedGrownAndDeleted() throws Exception {
        String topic = cluster.name("admin-topic");
        try (Admin admin = cluster.admin()) {
            var created = admin.createTopics(List.of(
                    new NewTopic(topic, 2, (short) 1).configs(Map.of("retention.ms", "12345"))));
            assertEquals(2, Cluster.get(created.numPartitions(topic)));
            assertEquals(1, Cluster.get(created.replicationFactor(topic)));
            assertEquals(
                    "12345",
                    Cluster.get(created.config(topic)).get("retention.ms").value());
            assertEquals(
                    "TopicExistsException", creation(admin, new NewTopic(topic, 2, (short) 1)));
            Cluster.get(admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(3)))
                    .all());
            Cluster.await("three partitions", () -> {
                try {
                    return cluster.partitions(topic) == 3;
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            });
            assertEquals(
                    "InvalidPartitionsException",
                    Cluster.error(admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(2)))
                            .all()));
            assertEquals(
                    "UnknownTopicOrPartitionException",
                    Cluster.error(
                            admin.createPartitions(Map.of("absent", NewPartitions.increaseTo(2)))
                                    .all()));
            Cluster.get(admin.deleteTopics(List.of(topic)).all());
            Cluster.await("the topic to be gone", () -> {
                try {
                    return !Cluster.get(admin.listTopics().names()).contains(topic);
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            });
            assertEquals(
                    "UnknownTopicOrPartitionException",
                    Cluster.error(admin.deleteTopics(List.of(topic)).all()));
        }
    }

    public void badTopicsAreRefused() {
        String topic = cluster.name("bad");
        try (Admin admin = cluster.admin()) {
            assertEquals(
                    "InvalidPartitionsException",
                    creation(admin, new NewTopic(topic, 0, (short) 1)));
            assertEquals(
                    "InvalidReplicationFactorException",
                    creation(admin, new NewTopic(topic, 1, (short) 0)));
            assertEquals(
                    "InvalidReplicationFactorException",
                    creation(admin, new NewTopic(topic, 1, (short) 2)));
            assertEquals(
                    "InvalidTopicException", creation(admin, new NewTopic("a b", 1, (short) 1)));
            assertEquals("InvalidTopicException", creation(admin, new NewTopic("", 1, (short) 1)));
            assertEquals(
                    "InvalidTopicException", creation(admin, new NewTopic("..", 1, (short) 1)));
            assertEquals(
                    "InvalidTopicException",
                    creation(admin, new NewTopic("x".repeat(250), 1, (short) 1)));
            assertEquals(
                    "InvalidConfigurationException",
                    creation(
                            admin,
                            new NewTopic(topic, 1, (short) 1).configs(Map.of("no.such.key", "1"))));
            assertEquals(
                    "InvalidConfigurationException",
                    creation(
                            admin,
                            new NewTopic(topic, 1, (short) 1)
                                    .configs(Map.of("retention.ms", "soon"))));
            assertEquals(
                    "InvalidReplicaAssignmentException",
                    creation(admin, new NewTopic(topic, Map.of(0, List.of(77)))));
            assertEquals(
                    "InvalidReplicaAssignmentException",
                    creation(admin, new NewTopic(topic, Map.of(1, List.of(1)))));
        }
    }

    public void aCreationThatIsOnlyCheckedCreatesNothing() throws Exception {
        String topic = cluster.name("checked");
        try (Admin admin = cluster.admin()) {
            Cluster.get(admin.createTopics(
                            List.of(new NewTopic(topic, Optional.empty(), Optional.empty())),
                            new CreateTopicsOptions().validateOnly(true))
                    .all());
            assertFalse(Cluster.get(admin.listTopics().names()).contains(topic));
        }
    }

    public void namesThatCollideInMetricsAreRefused() throws Exception {
        String name = cluster.name("collide").replace('.', '_');
        try (Admin admin = cluster.admin()) {
            GroupScenarios.create(admin, name + ".x");
            assertEquals(
                    "InvalidTopicException",
                    creation(admin, new NewTopic(name + "_x", 1, (short) 1)));
        }
    }

    private static Config config(Admin admin, ConfigResource resource) throws Exception {
        return requireNonNull(
                Cluster.get(admin.describeConfigs(List.of(resource)).all()).get(resource));
    }

    private static void alter(
            Admin admin,
            ConfigResource resource,
            AlterConfigOp.OpType type,
            String key,
            String value)
            throws Exception {
        Collection<AlterConfigOp> ops =
                List.of(new AlterConfigOp(new ConfigEntry(key, value), type));
        Cluster.get(admin.incrementalAlterConfigs(Map.of(resource, ops)).all());
    }

    private static String refused(
            Admin admin,
            ConfigResource resource,
            AlterConfigOp.OpType type,
            String key,
            String value) {
        Collection<AlterConfigOp> ops =
                List.of(new AlterConfigOp(new ConfigEntry(key, value), type));
        return Cluster.error(
                admin.incrementalAlterConfigs(Map.of(resource, ops)).all());
    }

    public void topicConfigurationsChangeOneByOne() throws Exception {
        String topic = cluster.topic("configured", 1, Map.of("cleanup.policy", "compact"));
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try (Admin admin = cluster.admin()) {
            alter(admin, resource, AlterConfigOp.OpType.SET, "segment.bytes", "2000000");
            alter(admin, resource, AlterConfigOp.OpType.APPEND, "cleanup.policy", "delete");
            Cluster.await("the change", () -> {
                try {
                    return config(admin, resource)
                            .get("cleanup.policy")
                            .value()
                            .equals("compact,delete");
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            });
            Config config = config(admin, resource);
            assertEquals("2000000", config.get("segment.bytes").value());
            assertEquals(
                    ConfigSource.DYNAMIC_TOPIC_CONFIG,
                    config.get("segment.bytes").source());
            assertEquals(ConfigSource.DEFAULT_CONFIG, config.get("retention.ms").source());
            assertTrue(config.get("retention.ms").isDefault());
            alter(admin, resource, AlterConfigOp.OpType.SUBTRACT, "cleanup.policy", "compact");
            alter(admin, resource, AlterConfigOp.OpType.DELETE, "segment.bytes", "");
            Cluster.await("the default", () -> {
                try {
                    return config(admin, resource)
                            .get("segment.bytes")
                            .value()
                            .equals("1073741824");
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            });
            assertEquals(
                    "InvalidConfigurationException",
                    refused(admin, resource, AlterConfigOp.OpType.SET, "segment.bytes", "-5"));
            assertEquals(
                    "InvalidConfigurationException",
                    refused(admin, resource, AlterConfigOp.OpType.SET, "absent.key", "1"));
            assertEquals(
                    "InvalidConfigurationException",
                    refused(admin, resource, AlterConfigOp.OpType.APPEND, "segment.bytes", "1"));
            assertEquals(
                    "UnknownTopicOrPartitionException",
                    refused(
                            admin,
                            new ConfigResource(ConfigResource.Type.TOPIC, "absent"),
                            AlterConfigOp.OpType.SET,
                            "segment.bytes",
                            "2000000"));
        }
    }

    public void brokerConfigurationsAreDescribedAndChanged() throws Exception {
        ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, "1");
        ConfigResource all = new ConfigResource(ConfigResource.Type.BROKER, "");
        try (Admin admin = cluster.admin()) {
            Config config = config(admin, broker);
            assertEquals("1", config.get("node.id").value());
            assertTrue(config.get("node.id").isReadOnly());
            assertEquals(
                    "604800000",
                    config.get("log.retention.ms") == null
                                    || config.get("log.retention.ms").value() == null
                            ? "604800000"
                            : config.get("log.retention.ms").value());
            alter(admin, all, AlterConfigOp.OpType.SET, "log.retention.ms", "777777777");
            Cluster.await("the cluster's default", () -> {
                try {
                    return "777777777"
                            .equals(config(admin, broker)
                                    .get("log.retention.ms")
                                    .value());
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            });
            assertEquals(
                    ConfigSource.DYNAMIC_DEFAULT_BROKER_CONFIG,
                    config(admin, broker).get("log.retention.ms").source());
            alter(admin, all, AlterConfigOp.OpType.DELETE, "log.retention.ms", "");
            assertEquals(
                    "InvalidRequestException",
                    refused(admin, broker, AlterConfigOp.OpType.SET, "node.id", "2"));
        }
    }

    public void offsetsAreListedBySpecialTimes() throws Exception {
        String topic = cluster.topic("list-offsets", 1, Map.of());
        TopicPartition partition = new TopicPartition(topic, 0);
        cluster.write(topic, 0, "a", "b", "c");
        try (Admin admin = cluster.admin()) {
            assertEquals(3, list(admin, partition, OffsetSpec.latest()).offset());
            assertEquals(0, list(admin, partition, OffsetSpec.earliest()).offset());
            assertEquals(
                    -1,
                    list(admin, partition, OffsetSpec.forTimestamp(1L << 50)).offset());
            assertEquals(0, list(admin, partition, OffsetSpec.forTimestamp(1)).offset());
            if (cluster.isAtLeast("3")) {
                long max = list(admin, partition, OffsetSpec.maxTimestamp()).offset();
                assertTrue(max >= 0 && max <= 2);
            }
            if (cluster.isAtLeast("3.9")) {
                assertEquals(
                        0, list(admin, partition, OffsetSpec.earliestLocal()).offset());
                assertEquals(
                        -1, list(admin, partition, OffsetSpec.latestTiered()).offset());
            }
        }
    }

    private static ListOffsetsResultInfo list(
            Admin admin, TopicPartition partition, OffsetSpec spec) throws Exception {
        return Cluster.get(admin.listOffsets(Map.of(partition, spec)).partitionResult(partition));
    }

    public void recordsAreDeletedUpToAnOffset() throws Exception {
        String topic = cluster.topic("delete-records", 1, Map.of());
        TopicPartition partition = new TopicPartition(topic, 0);
        cluster.write(topic, 0, "a", "b", "c");
        try (Admin admin = cluster.admin()) {
            assertEquals(
                    "OffsetOutOfRangeException",
                    Cluster.error(
                            admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(4)))
                                    .all()));
            assertEquals(2, Cluster.deleteBefore(admin, partition, 2));
            assertEquals(2, list(admin, partition, OffsetSpec.earliest()).offset());
            assertEquals(3, Cluster.deleteBefore(admin, partition, -1));
        }
    }

    public void theClusterAndItsLogsAreDescribed() throws Exception {
        String topic = cluster.topic("described-logs", 2, Map.of());
        cluster.write(topic, 1, "x".repeat(1000));
        try (Admin admin = cluster.admin()) {
            var described = admin.describeCluster();
            assertEquals(1, Cluster.get(described.nodes()).size());
            assertEquals(1, Cluster.get(described.controller()).id());
            assertFalse(Cluster.get(described.clusterId()).isEmpty());
            var logs = Cluster.get(requireNonNull(
                    admin.describeLogDirs(List.of(1)).descriptions().get(1)));
            assertEquals(1, logs.size());
            var log = logs.values().iterator().next();
            assertTrue(requireNonNull(log.replicaInfos().get(new TopicPartition(topic, 1)))
                            .size()
                    > 1000);
            assertEquals(
                    0,
                    requireNonNull(log.replicaInfos().get(new TopicPartition(topic, 0)))
                            .size());
        }
    }

    public void featuresAndQuorumAreDescribed() throws Exception {
        try (Admin admin = cluster.admin()) {
            var features = Cluster.get(admin.describeFeatures().featureMetadata());
            assertTrue(features.finalizedFeatures().containsKey("metadata.version"));
            if (cluster.isAtLeast("3.9")) {
                var quorum = Cluster.get(admin.describeMetadataQuorum().quorumInfo());
                assertEquals(1, quorum.leaderId());
                assertEquals(1, quorum.voters().size());
                assertTrue(quorum.highWatermark() > 0);
            }
        }
    }

    public void producersAreDescribed() throws Exception {
        if (!cluster.isAtLeast("3")) {
            return;
        }
        String topic = cluster.topic("producers", 1, Map.of());
        cluster.write(topic, 0, "a", "b");
        TopicPartition partition = new TopicPartition(topic, 0);
        try (Admin admin = cluster.admin()) {
            var states = Cluster.get(
                            admin.describeProducers(List.of(partition)).partitionResult(partition))
                    .activeProducers();
            assertEquals(1, states.size());
            assertEquals(0, states.getFirst().producerEpoch());
            assertEquals(1, states.getFirst().lastSequence());
        }
    }

    public void electionsThatAreNotNeededSaySo() throws Exception {
        String topic = cluster.topic("election", 1, Map.of());
        TopicPartition partition = new TopicPartition(topic, 0);
        try (Admin admin = cluster.admin()) {
            var results = Cluster.get(admin.electLeaders(
                            org.apache.kafka.common.ElectionType.PREFERRED, Set.of(partition))
                    .partitions());
            assertEquals(
                    "ElectionNotNeededException",
                    requireNonNull(results.get(partition))
                            .orElseThrow()
                            .getClass()
                            .getSimpleName());
        }
    }
}
