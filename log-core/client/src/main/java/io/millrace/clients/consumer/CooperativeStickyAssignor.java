package io.millrace.clients.consumer;

import io.millrace.common.Cluster;
import io.millrace.common.TopicPartition;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// As {@link StickyAssignor}, but members keep what stays with them while the group rebalances. A
/// partition that changes hands is given to nobody at first: its owner gives it up and joins again,
/// and the next round gives it to the new one.
public class CooperativeStickyAssignor implements ConsumerPartitionAssignor {
    public static final String COOPERATIVE_STICKY_ASSIGNOR_NAME = "cooperative-sticky";

    private int generation = -1;

    @Override
    public String name() {
        return COOPERATIVE_STICKY_ASSIGNOR_NAME;
    }

    @Override
    public List<RebalanceProtocol> supportedProtocols() {
        return List.of(RebalanceProtocol.COOPERATIVE, RebalanceProtocol.EAGER);
    }

    /// The generation, which members with an old form of subscription cannot say otherwise.
    @Override
    public @Nullable ByteBuffer subscriptionUserData(Set<String> topics) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(0, generation);
    }

    @Override
    public void onAssignment(Assignment assignment, ConsumerGroupMetadata metadata) {
        generation = metadata.generationId();
    }

    @Override
    public GroupAssignment assign(Cluster metadata, GroupSubscription groupSubscription) {
        Map<String, Subscription> subscriptions = groupSubscription.groupSubscription();
        Members members = Members.of(subscriptions);
        Map<String, StickyShares.Claim> claims = new HashMap<>();
        subscriptions.forEach((id, subscription) -> claims.put(
                id,
                new StickyShares.Claim(subscription.ownedPartitions(), generation(subscription))));
        StickyShares shares = new StickyShares(members, members.topics(metadata));
        Map<String, List<TopicPartition>> result = shares.distribute(claims);
        withhold(subscriptions, result);
        return Members.toAssignment(result);
    }

    private static int generation(Subscription subscription) {
        ByteBuffer data = subscription.userData();
        return subscription
                .generationId()
                .orElseGet(() -> data == null || data.remaining() < Integer.BYTES
                        ? -1
                        : data.getInt(data.position()));
    }

    /// Takes back what somebody else still has.
    private static void withhold(
            Map<String, Subscription> subscriptions, Map<String, List<TopicPartition>> shares) {
        Map<TopicPartition, String> owners = new HashMap<>();
        Map<TopicPartition, Integer> generations = new HashMap<>();
        subscriptions.forEach((id, subscription) -> {
            int mine = generation(subscription);
            for (TopicPartition partition : subscription.ownedPartitions()) {
                if (mine >= generations.getOrDefault(partition, Integer.MIN_VALUE)) {
                    owners.put(partition, id);
                    generations.put(partition, mine);
                }
            }
        });
        Set<TopicPartition> moving = new HashSet<>();
        shares.forEach((id, share) -> share.forEach(partition -> {
            String owner = owners.get(partition);
            if (owner != null && !owner.equals(id)) {
                moving.add(partition);
            }
        }));
        shares.values().forEach(share -> share.removeAll(moving));
    }
}
