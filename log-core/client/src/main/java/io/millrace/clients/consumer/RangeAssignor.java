package io.millrace.clients.consumer;

import io.millrace.common.Cluster;
import io.millrace.common.TopicPartition;
import java.util.List;
import java.util.Map;

/// Gives each member a range of every topic's partitions, so that partitions of the same number of
/// several topics come together. The first members get one more where it does not divide.
public class RangeAssignor implements ConsumerPartitionAssignor {
    public static final String RANGE_ASSIGNOR_NAME = "range";

    @Override
    public String name() {
        return RANGE_ASSIGNOR_NAME;
    }

    @Override
    public GroupAssignment assign(Cluster metadata, GroupSubscription groupSubscription) {
        Members members = Members.of(groupSubscription.groupSubscription());
        Map<String, List<TopicPartition>> shares = members.emptyShares();
        members.topics(metadata).forEach((topic, count) -> {
            List<Members.Member> takers =
                    members.inOrder().stream().filter(each -> each.wants(topic)).toList();
            int each = count / takers.size();
            int more = count % takers.size();
            int next = 0;
            for (int i = 0; i < takers.size(); i++) {
                List<TopicPartition> share = shares.get(takers.get(i).id());
                for (int left = each + (i < more ? 1 : 0); left > 0; left--) {
                    if (share != null) {
                        share.add(new TopicPartition(topic, next));
                    }
                    next++;
                }
            }
        });
        return Members.toAssignment(shares);
    }
}
