package io.millrace.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.protocol.AllocateProducerIdsRequest;
import io.millrace.protocol.AllocateProducerIdsResponse;
import io.millrace.protocol.AssignReplicasToDirsRequest;
import io.millrace.protocol.AssignReplicasToDirsResponse;
import io.millrace.protocol.BeginTransactionRecord;
import io.millrace.protocol.BrokerHeartbeatResponse;
import io.millrace.protocol.CreatePartitionsRequest;
import io.millrace.protocol.CreatePartitionsRequest.CreatePartitionsTopic;
import io.millrace.protocol.CreatePartitionsResponse;
import io.millrace.protocol.CreateTopicsRequest;
import io.millrace.protocol.CreateTopicsRequest.CreatableTopic;
import io.millrace.protocol.CreateTopicsRequest.CreatableTopicConfig;
import io.millrace.protocol.CreateTopicsResponse;
import io.millrace.protocol.DeleteTopicsRequest;
import io.millrace.protocol.DeleteTopicsResponse;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.FeatureLevelRecord;
import io.millrace.protocol.PartitionChangeRecord;
import io.millrace.protocol.PartitionRecord;
import io.millrace.protocol.TopicRecord;
import io.millrace.protocol.UnregisterBrokerRequest;
import io.millrace.protocol.UnregisterBrokerResponse;
import io.millrace.protocol.Uuid;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the controller answers. Against Kafka itself: `AdminOracleIT`.
final class ControllerTest {
    private Machine machine = new Machine(true);

    @BeforeEach
    void start() {
        machine.register(true, Machine.DIRECTORY);
    }

    private ErrorCode create(CreatableTopic... topics) {
        return machine.call(
                        new ControllerCommand.CreateTopics(
                                new CreateTopicsRequest(List.of(topics), 1000, false)),
                        CreateTopicsResponse.class)
                .topics()
                .getLast()
                .errorCode();
    }

    private static CreatableTopic topic(
            String name, int partitions, int replicas, String... config) {
        List<CreatableTopicConfig> configs = config.length == 0
                ? List.of()
                : List.of(new CreatableTopicConfig(config[0], config[1]));
        return new CreatableTopic(name, partitions, (short) replicas, List.of(), configs);
    }

    /// Each line is wrong in all that its column and those behind it name: the first decides.
    @ParameterizedTest
    @CsvSource({
        "taken,    0,  0, nope,         1,  TOPIC_ALREADY_EXISTS",
        "a b,      0,  0, nope,         1,  INVALID_TOPIC_EXCEPTION",
        "d.d,      0,  0, nope,         1,  INVALID_TOPIC_EXCEPTION",
        "new,      0,  0, nope,         1,  INVALID_CONFIG",
        "new,      0,  0, retention.ms, x,  INVALID_CONFIG",
        "new,      0,  0, retention.ms, -9, INVALID_CONFIG",
        "new,      0,  0, retention.ms, 1,  INVALID_REPLICATION_FACTOR",
        "new,      0,  1, retention.ms, 1,  INVALID_PARTITIONS",
        "new,      1,  2, retention.ms, 1,  INVALID_REPLICATION_FACTOR",
        "new,  20000,  1, retention.ms, 1,  POLICY_VIOLATION",
        "new,      1,  1, retention.ms, 1,  NONE",
        "new,     -1, -1, retention.ms, 1,  NONE",
    })
    void theFirstMistakeOfATopicDecides(
            String name,
            int partitions,
            int replicas,
            String key,
            String value,
            ErrorCode expected) {
        create(topic("taken", 1, 1));
        create(topic("d_d", 1, 1));
        ClusterImage before = machine.image();
        assertEquals(expected, create(topic(name, partitions, replicas, key, value)));
        assertEquals(expected == ErrorCode.NONE, !before.equals(machine.image()));
    }

    @Test
    void aTopicComesWithItsPartitionsAndConfiguration() {
        create(topic("orders", -1, -1, "retention.ms", "5"));
        TopicImage topic = machine.image().topic("orders");
        assertNotNull(topic);
        assertEquals(3, topic.partitionCount());
        assertEquals(
                "5", machine.image().config(ConfigResource.topic("orders")).get("retention.ms"));
        assertEquals(
                PartitionRecord.DEFAULT
                        .withTopicId(topic.id())
                        .withPartitionId(2)
                        .withReplicas(List.of(1))
                        .withIsr(List.of(1))
                        .withLeader(1)
                        .withLeaderEpoch(0)
                        .withPartitionEpoch(0)
                        .withDirectories(List.of(Machine.DIRECTORY)),
                machine.log.getLast());
        assertEquals(topic, machine.image().topics().get(topic.id()));
    }

