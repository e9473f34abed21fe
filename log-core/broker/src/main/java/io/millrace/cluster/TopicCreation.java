package io.millrace.cluster;

import static io.millrace.protocol.ErrorCode.INVALID_CONFIG;
import static io.millrace.protocol.ErrorCode.INVALID_PARTITIONS;
import static io.millrace.protocol.ErrorCode.INVALID_REPLICATION_FACTOR;
import static io.millrace.protocol.ErrorCode.INVALID_REQUEST;
import static io.millrace.protocol.ErrorCode.INVALID_TOPIC_EXCEPTION;
import static io.millrace.protocol.ErrorCode.NONE;
import static io.millrace.protocol.ErrorCode.POLICY_VIOLATION;
import static io.millrace.protocol.ErrorCode.TOPIC_ALREADY_EXISTS;

import io.millrace.protocol.ConfigRecord;
import io.millrace.protocol.CreateTopicsRequest;
import io.millrace.protocol.CreateTopicsRequest.CreatableReplicaAssignment;
import io.millrace.protocol.CreateTopicsRequest.CreatableTopic;
import io.millrace.protocol.CreateTopicsRequest.CreatableTopicConfig;
import io.millrace.protocol.CreateTopicsResponse;
import io.millrace.protocol.CreateTopicsResponse.CreatableTopicConfigs;
import io.millrace.protocol.CreateTopicsResponse.CreatableTopicResult;
import io.millrace.protocol.MetadataRecord;
import io.millrace.protocol.TopicRecord;
import io.millrace.protocol.Uuid;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Judges `CreateTopics`: each topic for itself, so that one that fails does not keep the others
/// back.
final class TopicCreation {
    private static final int DEFAULT = -1;
    private static final String OUR_SETTINGS = "millrace.";

    private final ClusterImage image;
    private final Configurations configurations;
    private final ConfigRules rules;
    private final Controller.Limits limits;
    private final Placement placement;
    private final ReplicaAssignment assignment;
    private final RandomIds ids;
    private final List<MetadataRecord> records = new ArrayList<>();
    private final SortedSet<String> unifiedNames = new TreeSet<>();

    TopicCreation(
            ClusterImage image,
            Configurations configurations,
            Controller.Limits limits,
            long random) {
        this.image = image;
        this.configurations = configurations;
        this.rules = new ConfigRules(configurations.schema(), configurations.ofNode(image));
        this.limits = limits;
        this.placement = new Placement(image);
        this.assignment = new ReplicaAssignment(image, placement);
        this.ids = new RandomIds(random);
    }

    Outcome decide(CreateTopicsRequest request) {
        collectCollisions(request.topics());
        SortedSet<String> names = new TreeSet<>();
        SortedSet<String> twice = new TreeSet<>();
        request.topics().stream()
                .map(CreatableTopic::name)
                .filter(name -> !names.add(name))
                .forEach(twice::add);
        List<CreatableTopicResult> results = new ArrayList<>();
        for (CreatableTopic topic : request.topics()) {
            if (twice.contains(topic.name())) {
                if (names.remove(topic.name())) {
                    results.add(failed(
                            topic,
                            new Problem(
                                    INVALID_REQUEST,
                                    "The request names topic '" + topic.name() + "' twice.")));
                }
            } else {
                results.add(topic(topic));
            }
        }
        return Outcome.of(new CreateTopicsResponse(0, results), records, request.validateOnly());
    }

    private void collectCollisions(List<CreatableTopic> wanted) {
        if (wanted.stream().anyMatch(topic -> TopicNames.canCollide(topic.name()))) {
            for (var topic : image.topics().byName()) {
                unifiedNames.add(TopicNames.unified(topic.key()));
            }
        }
    }

    private CreatableTopicResult topic(CreatableTopic topic) {
        Problem problem = checkName(topic.name());
        if (!problem.isNone()) {
            return failed(topic, problem);
        }
        SortedMap<String, String> configs = new TreeMap<>();
        problem = checkConfigs(topic, configs);
        if (!problem.isNone()) {
            return failed(topic, problem);
        }
        SortedMap<Integer, List<Integer>> replicas = new TreeMap<>();
        problem = topic.assignments().isEmpty() ? place(topic, replicas) : follow(topic, replicas);
        return problem.isNone() ? create(topic, configs, replicas) : failed(topic, problem);
    }

    private Problem checkName(String name) {
        if (name.equals(InternalTopics.METADATA)) {
            return new Problem(INVALID_REQUEST, "The name belongs to the metadata log.");
        }
        if (image.topic(name) != null) {
            return new Problem(TOPIC_ALREADY_EXISTS, "Topic '" + name + "' already exists.");
        }
        Problem problem = TopicNames.check(name);
        if (problem.isNone()
                && TopicNames.canCollide(name)
                && unifiedNames.contains(TopicNames.unified(name))) {
            return new Problem(
                    INVALID_TOPIC_EXCEPTION,
                    "Topic '" + name + "' differs from another topic in '.' and '_' only.");
        }
        return problem;
    }

