package io.millrace.clients.network;

import io.millrace.common.Cluster;
import io.millrace.common.Node;
import io.millrace.common.PartitionInfo;
import io.millrace.common.TopicPartition;
import io.millrace.common.Uuid;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.MetadataResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a client knows of the cluster. Immutable, so any thread may read it; a newer one takes its
/// place. A leader with an older epoch than one that is known already is never taken over.
public final class ClusterView {
    public static final ClusterView EMPTY =
            new ClusterView(null, -1, new TreeMap<>(), new TreeMap<>());

    private static final int NO_LEADER = -1;

    private final @Nullable String clusterId;
    private final int controllerId;
    private final TreeMap<Integer, Node> nodes;
    private final TreeMap<String, TopicView> topics;
    private final Map<io.millrace.protocol.Uuid, String> names = new HashMap<>();
    private volatile @Nullable Cluster cluster;

    private ClusterView(
            @Nullable String clusterId,
            int controllerId,
            TreeMap<Integer, Node> nodes,
            TreeMap<String, TopicView> topics) {
        this.clusterId = clusterId;
        this.controllerId = controllerId;
        this.nodes = nodes;
        this.topics = topics;
        topics.values().stream()
                .filter(topic -> !topic.id().isZero())
                .forEach(topic -> names.put(topic.id(), topic.name()));
    }

    /// A topic; `error` is why there are no partitions.
    public record TopicView(
            String name,
            io.millrace.protocol.Uuid id,
            boolean isInternal,
            ErrorCode error,
            List<PartitionView> partitions) {}

    /// A partition; `leader` is -1 when there is none.
    public record PartitionView(
            int index,
            int leader,
            int leaderEpoch,
            List<Integer> replicas,
            List<Integer> inSync,
            List<Integer> offline) {
        public boolean hasLeader() {
            return leader != NO_LEADER;
        }
    }

    public @Nullable String clusterId() {
        return clusterId;
    }

    public int controllerId() {
        return controllerId;
    }

    public List<Node> nodes() {
        return List.copyOf(nodes.values());
    }

    public @Nullable Node node(int id) {
        return nodes.get(id);
    }

    public List<TopicView> topics() {
        return List.copyOf(topics.values());
    }

    public @Nullable TopicView topic(String name) {
        return topics.get(name);
    }

    /// The name of a topic's id, or null.
    public @Nullable String nameOf(io.millrace.protocol.Uuid id) {
        return names.get(id);
    }

    public @Nullable PartitionView partition(TopicPartition partition) {
        TopicView topic = topics.get(partition.topic());
        return topic == null || partition.partition() >= topic.partitions().size()
                ? null
                : topic.partitions().get(partition.partition());
    }

    /// The id of the leader, or -1.
    public int leaderOf(TopicPartition partition) {
        PartitionView found = partition(partition);
        return found == null ? NO_LEADER : found.leader();
    }

    /// Takes an answer in. Topics that it does not speak of stay, unless it speaks of all.
    ClusterView merge(MetadataResponse answer, boolean speaksOfAll) {
        TreeMap<Integer, Node> freshNodes = new TreeMap<>();
        answer.brokers()
                .forEach(broker -> freshNodes.put(
                        broker.nodeId(),
                        new Node(broker.nodeId(), broker.host(), broker.port(), broker.rack())));
        TreeMap<String, TopicView> freshTopics =
                speaksOfAll ? new TreeMap<>() : new TreeMap<>(topics);
        for (var topic : answer.topics()) {
            String name = topic.name();
            if (name != null) {
                freshTopics.put(name, view(name, topic));
            }
        }
        return new ClusterView(answer.clusterId(), answer.controllerId(), freshNodes, freshTopics);
    }

    private TopicView view(String name, MetadataResponse.MetadataResponseTopic topic) {
        TopicView known = topics.get(name);
        boolean isSame = known != null && known.id().equals(topic.topicId());
        TreeMap<Integer, PartitionView> partitions = new TreeMap<>();
        for (var partition : topic.partitions()) {
            PartitionView fresh = new PartitionView(
                    partition.partitionIndex(),
                    partition.leaderId(),
                    partition.leaderEpoch(),
                    partition.replicaNodes(),
                    partition.isrNodes(),
                    partition.offlineReplicas());
            PartitionView old = isSame
                            && known != null
                            && fresh.index() < known.partitions().size()
                    ? known.partitions().get(fresh.index())
                    : null;
            boolean isOlder = old != null
                    && fresh.leaderEpoch() >= 0
                    && fresh.leaderEpoch() < old.leaderEpoch();
            partitions.put(fresh.index(), isOlder && old != null ? old : fresh);
        }
        return new TopicView(
                name,
                topic.topicId(),
                topic.isInternal(),
                topic.errorCode(),
                List.copyOf(partitions.values()));
    }

    /// Takes over a leader that an answer to a produce or fetch named, with its address.
    ClusterView withLeader(
            TopicPartition partition, int leader, int epoch, @Nullable Node address) {
        TopicView topic = topics.get(partition.topic());
        PartitionView old = partition(partition);
        if (topic == null || old == null || epoch <= old.leaderEpoch()) {
            return this;
        }
        TreeMap<Integer, Node> freshNodes = new TreeMap<>(nodes);
        if (address != null) {
            freshNodes.put(address.id(), address);
        }
        if (!freshNodes.containsKey(leader)) {
            return this;
        }
        List<PartitionView> partitions = new ArrayList<>(topic.partitions());
        partitions.set(
                partition.partition(),
                new PartitionView(
                        old.index(), leader, epoch, old.replicas(), old.inSync(), old.offline()));
        TreeMap<String, TopicView> freshTopics = new TreeMap<>(topics);
        freshTopics.put(
                topic.name(),
                new TopicView(
                        topic.name(), topic.id(), topic.isInternal(), topic.error(), partitions));
        return new ClusterView(clusterId, controllerId, freshNodes, freshTopics);
    }

    /// The same in the form of the public API.
    public Cluster cluster() {
        Cluster made = cluster;
        if (made == null) {
            made = toCluster();
            cluster = made;
        }
        return made;
    }

    private Cluster toCluster() {
        List<PartitionInfo> partitions = new ArrayList<>();
        Map<String, Uuid> ids = new HashMap<>();
        for (TopicView topic : topics.values()) {
            topic.partitions().forEach(partition -> partitions.add(partitionOf(topic, partition)));
            if (!topic.id().isZero()) {
                ids.put(topic.name(), Uuid.of(topic.id()));
            }
        }
        return new Cluster(clusterId, nodes.values(), partitions, nodes.get(controllerId), ids);
    }

    public PartitionInfo partitionOf(TopicView topic, PartitionView partition) {
        return new PartitionInfo(
                topic.name(),
                partition.index(),
                nodes.get(partition.leader()),
                nodesOf(partition.replicas()),
                nodesOf(partition.inSync()),
                nodesOf(partition.offline()));
    }

    private Node[] nodesOf(List<Integer> ids) {
        return ids.stream()
                .map(id -> nodes.getOrDefault(id, new Node(id, "", -1)))
                .toArray(Node[]::new);
    }
}
