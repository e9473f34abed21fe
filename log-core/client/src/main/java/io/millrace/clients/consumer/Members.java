package io.millrace.clients.consumer;

import io.millrace.clients.consumer.ConsumerPartitionAssignor.Assignment;
import io.millrace.clients.consumer.ConsumerPartitionAssignor.GroupAssignment;
import io.millrace.clients.consumer.ConsumerPartitionAssignor.Subscription;
import io.millrace.common.Cluster;
import io.millrace.common.TopicPartition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A group as the built-in assignors look at it: members in a fixed order (static members by their
/// instance id, before the others by their member id), so that every leader comes to the same
/// result.
record Members(List<Member> inOrder) {
    /// A member; those without an instance id come last.
    record Member(String id, Subscription subscription) {
        static final Comparator<Member> ORDER = Comparator.comparing((Member member) ->
                        member.subscription().groupInstanceId().isEmpty())
                .thenComparing(
                        member -> member.subscription().groupInstanceId().orElse(member.id()));

        boolean wants(String topic) {
            return subscription.topics().contains(topic);
        }
    }

    static Members of(Map<String, Subscription> subscriptions) {
        List<Member> members = new ArrayList<>();
        subscriptions.forEach((id, subscription) -> members.add(new Member(id, subscription)));
        members.sort(Member.ORDER);
        return new Members(List.copyOf(members));
    }

    /// Partition counts of the topics that somebody wants and that exist.
    TreeMap<String, Integer> topics(Cluster cluster) {
        TreeMap<String, Integer> counts = new TreeMap<>();
        for (Member member : inOrder) {
            for (String topic : member.subscription().topics()) {
                Integer count = cluster.partitionCountForTopic(topic);
                if (count != null && count > 0) {
                    counts.put(topic, count);
                }
            }
        }
        return counts;
    }

    Map<String, List<TopicPartition>> emptyShares() {
        Map<String, List<TopicPartition>> shares = new HashMap<>();
        inOrder.forEach(member -> shares.put(member.id(), new ArrayList<>()));
        return shares;
    }

    static GroupAssignment toAssignment(Map<String, List<TopicPartition>> shares) {
        Map<String, Assignment> assignments = new HashMap<>();
        shares.forEach((id, partitions) -> assignments.put(id, new Assignment(partitions)));
        return new GroupAssignment(assignments);
    }
}
