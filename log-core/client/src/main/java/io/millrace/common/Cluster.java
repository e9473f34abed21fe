package io.millrace.common;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a client knows of the cluster at one moment. Immutable: any thread may read it.
public final class Cluster {
    private final @Nullable String clusterId;
    private final List<Node> nodes;
    private final @Nullable Node controller;
    private final Map<Integer, Node> nodesById = new HashMap<>();
    private final Map<TopicPartition, PartitionInfo> partitions = new HashMap<>();
    private final Map<String, List<PartitionInfo>> byTopic = new HashMap<>();
    private final Map<String, List<PartitionInfo>> availableByTopic = new HashMap<>();
    private final Map<String, Uuid> topicIds;
    private final Map<Uuid, String> topicNames = new HashMap<>();

    public Cluster(
            @Nullable String clusterId,
            Collection<Node> nodes,
            Collection<PartitionInfo> partitions,
            @Nullable Node controller,
            Map<String, Uuid> topicIds) {
        this.clusterId = clusterId;
        this.nodes = List.copyOf(nodes);
        this.controller = controller;
        this.topicIds = Map.copyOf(topicIds);
        this.nodes.forEach(node -> nodesById.put(node.id(), node));
        topicIds.forEach((name, id) -> topicNames.put(id, name));
        for (PartitionInfo info : partitions) {
            this.partitions.put(new TopicPartition(info.topic(), info.partition()), info);
            byTopic.computeIfAbsent(info.topic(), t -> new ArrayList<>()).add(info);
            if (info.leader() != null) {
                availableByTopic
                        .computeIfAbsent(info.topic(), t -> new ArrayList<>())
                        .add(info);
            }
        }
    }

    public Cluster(
            @Nullable String clusterId,
            Collection<Node> nodes,
            Collection<PartitionInfo> partitions,
            Set<String> unauthorizedTopics,
            Set<String> internalTopics) {
        this(clusterId, nodes, partitions, null, Map.of());
    }

    public static Cluster empty() {
        return new Cluster(null, List.of(), List.of(), null, Map.of());
    }

    public List<Node> nodes() {
        return nodes;
    }

    public @Nullable Node nodeById(int id) {
        return nodesById.get(id);
    }

    public @Nullable Node leaderFor(TopicPartition partition) {
        PartitionInfo info = partitions.get(partition);
        return info == null ? null : info.leader();
    }

    public @Nullable PartitionInfo partition(TopicPartition partition) {
        return partitions.get(partition);
    }

    public List<PartitionInfo> partitionsForTopic(String topic) {
        return Collections.unmodifiableList(byTopic.getOrDefault(topic, List.of()));
    }

    /// Those that have a leader.
    public List<PartitionInfo> availablePartitionsForTopic(String topic) {
        return Collections.unmodifiableList(availableByTopic.getOrDefault(topic, List.of()));
    }

    /// Null where the topic is not known.
    public @Nullable Integer partitionCountForTopic(String topic) {
        List<PartitionInfo> known = byTopic.get(topic);
        return known == null ? null : known.size();
    }

    public Set<String> topics() {
        return Collections.unmodifiableSet(new HashSet<>(byTopic.keySet()));
    }

    public @Nullable Node controller() {
        return controller;
    }

    public @Nullable String clusterId() {
        return clusterId;
    }

    public Uuid topicId(String topic) {
        return topicIds.getOrDefault(topic, Uuid.ZERO_UUID);
    }

    public @Nullable String topicName(Uuid topicId) {
        return topicNames.get(topicId);
    }
}
