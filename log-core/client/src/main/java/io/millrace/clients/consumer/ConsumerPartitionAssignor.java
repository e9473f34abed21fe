package io.millrace.clients.consumer;

import io.millrace.common.Cluster;
import io.millrace.common.TopicPartition;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Distributes partitions over the members of a group (`group.protocol=classic`). The leader's
/// assignor decides; each member's may send bytes of its own with its subscription.
public interface ConsumerPartitionAssignor {
    default @Nullable ByteBuffer subscriptionUserData(Set<String> topics) {
        return null;
    }

    GroupAssignment assign(Cluster metadata, GroupSubscription groupSubscription);

    default void onAssignment(Assignment assignment, ConsumerGroupMetadata metadata) {}

    default List<RebalanceProtocol> supportedProtocols() {
        return List.of(RebalanceProtocol.EAGER);
    }

    default short version() {
        return 0;
    }

    /// What members must agree on.
    String name();

    /// Whether members give everything up before a rebalance, or only what goes to others.
    enum RebalanceProtocol {
        EAGER((byte) 0),
        COOPERATIVE((byte) 1);

        private final byte id;

        RebalanceProtocol(byte id) {
            this.id = id;
        }

        public byte id() {
            return id;
        }
    }

    /// What one member wants and has.
    final class Subscription {
        private final List<String> topics;
        private final @Nullable ByteBuffer userData;
        private final List<TopicPartition> ownedPartitions;
        private final int generationId;
        private final Optional<String> rackId;
        private Optional<String> groupInstanceId = Optional.empty();

        public Subscription(
                List<String> topics,
                @Nullable ByteBuffer userData,
                List<TopicPartition> ownedPartitions,
                int generationId,
                Optional<String> rackId) {
            this.topics = topics;
            this.userData = userData;
            this.ownedPartitions = ownedPartitions;
            this.generationId = generationId;
            this.rackId = rackId;
        }

        public Subscription(
                List<String> topics, @Nullable ByteBuffer userData, List<TopicPartition> owned) {
            this(topics, userData, owned, -1, Optional.empty());
        }

        public Subscription(List<String> topics, @Nullable ByteBuffer userData) {
            this(topics, userData, List.of());
        }

        public Subscription(List<String> topics) {
            this(topics, null);
        }

        public List<String> topics() {
            return topics;
        }

        public @Nullable ByteBuffer userData() {
            return userData;
        }

        public List<TopicPartition> ownedPartitions() {
            return ownedPartitions;
        }

        public Optional<String> rackId() {
            return rackId;
        }

        public void setGroupInstanceId(Optional<String> id) {
            groupInstanceId = id;
        }

        public Optional<String> groupInstanceId() {
            return groupInstanceId;
        }

        public Optional<Integer> generationId() {
            return generationId < 0 ? Optional.empty() : Optional.of(generationId);
        }
    }

    /// What one member gets.
    final class Assignment {
        private final List<TopicPartition> partitions;
        private final @Nullable ByteBuffer userData;

        public Assignment(List<TopicPartition> partitions, @Nullable ByteBuffer userData) {
            this.partitions = partitions;
            this.userData = userData;
        }

        public Assignment(List<TopicPartition> partitions) {
            this(partitions, null);
        }

        public List<TopicPartition> partitions() {
            return partitions;
        }

        public @Nullable ByteBuffer userData() {
            return userData;
        }

        @Override
        public String toString() {
            return "Assignment(partitions=" + partitions + ")";
        }
    }

    /// Subscriptions by member id.
    record GroupSubscription(Map<String, Subscription> groupSubscription) {}

    /// Assignments by member id.
    record GroupAssignment(Map<String, Assignment> groupAssignment) {}
}