    @Test
    void aFencedNodeTakesNoTopics() {
        machine.call(
                new ControllerCommand.FenceBroker(Machine.NODE), BrokerHeartbeatResponse.class);
        assertEquals(ErrorCode.INVALID_REPLICATION_FACTOR, create(topic("new", 1, 1)));
    }

    @Test
    void oneFailureDoesNotKeepTheOthersBack() {
        create(topic("a b", 1, 1), topic("good", 1, 1));
        assertNotNull(machine.image().topic("good"));
    }

    @Test
    void idsAreNotRepeated() {
        Set<Uuid> ids = new TreeSet<>();
        for (int i = 0; i < 100; i++) {
            create(topic("x" + i, 1, 1), topic("y" + i, 1, 1));
        }
        machine.image().topics().ids().forEach(entry -> ids.add(entry.key()));
        assertEquals(200, ids.size());
        ids.forEach(id -> assertEquals(
                '4',
                Long.toHexString(id.high()).charAt(Long.toHexString(id.high()).length() - 4)));
    }

    @Test
    void deletionTakesConfigurationAlong() {
        create(topic("orders", 1, 1, "retention.ms", "5"));
        assertEquals(ErrorCode.NONE, delete("orders", 5));
        assertEquals(0, machine.image().topics().byName().size());
        assertEquals(0, machine.image().topics().partitionCount());
        assertTrue(machine.image().config(ConfigResource.topic("orders")).isEmpty());
        assertEquals(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, delete("orders", 5));
    }

    @Test
    void deletionMayBeForbidden() {
        machine = new Machine(false);
        machine.register(true, Machine.DIRECTORY);
        create(topic("orders", 1, 1));
        assertEquals(ErrorCode.TOPIC_DELETION_DISABLED, delete("orders", 5));
        assertEquals(ErrorCode.INVALID_REQUEST, delete("orders", 2));
    }

    private ErrorCode delete(String name, int version) {
        return machine.call(
                        new ControllerCommand.DeleteTopics(
                                DeleteTopicsRequest.DEFAULT.withTopicNames(List.of(name)), version),
                        DeleteTopicsResponse.class)
                .responses()
                .getFirst()
                .errorCode();
    }

    @ParameterizedTest
    @CsvSource({
        "unknown, 0,     UNKNOWN_TOPIC_OR_PARTITION",
        "orders,  3,     INVALID_PARTITIONS",
        "orders,  1,     INVALID_PARTITIONS",
        "orders,  20000, POLICY_VIOLATION",
        "orders,  5,     NONE",
    })
    void topicsOnlyGrow(String name, int count, ErrorCode expected) {
        create(topic("orders", 3, 1));
        CreatePartitionsRequest request = new CreatePartitionsRequest(
                List.of(new CreatePartitionsTopic(name, count, null)), 1000, false);
        assertEquals(
                expected,
                machine.call(
                                new ControllerCommand.CreatePartitions(request),
                                CreatePartitionsResponse.class)
                        .results()
                        .getFirst()
                        .errorCode());
        assertEquals(
                expected == ErrorCode.NONE ? 5 : 3, machine.image().topics().partitionCount());
    }

    @Test
    void aNodeThatStoppedCleanlyKeepsItsEpochs() {
        create(topic("orders", 1, 1));
        machine.register(true, Machine.DIRECTORY);
        assertEquals(0, leaderEpoch());
        machine.register(false, Machine.DIRECTORY);
        assertEquals(1, leaderEpoch());
    }

    private int leaderEpoch() {
        PartitionImage partition = machine.image().partition("orders", 0);
        assertNotNull(partition);
        assertEquals(1, partition.leader());
        return partition.leaderEpoch();
    }

    /// How Kafka leaves the partitions of its only node when it stops.
    @Test
    void anEligibleLeaderLeadsAgain() {
        create(topic("orders", 1, 1));
        TopicImage topic = machine.image().topic("orders");
        assertNotNull(topic);
        machine.controller.apply(PartitionChangeRecord.DEFAULT
                .withTopicId(topic.id())
                .withPartitionId(0)
                .withIsr(List.of())
                .withLeader(-1)
                .withEligibleLeaderReplicas(List.of(1))
                .withLastKnownElr(List.of(1)));
        machine.register(true, Machine.DIRECTORY);
        PartitionImage partition = machine.image().partition("orders", 0);
        assertNotNull(partition);
        assertEquals(List.of(1), partition.isr());
        assertEquals(1, partition.leader());
        assertEquals(List.of(), partition.eligibleLeaderReplicas());
        assertEquals(2, partition.leaderEpoch());
    }

