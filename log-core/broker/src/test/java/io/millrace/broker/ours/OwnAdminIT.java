package io.millrace.broker.ours;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.clients.admin.Admin;
import io.millrace.clients.admin.AlterConfigOp;
import io.millrace.clients.admin.ConfigEntry;
import io.millrace.clients.admin.ConsumerGroupDescription;
import io.millrace.clients.admin.CreateTopicsOptions;
import io.millrace.clients.admin.FeatureUpdate;
import io.millrace.clients.admin.ListTopicsOptions;
import io.millrace.clients.admin.NewPartitions;
import io.millrace.clients.admin.NewTopic;
import io.millrace.clients.admin.OffsetSpec;
import io.millrace.clients.admin.ProducerState;
import io.millrace.clients.admin.QuorumInfo;
import io.millrace.clients.admin.RecordsToDelete;
import io.millrace.clients.admin.RemoveMembersFromConsumerGroupOptions;
import io.millrace.clients.admin.TopicDescription;
import io.millrace.clients.admin.TopicListing;
import io.millrace.clients.admin.UpdateFeaturesOptions;
import io.millrace.clients.consumer.KafkaConsumer;
import io.millrace.clients.consumer.OffsetAndMetadata;
import io.millrace.clients.producer.KafkaProducer;
import io.millrace.clients.producer.ProducerRecord;
import io.millrace.common.GroupState;
import io.millrace.common.KafkaFuture;
import io.millrace.common.TopicPartition;
import io.millrace.common.TopicPartitionReplica;
import io.millrace.common.config.ConfigResource;
import io.millrace.common.errors.GroupNotEmptyException;
import io.millrace.common.errors.InvalidPartitionsException;
import io.millrace.common.errors.TopicExistsException;
import io.millrace.common.errors.UnknownTopicOrPartitionException;
import io.millrace.common.serialization.StringDeserializer;
import io.millrace.common.serialization.StringSerializer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Everything that our admin client can ask, of our broker over a socket and within the process,
/// and of Kafka.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(90)
final class OwnAdminIT {
    private static final String SOCKET = "socket";
    private static final String LOCAL = "local";
    private static final String KAFKA = "kafka";

