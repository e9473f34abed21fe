package io.millrace.clients.admin;

import io.millrace.clients.admin.CreateTopicsResult.TopicMetadataAndConfig;
import io.millrace.common.Node;
import io.millrace.common.TopicPartitionInfo;
import io.millrace.common.Uuid;
import io.millrace.protocol.CreatePartitionsRequest;
import io.millrace.protocol.CreatePartitionsResponse;
import io.millrace.protocol.CreateTopicsRequest;
import io.millrace.protocol.CreateTopicsResponse;
import io.millrace.protocol.DeleteTopicsRequest;
import io.millrace.protocol.DeleteTopicsResponse;
import io.millrace.protocol.MetadataRequest;
import io.millrace.protocol.MetadataResponse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Topics: make, list, describe, grow, delete.
final class TopicCalls {
    private final Calls calls;

    TopicCalls(Calls calls) {
        this.calls = calls;
    }

    CreateTopicsResult create(Collection<NewTopic> topics, CreateTopicsOptions options) {
        var byName = new LinkedHashMap<String, NewTopic>();
        topics.forEach(topic -> byName.put(topic.name(), topic));
        return new CreateTopicsResult(calls.batch(byName.keySet(), open -> {
            var asked = byName.values().stream()
                    .filter(topic -> open.contains(topic.name()))
                    .map(TopicCalls::onWire)
                    .toList();
            return calls.client()
                    .sendToController(new CreateTopicsRequest(
                            asked, calls.timeoutMs(), options.validateOnly()))
                    .thenApply(response -> created((CreateTopicsResponse) response));
        }));
    }

    private static CreateTopicsRequest.CreatableTopic onWire(NewTopic topic) {
        var assignments = new ArrayList<CreateTopicsRequest.CreatableReplicaAssignment>();
        topic.replicasAssignments()
                .forEach((partition, brokers) -> assignments.add(
                        new CreateTopicsRequest.CreatableReplicaAssignment(partition, brokers)));
        var configs = new ArrayList<CreateTopicsRequest.CreatableTopicConfig>();
        topic.configs()
                .forEach((key, value) ->
                        configs.add(new CreateTopicsRequest.CreatableTopicConfig(key, value)));
        return new CreateTopicsRequest.CreatableTopic(
                topic.name(),
                topic.numPartitions(),
                topic.replicationFactor(),
                assignments,
                configs);
    }

    private static Map<String, Answer<TopicMetadataAndConfig>> created(
            CreateTopicsResponse response) {
        var answers = new HashMap<String, Answer<TopicMetadataAndConfig>>();
        for (var topic : response.topics()) {
            var entries = new ArrayList<ConfigEntry>();
            if (topic.configs() != null) {
                topic.configs()
                        .forEach(c -> entries.add(new ConfigEntry(
                                c.name(),
                                c.value(),
                                ConfigEntry.ConfigSource.of(c.configSource()),
                                c.isSensitive(),
                                c.readOnly(),
                                List.of(),
                                ConfigEntry.ConfigType.UNKNOWN,
                                null)));
            }
            answers.put(
                    topic.name(),
                    new Answer<>(
                            topic.errorCode(),
                            topic.errorMessage(),
                            new TopicMetadataAndConfig(
                                    Uuid.of(topic.topicId()),
                                    topic.numPartitions(),
                                    topic.replicationFactor(),
                                    new Config(entries))));
        }
        return answers;
    }

    DeleteTopicsResult delete(Collection<String> topics) {
        return new DeleteTopicsResult(calls.batch(
                topics,
                open -> calls.client()
                        .sendToController(DeleteTopicsRequest.DEFAULT
                                .withTopics(open.stream()
                                        .map(name ->
                                                DeleteTopicsRequest.DeleteTopicState.DEFAULT
                                                        .withName(name))
                                        .toList())
                                .withTopicNames(List.copyOf(open))
                                .withTimeoutMs(calls.timeoutMs()))
                        .thenApply(response -> {
                            var answers = new HashMap<String, Answer<Void>>();
                            for (var topic : ((DeleteTopicsResponse) response).responses()) {
                                if (topic.name() != null) {
                                    answers.put(
                                            topic.name(),
                                            Calls.done(topic.errorCode(), topic.errorMessage()));
                                }
                            }
                            return answers;
                        })));
    }

