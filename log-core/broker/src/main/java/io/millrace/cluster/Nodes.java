package io.millrace.cluster;

import static io.millrace.protocol.ErrorCode.BROKER_ID_NOT_REGISTERED;
import static io.millrace.protocol.ErrorCode.INVALID_REQUEST;
import static io.millrace.protocol.ErrorCode.NONE;
import static io.millrace.protocol.ErrorCode.NOT_LEADER_OR_FOLLOWER;
import static io.millrace.protocol.ErrorCode.STALE_BROKER_EPOCH;
import static io.millrace.protocol.ErrorCode.UNKNOWN_TOPIC_ID;
import static io.millrace.protocol.ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;

import io.millrace.protocol.AllocateProducerIdsRequest;
import io.millrace.protocol.AllocateProducerIdsResponse;
import io.millrace.protocol.AssignReplicasToDirsRequest;
import io.millrace.protocol.AssignReplicasToDirsResponse;
import io.millrace.protocol.BrokerHeartbeatResponse;
import io.millrace.protocol.BrokerRegistrationChangeRecord;
import io.millrace.protocol.BrokerRegistrationRequest;
import io.millrace.protocol.BrokerRegistrationResponse;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.MetadataRecord;
import io.millrace.protocol.PartitionChangeRecord;
import io.millrace.protocol.ProducerIdsRecord;
import io.millrace.protocol.RegisterBrokerRecord;
import io.millrace.protocol.UnregisterBrokerRecord;
import io.millrace.protocol.UnregisterBrokerRequest;
import io.millrace.protocol.UnregisterBrokerResponse;
import io.millrace.protocol.Uuid;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Judges what nodes ask for themselves.
final class Nodes {
    /// Producer ids are given out to nodes in blocks, of Kafka's size.
    static final int PRODUCER_ID_BLOCK = 1000;

    private static final int DIRECTORIES_SINCE = 1;

    private final ClusterImage image;
    private final RecordVersions versions;
    private final List<MetadataRecord> records = new ArrayList<>();

    Nodes(ClusterImage image) {
        this.image = image;
        this.versions = image.recordVersions();
    }

    Outcome register(ControllerCommand.RegisterBroker command) {
        BrokerRegistrationRequest request = command.request();
        boolean tellsDirectories = versions.partition() >= DIRECTORIES_SINCE;
        records.add(RegisterBrokerRecord.DEFAULT
                .withBrokerId(request.brokerId())
                .withIncarnationId(request.incarnationId())
                .withBrokerEpoch(command.epoch())
                .withEndPoints(request.listeners().stream()
                        .map(each -> new RegisterBrokerRecord.BrokerEndpoint(
                                each.name(), each.host(), each.port(), each.securityProtocol()))
                        .toList())
                .withFeatures(request.features().stream()
                        .map(each -> new RegisterBrokerRecord.BrokerFeature(
                                each.name(),
                                each.minSupportedVersion(),
                                each.maxSupportedVersion()))
                        .toList())
                .withRack(request.rack())
                .withFenced(false)
                .withLogDirs(tellsDirectories ? request.logDirs() : List.of()));
        for (var topic : image.topics().byName()) {
            for (var partition : topic.value().partitions()) {
                PartitionChangeRecord change =
                        returned(command, topic.value().id(), partition.value());
                if (change != null) {
                    records.add(change);
                }
            }
        }
        return new Outcome(new BrokerRegistrationResponse(0, NONE, command.epoch()), records);
    }

    /// What a partition becomes when one of its nodes is back; null when nothing.
    private @Nullable PartitionChangeRecord returned(
            ControllerCommand.RegisterBroker command, Uuid topic, PartitionImage partition) {
        int node = command.request().brokerId();
        if (!partition.replicas().contains(node)) {
            return null;
        }
        boolean elect = partition.hasLeader()
                ? partition.leader() == node && !command.clean()
                : Elections.isEligible(partition, node);
        List<Uuid> own = command.request().logDirs();
        boolean settle = versions.partition() >= DIRECTORIES_SINCE
                && own.size() == 1
                && !partition.directoryOf(node).equals(own.getFirst());
        if (!elect && !settle) {
            return null;
        }
        PartitionChangeRecord change = elect
                ? Elections.led(topic, partition, node)
                : PartitionChangeRecord.DEFAULT
                        .withTopicId(topic)
                        .withPartitionId(partition.partition());
        return settle ? change.withDirectories(moved(partition, node, own.getFirst())) : change;
    }