    private Problem checkConfigs(CreatableTopic topic, SortedMap<String, String> values) {
        for (CreatableTopicConfig config : topic.configs()) {
            if (config.value() == null) {
                return new Problem(INVALID_CONFIG, config.name() + " has no value.");
            }
            values.put(config.name(), config.value());
        }
        return rules.topicValues(values);
    }

    private Problem follow(CreatableTopic topic, SortedMap<Integer, List<Integer>> replicas) {
        if (topic.replicationFactor() != DEFAULT || topic.numPartitions() != DEFAULT) {
            return new Problem(
                    INVALID_REQUEST,
                    "With an assignment of replicas, the number of "
                            + "partitions and the replication factor must be -1.");
        }
        int factor = DEFAULT;
        for (CreatableReplicaAssignment each : topic.assignments()) {
            if (replicas.containsKey(each.partitionIndex())) {
                return ReplicaAssignment.bad(
                        "Partition " + each.partitionIndex() + " is assigned twice.");
            }
            Problem problem = assignment.check(each.partitionIndex(), each.brokerIds(), factor);
            if (!problem.isNone()) {
                return problem;
            }
            factor = each.brokerIds().size();
            replicas.put(each.partitionIndex(), each.brokerIds());
        }
        return replicas.firstKey() != 0 || replicas.lastKey() != replicas.size() - 1
                ? ReplicaAssignment.bad("Partitions must be numbered from 0 without a gap.")
                : Problem.NONE;
    }

    private Problem place(CreatableTopic topic, SortedMap<Integer, List<Integer>> replicas) {
        int factor = topic.replicationFactor() == DEFAULT
                ? limits.replicationFactor()
                : topic.replicationFactor();
        if (factor < 1) {
            return new Problem(
                    INVALID_REPLICATION_FACTOR,
                    "The replication factor must be at least 1, or -1 for the default.");
        }
        int partitions =
                topic.numPartitions() == DEFAULT ? limits.numPartitions() : topic.numPartitions();
        if (partitions < 1) {
            return new Problem(
                    INVALID_PARTITIONS,
                    "The number of partitions must be at least 1, or -1 for the default.");
        }
        String refusal = placement.refusal(factor);
        if (!refusal.isEmpty()) {
            return new Problem(
                    INVALID_REPLICATION_FACTOR,
                    "A replication factor of " + factor + " is out of reach: " + refusal);
        }
        if (partitions > Outcome.MAX_RECORDS) {
            return tooMany();
        }
        for (int i = 0; i < partitions; i++) {
            replicas.put(i, placement.replicas(i, factor, ids.seed()));
        }
        return Problem.NONE;
    }

    private static Problem tooMany() {
        return new Problem(
                POLICY_VIOLATION,
                "One request makes at most " + Outcome.MAX_RECORDS + " records of metadata.");
    }

    private CreatableTopicResult create(
            CreatableTopic topic,
            SortedMap<String, String> configs,
            SortedMap<Integer, List<Integer>> replicas) {
        if (records.size() + replicas.size() + configs.size() + 1 > Outcome.MAX_RECORDS) {
            return failed(topic, tooMany());
        }
        Uuid id = ids.next();
        records.add(new TopicRecord(topic.name(), id));
        configs.forEach((key, value) -> records.add(
                new ConfigRecord(ConfigResource.Kind.TOPIC.wireId(), topic.name(), key, value)));
        replicas.forEach(
                (partition, nodes) -> records.add(assignment.record(id, partition, nodes)));
        short factor = (short) replicas.firstEntry().getValue().size();
        return new CreatableTopicResult(
                topic.name(), id, NONE, null, NONE, replicas.size(), factor, described(configs));
    }

    private List<CreatableTopicConfigs> described(SortedMap<String, String> configs) {
        SortedTree<String, String> own = SortedTree.empty();
        for (var entry : configs.entrySet()) {
            own = own.with(entry.getKey(), entry.getValue());
        }
        List<CreatableTopicConfigs> described = new ArrayList<>();
        for (Configurations.Described each : configurations.topic(image, own)) {
            String key = each.definition().key();
            // Clients know Kafka's settings; ours they are told of when they set them.
            if (key.startsWith(OUR_SETTINGS) && !configs.containsKey(key)) {
                continue;
            }
            described.add(new CreatableTopicConfigs(
                    key,
                    each.value(),
                    false,
                    each.source().wireId(),
                    each.definition().isSensitive()));
        }
        return described;
    }

    private static CreatableTopicResult failed(CreatableTopic topic, Problem problem) {
        return new CreatableTopicResult(
                topic.name(),
                Uuid.ZERO,
                problem.error(),
                problem.message(),
                NONE,
                -1,
                (short) -1,
                List.of());
    }
}