    private final Map<String, Peer> peers = new HashMap<>();

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        Peer ours = Peer.millrace(Files.createDirectory(folder.resolve("ours")));
        peers.put(SOCKET, ours);
        peers.put(LOCAL, ours);
        peers.put(KAFKA, Peer.kafka(Files.createDirectory(folder.resolve("kafka"))));
    }

    @AfterAll
    void stop() throws Exception {
        for (Peer peer : new HashSet<>(peers.values())) {
            peer.close();
        }
    }

    private Peer peer(String name) {
        return assertNotNullAnd(peers.get(name));
    }

    private static <T> T assertNotNullAnd(@Nullable T value) {
        assertNotNull(value);
        return value;
    }

    private Admin admin(String name) {
        return Admin.create(
                Map.of("bootstrap.servers", peer(name).bootstrap()),
                peer(name).network(name.equals(LOCAL)));
    }

    private static <T> T get(KafkaFuture<T> future) throws Exception {
        return future.get(30, TimeUnit.SECONDS);
    }

    private static void assertFails(Class<? extends Exception> error, KafkaFuture<?> future) {
        ExecutionException failure = assertThrows(ExecutionException.class, () -> get(future));
        assertInstanceOf(error, failure.getCause());
    }

    /// What a broker answers may be a moment behind what its controller did.
    private static void await(ThrowingCheck check) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!check.holds()) {
            assertTrue(System.nanoTime() < deadline, "not in time");
        }
    }

    private interface ThrowingCheck {
        boolean holds() throws Exception;
    }

    private static void topic(Admin admin, String name, int partitions) throws Exception {
        get(admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1)))
                .all());
        await(() -> names(admin).contains(name));
    }

    private static Set<String> names(Admin admin) throws Exception {
        return get(admin.listTopics().names());
    }

    private void send(String name, String topic, int count) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", peer(name).bootstrap()),
                new StringSerializer(),
                new StringSerializer(),
                peer(name).network(name.equals(LOCAL)))) {
            for (int i = 0; i < count; i++) {
                producer.send(new ProducerRecord<>(topic, 0, 1_000L + i, null, "v" + i));
            }
            producer.flush();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {SOCKET, LOCAL, KAFKA})
    void topicsComeGrowAndGo(String name) throws Exception {
        try (Admin admin = admin(name)) {
            String topic = "topics-" + name;
            get(admin.createTopics(
                            List.of(new NewTopic(topic, 2, (short) 1)),
                            new CreateTopicsOptions().validateOnly(true))
                    .all());
            assertFalse(names(admin).contains(topic));
            topic(admin, topic, 2);
            assertFails(
                    TopicExistsException.class,
                    admin.createTopics(List.of(new NewTopic(topic, 2, (short) 1)))
                            .all());
            assertFails(
                    InvalidPartitionsException.class,
                    admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(1)))
                            .all());
            get(admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(3)))
                    .all());
            await(() -> described(admin, topic).partitions().size() == 3);
            TopicListing listed = assertNotNullAnd(
                    get(admin.listTopics(new ListTopicsOptions().listInternal(true))
                                    .namesToListings())
                            .get(topic));
            assertEquals(described(admin, topic).topicId(), listed.topicId());
            get(admin.deleteTopics(List.of(topic)).all());
            await(() -> !names(admin).contains(topic));
            assertFails(
                    UnknownTopicOrPartitionException.class,
                    admin.describeTopics(List.of(topic)).allTopicNames());
        }
    }

    private static TopicDescription described(Admin admin, String topic) throws Exception {
        return assertNotNullAnd(
                get(admin.describeTopics(List.of(topic)).allTopicNames()).get(topic));
    }

    @ParameterizedTest
    @ValueSource(strings = {SOCKET, LOCAL, KAFKA})
    void configurationsAreSetAndTakenBack(String name) throws Exception {
        try (Admin admin = admin(name)) {
            String topic = "configs-" + name;
            topic(admin, topic, 1);
            ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
            change(admin, resource, "cleanup.policy", "compact", AlterConfigOp.OpType.APPEND);
            await(() -> "delete,compact"
                    .equals(config(admin, resource, "cleanup.policy").value()));
            assertEquals(
                    ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG,
                    config(admin, resource, "cleanup.policy").source());
            change(admin, resource, "cleanup.policy", "", AlterConfigOp.OpType.DELETE);
            await(() ->
                    "delete".equals(config(admin, resource, "cleanup.policy").value()));
            ConfigResource group = new ConfigResource(ConfigResource.Type.GROUP, "g-" + name);
            change(admin, group, "consumer.session.timeout.ms", "50000", AlterConfigOp.OpType.SET);
            await(() -> "50000"
                    .equals(config(admin, group, "consumer.session.timeout.ms").value()));
            await(() -> get(admin.listConfigResources(Set.of(ConfigResource.Type.GROUP))
                            .all())
                    .contains(group));
            ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, "1");
            assertTrue(config(admin, broker, "node.id").isReadOnly());
        }
    }

    private static ConfigEntry config(Admin admin, ConfigResource resource, String key)
            throws Exception {
        return assertNotNullAnd(assertNotNullAnd(
                        get(admin.describeConfigs(List.of(resource)).all()).get(resource))
                .get(key));
    }

    private static void change(
            Admin admin,
            ConfigResource resource,
            String key,
            String value,
            AlterConfigOp.OpType operation)
            throws Exception {
        Collection<AlterConfigOp> changes =
                List.of(new AlterConfigOp(new ConfigEntry(key, value), operation));
        get(admin.incrementalAlterConfigs(Map.of(resource, changes)).all());
    }

    @ParameterizedTest
    @ValueSource(strings = {SOCKET, LOCAL, KAFKA})
    void recordsAreFoundAndDeleted(String name) throws Exception {
        try (Admin admin = admin(name)) {
            String topic = "records-" + name;
            topic(admin, topic, 1);
            send(name, topic, 10);
            TopicPartition partition = new TopicPartition(topic, 0);
            assertEquals(0, offset(admin, partition, OffsetSpec.earliest()));
            assertEquals(10, offset(admin, partition, OffsetSpec.latest()));
            assertEquals(9, offset(admin, partition, OffsetSpec.maxTimestamp()));
            assertEquals(4, offset(admin, partition, OffsetSpec.forTimestamp(1_004)));
            List<ProducerState> producers = get(admin.describeProducers(List.of(partition))
                            .partitionResult(partition))
                    .activeProducers();
            assertEquals(9, producers.getFirst().lastSequence());
            assertEquals(
                    3,
                    assertNotNullAnd(get(admin.deleteRecords(Map.of(
                                                    partition, RecordsToDelete.beforeOffset(3)))
                                            .all())
                                    .get(partition))
                            .lowWatermark());
            assertEquals(3, offset(admin, partition, OffsetSpec.earliest()));
        }
    }

    private static long offset(Admin admin, TopicPartition partition, OffsetSpec spec)
            throws Exception {
        return get(admin.listOffsets(Map.of(partition, spec)).partitionResult(partition))
                .offset();
    }

    @ParameterizedTest
    @ValueSource(strings = {SOCKET, LOCAL, KAFKA})
    void theClusterSaysWhatItIs(String name) throws Exception {
        try (Admin admin = admin(name)) {
            assertEquals(1, get(admin.describeCluster().nodes()).size());
            assertEquals(22, get(admin.describeCluster().clusterId()).length());
            QuorumInfo quorum = get(admin.describeMetadataQuorum().quorumInfo());
            assertEquals(1, quorum.leaderId());
            assertEquals(1, quorum.voters().size());
            short level = assertNotNullAnd(get(admin.describeFeatures().featureMetadata())
                            .finalizedFeatures()
                            .get("metadata.version"))
                    .maxVersionLevel();
            get(admin.updateFeatures(
                            Map.of(
                                    "metadata.version",
                                    new FeatureUpdate(level, FeatureUpdate.UpgradeType.UPGRADE)),
                            new UpdateFeaturesOptions().validateOnly(true))
                    .all());
            String topic = "directories-" + name;
            topic(admin, topic, 1);
            send(name, topic, 10);
            TopicPartition partition = new TopicPartition(topic, 0);
            var directories = assertNotNullAnd(
                    get(admin.describeLogDirs(List.of(1)).allDescriptions()).get(1));
            String directory = directories.entrySet().stream()
                    .filter(each -> each.getValue().replicaInfos().containsKey(partition))
                    .findFirst()
                    .orElseThrow()
                    .getKey();
            // To where it is: nothing moves.
            get(admin.alterReplicaLogDirs(Map.of(new TopicPartitionReplica(topic, 0, 1), directory))
                    .all());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {SOCKET, LOCAL, KAFKA})
    void groupsAreSeenMovedAndRemoved(String name) throws Exception {
        try (Admin admin = admin(name)) {
            String topic = "groups-" + name;
            String group = "group-" + name;
            topic(admin, topic, 1);
            send(name, topic, 10);
            TopicPartition partition = new TopicPartition(topic, 0);
            Map<String, Object> configs = Map.of(
                    "bootstrap.servers",
                    peer(name).bootstrap(),
                    "group.id",
                    group,
                    "auto.offset.reset",
                    "earliest");
            try (var consumer = new KafkaConsumer<>(
                    configs,
                    new StringDeserializer(),
                    new StringDeserializer(),
                    peer(name).network(name.equals(LOCAL)))) {
                consumer.subscribe(List.of(topic));
                await(() -> !consumer.poll(Duration.ofMillis(100)).isEmpty());
                consumer.commitSync();
                assertEquals(
                        1, described(admin, group, GroupState.STABLE).members().size());
                assertFails(
                        GroupNotEmptyException.class,
                        admin.deleteConsumerGroups(List.of(group)).all());
                get(admin.removeMembersFromConsumerGroup(
                                group, new RemoveMembersFromConsumerGroupOptions())
                        .all());
            }
            described(admin, group, GroupState.EMPTY);
            assertTrue(get(admin.listGroups().all()).stream()
                    .anyMatch(each -> each.groupId().equals(group)));
            get(admin.alterConsumerGroupOffsets(group, Map.of(partition, new OffsetAndMetadata(4)))
                    .all());
            assertEquals(4, committed(admin, group, partition));
            get(admin.deleteConsumerGroupOffsets(group, Set.of(partition)).all());
            assertEquals(-1, committed(admin, group, partition));
            get(admin.deleteConsumerGroups(List.of(group)).all());
        }
    }

    private static ConsumerGroupDescription described(Admin admin, String group, GroupState state)
            throws Exception {
        ConsumerGroupDescription[] last = new ConsumerGroupDescription[1];
        await(() -> {
            last[0] = assertNotNullAnd(
                    get(admin.describeConsumerGroups(List.of(group)).all()).get(group));
            return last[0].groupState() == state;
        });
        return last[0];
    }

    private static long committed(Admin admin, String group, TopicPartition partition)
            throws Exception {
        OffsetAndMetadata offset = get(admin.listConsumerGroupOffsets(group)
                        .partitionsToOffsetAndMetadata())
                .get(partition);
        return offset == null ? -1 : offset.offset();
    }
}