    private static List<Uuid> moved(PartitionImage partition, int node, Uuid directory) {
        List<Uuid> directories = new ArrayList<>(partition.state().directories());
        directories.set(partition.replicas().indexOf(node), directory);
        return directories;
    }

    Outcome fence(int node) {
        RegisterBrokerRecord broker = image.brokers().get(node);
        if (broker != null && !broker.fenced()) {
            records.add(BrokerRegistrationChangeRecord.DEFAULT
                    .withBrokerId(node)
                    .withBrokerEpoch(broker.brokerEpoch())
                    .withFenced((byte) 1));
        }
        return new Outcome(new BrokerHeartbeatResponse(0, NONE, true, true, true), records);
    }

    Outcome unregister(UnregisterBrokerRequest request) {
        RegisterBrokerRecord broker = image.brokers().get(request.brokerId());
        if (broker == null) {
            return Outcome.of(new UnregisterBrokerResponse(
                    0, BROKER_ID_NOT_REGISTERED, "There is no node " + request.brokerId() + "."));
        }
        if (!broker.fenced()) {
            return Outcome.of(new UnregisterBrokerResponse(
                    0,
                    INVALID_REQUEST,
                    "Node " + request.brokerId() + " is running: stop it first."));
        }
        records.add(new UnregisterBrokerRecord(broker.brokerId(), broker.brokerEpoch()));
        return new Outcome(new UnregisterBrokerResponse(0, NONE, null), records);
    }

    Outcome allocateProducerIds(AllocateProducerIdsRequest request) {
        RegisterBrokerRecord broker = image.brokers().get(request.brokerId());
        if (broker == null || broker.brokerEpoch() != request.brokerEpoch()) {
            ErrorCode error = broker == null ? BROKER_ID_NOT_REGISTERED : STALE_BROKER_EPOCH;
            return Outcome.of(new AllocateProducerIdsResponse(0, error, 0, 0));
        }
        long first = image.nextProducerId();
        records.add(new ProducerIdsRecord(
                request.brokerId(), request.brokerEpoch(), first + PRODUCER_ID_BLOCK));
        return new Outcome(
                new AllocateProducerIdsResponse(0, NONE, first, PRODUCER_ID_BLOCK), records);
    }

    Outcome assign(AssignReplicasToDirsRequest request) {
        List<AssignReplicasToDirsResponse.DirectoryData> directories = new ArrayList<>();
        for (AssignReplicasToDirsRequest.DirectoryData directory : request.directories()) {
            List<AssignReplicasToDirsResponse.TopicData> topics = new ArrayList<>();
            for (AssignReplicasToDirsRequest.TopicData topic : directory.topics()) {
                List<AssignReplicasToDirsResponse.PartitionData> partitions = new ArrayList<>();
                for (AssignReplicasToDirsRequest.PartitionData partition : topic.partitions()) {
                    int number = partition.partitionIndex();
                    partitions.add(new AssignReplicasToDirsResponse.PartitionData(
                            number,
                            assign(topic.topicId(), number, request.brokerId(), directory.id())));
                }
                topics.add(new AssignReplicasToDirsResponse.TopicData(topic.topicId(), partitions));
            }
            directories.add(new AssignReplicasToDirsResponse.DirectoryData(directory.id(), topics));
        }
        return new Outcome(new AssignReplicasToDirsResponse(0, NONE, directories), records);
    }

    private ErrorCode assign(Uuid topicId, int number, int node, Uuid directory) {
        TopicImage topic = image.topics().get(topicId);
        if (topic == null) {
            return UNKNOWN_TOPIC_ID;
        }
        PartitionImage partition = topic.partition(number);
        if (partition == null) {
            return UNKNOWN_TOPIC_OR_PARTITION;
        }
        if (!partition.replicas().contains(node)) {
            return NOT_LEADER_OR_FOLLOWER;
        }
        if (!partition.directoryOf(node).equals(directory)) {
            records.add(PartitionChangeRecord.DEFAULT
                    .withTopicId(topicId)
                    .withPartitionId(number)
                    .withDirectories(moved(partition, node, directory)));
        }
        return NONE;
    }
}
