package io.millrace.clients.consumer;

import io.millrace.common.Cluster;
import io.millrace.common.TopicPartition;
import java.util.List;
import java.util.Map;

/// Deals all partitions out to the members in turn, leaving out those that do not want the topic.
public class RoundRobinAssignor implements ConsumerPartitionAssignor {
    public static final String ROUNDROBIN_ASSIGNOR_NAME = "roundrobin";

    @Override
    public String name() {
        return ROUNDROBIN_ASSIGNOR_NAME;
    }

    @Override
    public GroupAssignment assign(Cluster metadata, GroupSubscription groupSubscription) {
        Members members = Members.of(groupSubscription.groupSubscription());
        Map<String, List<TopicPartition>> shares = members.emptyShares();
        int[] turn = {0};
        members.topics(metadata).forEach((topic, count) -> {
            for (int partition = 0; partition < count; partition++) {
                Members.Member member = next(members, turn);
                while (!member.wants(topic)) {
                    member = next(members, turn);
                }
                List<TopicPartition> share = shares.get(member.id());
                if (share != null) {
                    share.add(new TopicPartition(topic, partition));
                }
            }
        });
        return Members.toAssignment(shares);
    }

    private static Members.Member next(Members members, int[] turn) {
        return members.inOrder().get(turn[0]++ % members.inOrder().size());
    }
}
