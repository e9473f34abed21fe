package io.millrace.cluster;

import static io.millrace.protocol.ErrorCode.INVALID_PARTITIONS;
import static io.millrace.protocol.ErrorCode.INVALID_REPLICATION_FACTOR;
import static io.millrace.protocol.ErrorCode.INVALID_REQUEST;
import static io.millrace.protocol.ErrorCode.POLICY_VIOLATION;
import static io.millrace.protocol.ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;

import io.millrace.protocol.CreatePartitionsRequest;
import io.millrace.protocol.CreatePartitionsRequest.CreatePartitionsAssignment;
import io.millrace.protocol.CreatePartitionsRequest.CreatePartitionsTopic;
import io.millrace.protocol.CreatePartitionsResponse;
import io.millrace.protocol.CreatePartitionsResponse.CreatePartitionsTopicResult;
import io.millrace.protocol.MetadataRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Judges `CreatePartitions`: topics only grow.
final class PartitionCreation {
    private final ClusterImage image;
    private final Placement placement;
    private final ReplicaAssignment assignment;
    private final long random;
    private final List<MetadataRecord> records = new ArrayList<>();

    PartitionCreation(ClusterImage image, long random) {
        this.image = image;
        this.placement = new Placement(image);
        this.assignment = new ReplicaAssignment(image, placement);
        this.random = random;
    }

    Outcome decide(CreatePartitionsRequest request) {
        SortedSet<String> names = new TreeSet<>();
        SortedSet<String> twice = new TreeSet<>();
        request.topics().stream()
                .map(CreatePartitionsTopic::name)
                .filter(name -> !names.add(name))
                .forEach(twice::add);
        List<CreatePartitionsTopicResult> results = new ArrayList<>();
        for (CreatePartitionsTopic topic : request.topics()) {
            boolean repeated = twice.contains(topic.name());
            if (!repeated || names.remove(topic.name())) {
                Problem problem = repeated
                        ? new Problem(
                                INVALID_REQUEST,
                                "The request names topic '" + topic.name() + "' twice.")
                        : grow(topic);
                results.add(new CreatePartitionsTopicResult(
                        topic.name(), problem.error(), problem.message()));
            }
        }
        return Outcome.of(
                new CreatePartitionsResponse(0, results), records, request.validateOnly());
    }

    private Problem grow(CreatePartitionsTopic wanted) {
        TopicImage topic = image.topic(wanted.name());
        if (topic == null) {
            return new Problem(
                    UNKNOWN_TOPIC_OR_PARTITION, "There is no topic '" + wanted.name() + "'.");
        }
        int present = topic.partitionCount();
        if (wanted.count() <= present) {
            return new Problem(
                    INVALID_PARTITIONS,
                    "Topic '" + wanted.name() + "' has " + present + " partitions and cannot get "
                            + wanted.count() + ".");
        }
        int additional = wanted.count() - present;
        List<CreatePartitionsAssignment> given = wanted.assignments();
        if (given != null && given.size() != additional) {
            return ReplicaAssignment.bad("There are " + additional + " partitions to add, and "
                    + given.size() + " are assigned.");
        }
        if (records.size() + additional > Outcome.MAX_RECORDS) {
            return new Problem(
                    POLICY_VIOLATION,
                    "One request makes at most " + Outcome.MAX_RECORDS + " partitions.");
        }
        return add(topic, wanted.count(), given);
    }

    private Problem add(
            TopicImage topic, int count, @Nullable List<CreatePartitionsAssignment> given) {
        PartitionImage first = topic.partition(0);
        int factor = first == null ? 1 : first.replicas().size();
        int start = topic.partitionCount();
        List<MetadataRecord> added = new ArrayList<>();
        String refusal = given == null ? placement.refusal(factor) : "";
        if (!refusal.isEmpty()) {
            return new Problem(
                    INVALID_REPLICATION_FACTOR,
                    "A replication factor of " + factor + " is out of reach: " + refusal);
        }
        for (int i = start; i < count; i++) {
            List<Integer> replicas = given == null
                    ? placement.replicas(i, factor, random)
                    : given.get(i - start).brokerIds();
            Problem problem = given == null ? Problem.NONE : assignment.check(i, replicas, factor);
            if (!problem.isNone()) {
                return problem;
            }
            added.add(assignment.record(topic.id(), i, replicas));
        }
        records.addAll(added);
        return Problem.NONE;
    }
}
