package io.millrace.cluster;

import static io.millrace.protocol.ErrorCode.INVALID_REPLICATION_FACTOR;
import static io.millrace.protocol.ErrorCode.NONE;
import static io.millrace.protocol.ErrorCode.NO_REASSIGNMENT_IN_PROGRESS;
import static io.millrace.protocol.ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;

import io.millrace.protocol.AlterPartitionReassignmentsRequest;
import io.millrace.protocol.AlterPartitionReassignmentsRequest.ReassignablePartition;
import io.millrace.protocol.AlterPartitionReassignmentsRequest.ReassignableTopic;
import io.millrace.protocol.AlterPartitionReassignmentsResponse;
import io.millrace.protocol.AlterPartitionReassignmentsResponse.ReassignablePartitionResponse;
import io.millrace.protocol.AlterPartitionReassignmentsResponse.ReassignableTopicResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Judges `AlterPartitionReassignments`. On one node the only replicas a partition can have are
/// those it has, so a valid request changes nothing.
final class Reassignments {
    private static final int ANY = -1;

    private final ClusterImage image;
    private final ReplicaAssignment assignment;

    Reassignments(ClusterImage image) {
        this.image = image;
        this.assignment = new ReplicaAssignment(image, new Placement(image));
    }

    Outcome decide(AlterPartitionReassignmentsRequest request) {
        List<ReassignableTopicResponse> topics = new ArrayList<>();
        for (ReassignableTopic topic : request.topics()) {
            List<ReassignablePartitionResponse> partitions = new ArrayList<>();
            for (ReassignablePartition partition : topic.partitions()) {
                Problem problem = check(
                        image.topic(topic.name()),
                        partition,
                        request.allowReplicationFactorChange());
                partitions.add(new ReassignablePartitionResponse(
                        partition.partitionIndex(), problem.error(), problem.message()));
            }
            topics.add(new ReassignableTopicResponse(topic.name(), partitions));
        }
        return Outcome.of(new AlterPartitionReassignmentsResponse(
                0, request.allowReplicationFactorChange(), NONE, null, topics));
    }

    private Problem check(
            @Nullable TopicImage topic, ReassignablePartition wanted, boolean anyFactor) {
        PartitionImage partition = topic == null ? null : topic.partition(wanted.partitionIndex());
        if (partition == null) {
            return new Problem(UNKNOWN_TOPIC_OR_PARTITION, "There is no such partition.");
        }
        List<Integer> replicas = wanted.replicas();
        if (replicas == null) {
            return new Problem(NO_REASSIGNMENT_IN_PROGRESS, "Nothing is being reassigned.");
        }
        Problem problem = assignment.check(wanted.partitionIndex(), replicas, ANY);
        return problem.isNone()
                        && !anyFactor
                        && replicas.size() != partition.replicas().size()
                ? new Problem(
                        INVALID_REPLICATION_FACTOR, "The replication factor must stay as it is.")
                : problem;
    }
}