    ListTopicsResult list(ListTopicsOptions options) {
        return new ListTopicsResult(calls.any(
                MetadataRequest.DEFAULT.withTopics(null), response -> {
                    Map<String, TopicListing> topics = new TreeMap<>();
                    for (var topic : ((MetadataResponse) response).topics()) {
                        if (topic.name() != null
                                && (options.listInternal() || !topic.isInternal())) {
                            topics.put(
                                    topic.name(),
                                    new TopicListing(
                                            topic.name(),
                                            Uuid.of(topic.topicId()),
                                            topic.isInternal()));
                        }
                    }
                    return topics;
                }));
    }

    DescribeTopicsResult describe(Collection<String> topics) {
        return new DescribeTopicsResult(calls.batch(
                topics,
                open -> calls.client()
                        .sendToAny(MetadataRequest.DEFAULT
                                .withAllowAutoTopicCreation(false)
                                .withTopics(open.stream()
                                        .map(name ->
                                                MetadataRequest.MetadataRequestTopic.DEFAULT
                                                        .withName(name))
                                        .toList()))
                        .thenApply(response -> described((MetadataResponse) response))));
    }

    private static Map<String, Answer<TopicDescription>> described(MetadataResponse response) {
        var nodes = new HashMap<Integer, Node>();
        response.brokers()
                .forEach(b ->
                        nodes.put(b.nodeId(), new Node(b.nodeId(), b.host(), b.port(), b.rack())));
        var answers = new HashMap<String, Answer<TopicDescription>>();
        for (var topic : response.topics()) {
            String name = topic.name();
            if (name == null) {
                continue;
            }
            var partitions = new ArrayList<TopicPartitionInfo>();
            for (var partition : topic.partitions()) {
                partitions.add(new TopicPartitionInfo(
                        partition.partitionIndex(),
                        nodes.get(partition.leaderId()),
                        nodes(nodes, partition.replicaNodes()),
                        nodes(nodes, partition.isrNodes()),
                        List.of(),
                        List.of()));
            }
            partitions.sort((a, b) -> Integer.compare(a.partition(), b.partition()));
            answers.put(
                    name,
                    new Answer<>(
                            topic.errorCode(),
                            null,
                            new TopicDescription(
                                    name,
                                    topic.isInternal(),
                                    partitions,
                                    Uuid.of(topic.topicId()))));
        }
        return answers;
    }

    private static List<Node> nodes(Map<Integer, Node> known, List<Integer> ids) {
        return ids.stream()
                .map(id -> known.getOrDefault(id, new Node(id, "", -1)))
                .toList();
    }

    CreatePartitionsResult grow(
            Map<String, NewPartitions> wanted, CreatePartitionsOptions options) {
        var byName = new LinkedHashMap<>(wanted);
        return new CreatePartitionsResult(calls.batch(byName.keySet(), open -> {
            var asked = new ArrayList<CreatePartitionsRequest.CreatePartitionsTopic>();
            byName.forEach((name, partitions) -> {
                if (open.contains(name)) {
                    asked.add(new CreatePartitionsRequest.CreatePartitionsTopic(
                            name, partitions.totalCount(), assignments(partitions)));
                }
            });
            return calls.client()
                    .sendToController(new CreatePartitionsRequest(
                            asked, calls.timeoutMs(), options.validateOnly()))
                    .thenApply(response -> {
                        var answers = new HashMap<String, Answer<Void>>();
                        ((CreatePartitionsResponse) response)
                                .results()
                                .forEach(r -> answers.put(
                                        r.name(), Calls.done(r.errorCode(), r.errorMessage())));
                        return answers;
                    });
        }));
    }

    private static @org.jspecify.annotations.Nullable List<
                    CreatePartitionsRequest.CreatePartitionsAssignment>
            assignments(NewPartitions partitions) {
        return partitions.assignments().isEmpty()
                ? null
                : partitions.assignments().stream()
                        .map(CreatePartitionsRequest.CreatePartitionsAssignment::new)
                        .toList();
    }
}