    @Test
    void anOnlyDirectoryIsToldWhereItIsUnknown() {
        create(topic("orders", 1, 1));
        Uuid other = new Uuid(5, 6);
        machine.register(true, other);
        PartitionImage partition = machine.image().partition("orders", 0);
        assertNotNull(partition);
        assertEquals(other, partition.directoryOf(1));
    }

    @Test
    void partitionsAreSpreadOverDirectories() {
        Uuid second = new Uuid(5, 6);
        machine.register(true, Machine.DIRECTORY, second);
        create(topic("orders", 10, 1));
        TopicImage topic = machine.image().topic("orders");
        assertNotNull(topic);
        long there = Stream.iterate(0, i -> i + 1)
                .limit(10)
                .filter(i -> {
                    PartitionImage partition = topic.partition(i);
                    return partition != null && partition.directoryOf(1).equals(second);
                })
                .count();
        assertEquals(5, there);
        assertEquals(ErrorCode.NONE, assign(topic.id(), 0, second));
        assertEquals(ErrorCode.UNKNOWN_TOPIC_ID, assign(new Uuid(1, 1), 0, second));
        assertEquals(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, assign(topic.id(), 99, second));
    }

    private ErrorCode assign(Uuid topic, int partition, Uuid directory) {
        var partitions = List.of(new AssignReplicasToDirsRequest.PartitionData(partition));
        var topics = List.of(new AssignReplicasToDirsRequest.TopicData(topic, partitions));
        var request = new AssignReplicasToDirsRequest(
                Machine.NODE,
                0,
                List.of(new AssignReplicasToDirsRequest.DirectoryData(directory, topics)));
        return machine.call(
                        new ControllerCommand.AssignReplicasToDirs(request),
                        AssignReplicasToDirsResponse.class)
                .directories()
                .getFirst()
                .topics()
                .getFirst()
                .partitions()
                .getFirst()
                .errorCode();
    }

    @Test
    void producerIdsAreGivenOnce() {
        long epoch = machine.register(true, Machine.DIRECTORY);
        assertEquals(
                new AllocateProducerIdsResponse(0, ErrorCode.NONE, 0, 1000), allocate(1, epoch));
        assertEquals(
                new AllocateProducerIdsResponse(0, ErrorCode.NONE, 1000, 1000), allocate(1, epoch));
        assertEquals(ErrorCode.STALE_BROKER_EPOCH, allocate(1, epoch - 1).errorCode());
        assertEquals(ErrorCode.BROKER_ID_NOT_REGISTERED, allocate(7, epoch).errorCode());
    }

    private AllocateProducerIdsResponse allocate(int node, long epoch) {
        return machine.call(
                new ControllerCommand.AllocateProducerIds(
                        new AllocateProducerIdsRequest(node, epoch)),
                AllocateProducerIdsResponse.class);
    }

    @Test
    void aRunningNodeIsNotUnregistered() {
        assertEquals(ErrorCode.BROKER_ID_NOT_REGISTERED, unregister(9));
        assertEquals(ErrorCode.INVALID_REQUEST, unregister(Machine.NODE));
        machine.call(
                new ControllerCommand.FenceBroker(Machine.NODE), BrokerHeartbeatResponse.class);
        assertEquals(ErrorCode.NONE, unregister(Machine.NODE));
    }

    private ErrorCode unregister(int node) {
        return machine.call(
                        new ControllerCommand.UnregisterBroker(new UnregisterBrokerRequest(node)),
                        UnregisterBrokerResponse.class)
                .errorCode();
    }

    @Test
    void whatAnotherControllerLeftHalfDoneIsUndone() {
        machine.controller.apply(new BeginTransactionRecord("half"));
        machine.controller.apply(new TopicRecord("half", new Uuid(8, 8)));
        assertNotNull(machine.image().topic("half"));
        machine.register(true, Machine.DIRECTORY);
        assertEquals(null, machine.image().topic("half"));
        assertEquals(ErrorCode.NONE, create(topic("half", 1, 1)));
    }

    @Test
    void atAnOlderLevelNothingIsWrittenThatItCannotCarry() {
        machine.controller.apply(new FeatureLevelRecord(ClusterImage.METADATA_VERSION, (short) 15));
        machine.register(true, Machine.DIRECTORY);
        create(topic("orders", 1, 1));
        PartitionRecord record = (PartitionRecord) machine.log.getLast();
        assertEquals(List.of(), record.directories());
        assertEquals(0, machine.image().recordVersions().of(record));
        assertNotEquals(0, new RecordVersions(30).of(record));
    }
}
