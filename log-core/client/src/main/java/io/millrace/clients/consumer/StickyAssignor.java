package io.millrace.clients.consumer;

import io.millrace.common.Cluster;
import io.millrace.common.TopicPartition;
import io.millrace.protocol.MalformedFrame;
import io.millrace.protocol.WireReader;
import io.millrace.protocol.WireWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Distributes evenly and moves as little as possible; members give everything up before a
/// rebalance, so each tells by its user data what it had and in which generation.
public class StickyAssignor implements ConsumerPartitionAssignor {
    public static final String STICKY_ASSIGNOR_NAME = "sticky";

    private List<TopicPartition> had = List.of();
    private int generation = -1;

    @Override
    public String name() {
        return STICKY_ASSIGNOR_NAME;
    }

    @Override
    public @Nullable ByteBuffer subscriptionUserData(Set<String> topics) {
        return had.isEmpty() && generation < 0 ? null : write(had, generation);
    }

    @Override
    public void onAssignment(Assignment assignment, ConsumerGroupMetadata metadata) {
        had = List.copyOf(assignment.partitions());
        generation = metadata.generationId();
    }

    @Override
    public GroupAssignment assign(Cluster metadata, GroupSubscription groupSubscription) {
        Members members = Members.of(groupSubscription.groupSubscription());
        Map<String, StickyShares.Claim> claims = new HashMap<>();
        groupSubscription
                .groupSubscription()
                .forEach((id, subscription) -> claims.put(id, claim(subscription)));
        StickyShares shares = new StickyShares(members, members.topics(metadata));
        return Members.toAssignment(shares.distribute(claims));
    }

    private static StickyShares.Claim claim(Subscription subscription) {
        ByteBuffer data = subscription.userData();
        if (data == null || !data.hasRemaining()) {
            return new StickyShares.Claim(
                    subscription.ownedPartitions(), subscription.generationId().orElse(-1));
        }
        try {
            return read(data);
        } catch (MalformedFrame e) {
            return new StickyShares.Claim(List.of(), -1);
        }
    }

    /// Kafka's layout: topics with their partitions, then the generation.
    static ByteBuffer write(List<TopicPartition> partitions, int generation) {
        Map<String, List<Integer>> byTopic = new TreeMap<>();
        partitions.forEach(each -> byTopic.computeIfAbsent(each.topic(), name -> new ArrayList<>())
                .add(each.partition()));
        WireWriter out = new WireWriter();
        out.int32(byTopic.size());
        byTopic.forEach((topic, each) -> {
            out.string(topic, false);
            out.int32(each.size());
            each.forEach(out::int32);
        });
        out.int32(generation);
        return out.toBuffer();
    }

    static StickyShares.Claim read(ByteBuffer data) {
        WireReader in = new WireReader(data.duplicate());
        List<TopicPartition> owned = new ArrayList<>();
        for (int topics = in.int32(); topics > 0; topics--) {
            String topic = in.string(false);
            for (int left = in.int32(); left > 0; left--) {
                owned.add(new TopicPartition(topic, in.int32()));
            }
        }
        // The oldest layout ends here.
        return new StickyShares.Claim(owned, in.remaining() >= Integer.BYTES ? in.int32() : -1);
    }
}
