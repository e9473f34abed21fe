package io.millrace.cluster;

import static io.millrace.protocol.ErrorCode.ELECTION_NOT_NEEDED;
import static io.millrace.protocol.ErrorCode.ELIGIBLE_LEADERS_NOT_AVAILABLE;
import static io.millrace.protocol.ErrorCode.INVALID_REQUEST;
import static io.millrace.protocol.ErrorCode.NONE;
import static io.millrace.protocol.ErrorCode.PREFERRED_LEADER_NOT_AVAILABLE;
import static io.millrace.protocol.ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;

import io.millrace.protocol.ElectLeadersRequest;
import io.millrace.protocol.ElectLeadersRequest.TopicPartitions;
import io.millrace.protocol.ElectLeadersResponse;
import io.millrace.protocol.ElectLeadersResponse.PartitionResult;
import io.millrace.protocol.ElectLeadersResponse.ReplicaElectionResult;
import io.millrace.protocol.MetadataRecord;
import io.millrace.protocol.PartitionChangeRecord;
import io.millrace.protocol.Uuid;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who leads a partition: when a node comes back, and when `ElectLeaders` asks.
final class Elections {
    private static final byte PREFERRED = 0;
    private static final byte UNCLEAN = 1;

    private final ClusterImage image;
    private final Placement placement;
    private final List<MetadataRecord> records = new ArrayList<>();

    Elections(ClusterImage image) {
        this.image = image;
        this.placement = new Placement(image);
    }

    Outcome decide(ElectLeadersRequest request, int version) {
        if (request.electionType() != PREFERRED && request.electionType() != UNCLEAN) {
            return Outcome.of(new ElectLeadersResponse(0, INVALID_REQUEST, refused(request)));
        }
        boolean unclean = request.electionType() == UNCLEAN;
        List<TopicPartitions> wanted = request.topicPartitions();
        List<ReplicaElectionResult> results =
                wanted == null ? everywhere(unclean) : named(wanted, unclean);
        return new Outcome(new ElectLeadersResponse(0, NONE, results), records);
    }

    private static List<ReplicaElectionResult> refused(ElectLeadersRequest request) {
        List<TopicPartitions> wanted = request.topicPartitions();
        return wanted == null
                ? List.of()
                : wanted.stream()
                        .map(each -> new ReplicaElectionResult(
                                each.topic(),
                                each.partitions().stream()
                                        .map(partition -> new PartitionResult(
                                                partition,
                                                INVALID_REQUEST,
                                                "There is no such type of election."))
                                        .toList()))
                        .toList();
    }

    private List<ReplicaElectionResult> everywhere(boolean unclean) {
        List<ReplicaElectionResult> results = new ArrayList<>();
        for (var topic : image.topics().byName()) {
            List<PartitionResult> partitions = new ArrayList<>();
            for (var partition : topic.value().partitions()) {
                PartitionResult result = elect(topic.value(), partition.key(), unclean);
                if (result.errorCode() != ELECTION_NOT_NEEDED) {
                    partitions.add(result);
                }
            }
            results.add(new ReplicaElectionResult(topic.key(), partitions));
        }
        return results;
    }

    private List<ReplicaElectionResult> named(List<TopicPartitions> wanted, boolean unclean) {
        List<ReplicaElectionResult> results = new ArrayList<>();
        for (TopicPartitions each : wanted) {
            TopicImage topic = image.topic(each.topic());
            results.add(new ReplicaElectionResult(
                    each.topic(),
                    each.partitions().stream()
                            .map(partition -> elect(topic, partition, unclean))
                            .toList()));
        }
        return results;
    }

    private PartitionResult elect(@Nullable TopicImage topic, int number, boolean unclean) {
        PartitionImage partition = topic == null ? null : topic.partition(number);
        if (topic == null || partition == null) {
            return new PartitionResult(
                    number, UNKNOWN_TOPIC_OR_PARTITION, "There is no such partition.");
        }
        boolean needed = unclean
                ? !partition.hasLeader()
                : partition.leader() != partition.replicas().getFirst();
        if (!needed) {
            return new PartitionResult(
                    number, ELECTION_NOT_NEEDED, "The partition has its leader.");
        }
        for (int node : partition.replicas()) {
            boolean allowed = unclean || node == partition.replicas().getFirst();
            if (allowed && placement.isActive(node) && (unclean || isEligible(partition, node))) {
                records.add(led(topic.id(), partition, node));
                return new PartitionResult(number, NONE, null);
            }
        }
        return new PartitionResult(
                number,
                unclean ? ELIGIBLE_LEADERS_NOT_AVAILABLE : PREFERRED_LEADER_NOT_AVAILABLE,
                "No node that could lead is ready.");
    }

    /// Whether the node has everything that was acknowledged.
    static boolean isEligible(PartitionImage partition, int node) {
        return partition.isr().contains(node)
                || partition.eligibleLeaderReplicas().contains(node)
                || isLastKnown(partition, node);
    }

    /// The one who led last may lead again when nobody else has more.
    private static boolean isLastKnown(PartitionImage partition, int node) {
        return partition.isr().isEmpty()
                && partition.eligibleLeaderReplicas().isEmpty()
                && partition.lastKnownElr().equals(List.of(node));
    }

    /// Makes the node lead. It joins the in-sync replicas, and eligible leaders are forgotten.
    static PartitionChangeRecord led(Uuid topic, PartitionImage partition, int node) {
        PartitionChangeRecord change = PartitionChangeRecord.DEFAULT
                .withTopicId(topic)
                .withPartitionId(partition.partition())
                .withLeader(node);
        if (!partition.isr().contains(node)) {
            change = change.withIsr(List.of(node));
        }
        if (partition.state().eligibleLeaderReplicas() != null) {
            change = change.withEligibleLeaderReplicas(List.of());
        }
        if (partition.state().lastKnownElr() != null) {
            change = change.withLastKnownElr(List.of());
        }
        return change;
    }
}
