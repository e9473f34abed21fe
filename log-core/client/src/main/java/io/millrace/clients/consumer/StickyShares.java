package io.millrace.clients.consumer;

import io.millrace.common.TopicPartition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Distributes partitions evenly while moving as few as possible.
///
/// 1. Everyone keeps what it had and still wants; where two claim a partition, the younger
///    generation wins, and with equal generations nobody keeps it.
/// 2. Who has too much for an even distribution gives up what others want.
/// 3. What is free goes, one by one, to the member with the fewest among those who want it.
/// 4. While a partition can move to a member that has at least two fewer, it moves.
///
/// Step 4 ends: each move lowers the sum of the squares of the shares' sizes.
final class StickyShares {
    private final Members members;
    private final TreeMap<String, Integer> topics;
    private final Map<String, TreeSet<TopicPartition>> shares = new HashMap<>();

    StickyShares(Members members, TreeMap<String, Integer> topics) {
        this.members = members;
        this.topics = topics;
        members.inOrder()
                .forEach(each -> shares.put(each.id(), new TreeSet<>(StickyShares::compare)));
    }

    static int compare(TopicPartition one, TopicPartition other) {
        int order = one.topic().compareTo(other.topic());
        return order != 0 ? order : Integer.compare(one.partition(), other.partition());
    }

    /// What a member says it had.
    record Claim(List<TopicPartition> owned, int generation) {}

    Map<String, List<TopicPartition>> distribute(Map<String, Claim> claims) {
        Set<TopicPartition> free = all();
        keep(claims, free);
        trim(free);
        free.forEach(each -> give(each));
        balance();
        Map<String, List<TopicPartition>> result = new HashMap<>();
        shares.forEach((id, share) -> result.put(id, new ArrayList<>(share)));
        return result;
    }

    private Set<TopicPartition> all() {
        Set<TopicPartition> all = new TreeSet<>(StickyShares::compare);
        topics.forEach((topic, count) -> {
            for (int partition = 0; partition < count; partition++) {
                all.add(new TopicPartition(topic, partition));
            }
        });
        return all;
    }

    private TreeSet<TopicPartition> share(Members.Member member) {
        TreeSet<TopicPartition> share = shares.get(member.id());
        if (share == null) {
            throw new IllegalStateException("bug: no share for " + member.id());
        }
        return share;
    }

    private void keep(Map<String, Claim> claims, Set<TopicPartition> free) {
        Map<TopicPartition, Integer> generations = new HashMap<>();
        Map<TopicPartition, Members.Member> owners = new HashMap<>();
        Set<TopicPartition> disputed = new HashSet<>();
        for (Members.Member member : members.inOrder()) {
            Claim claim = claims.getOrDefault(member.id(), new Claim(List.of(), -1));
            for (TopicPartition partition : claim.owned()) {
                Integer other = generations.get(partition);
                if (other != null && other == claim.generation()) {
                    disputed.add(partition);
                } else if (other == null || other < claim.generation()) {
                    generations.put(partition, claim.generation());
                    owners.put(partition, member);
                    disputed.remove(partition);
                }
            }
        }
        owners.forEach((partition, member) -> {
            if (!disputed.contains(partition)
                    && member.wants(partition.topic())
                    && free.remove(partition)) {
                share(member).add(partition);
            }
        });
    }

    /// Where all want the same, nobody keeps more than an even distribution gives, and as many as
    /// can keep the larger of the two sizes.
    private void trim(Set<TopicPartition> free) {
        boolean isUniform = members.inOrder().stream()
                        .map(each -> new HashSet<>(each.subscription().topics()))
                        .distinct()
                        .count()
                <= 1;
        if (!isUniform || members.inOrder().isEmpty()) {
            return;
        }
        int total = topics.values().stream().mapToInt(Integer::intValue).sum();
        int least = total / members.inOrder().size();
        int larger = total % members.inOrder().size();
        for (Members.Member member : members.inOrder()) {
            TreeSet<TopicPartition> share = share(member);
            int most = least;
            if (share.size() > least && larger > 0) {
                most++;
                larger--;
            }
            while (share.size() > most) {
                free.add(share.pollLast());
            }
        }
    }

    private void give(TopicPartition partition) {
        Members.Member poorest = poorest(partition.topic());
        if (poorest != null) {
            share(poorest).add(partition);
        }
    }

    private Members.@Nullable Member poorest(String topic) {
        Members.Member poorest = null;
        for (Members.Member member : members.inOrder()) {
            if (member.wants(topic)
                    && (poorest == null || share(member).size() < share(poorest).size())) {
                poorest = member;
            }
        }
        return poorest;
    }

    private void balance() {
        boolean moved = true;
        while (moved) {
            moved = false;
            for (Members.Member rich : members.inOrder()) {
                for (TopicPartition partition : List.copyOf(share(rich))) {
                    Members.Member poor = poorest(partition.topic());
                    if (poor != null && share(poor).size() + 1 < share(rich).size()) {
                        share(rich).remove(partition);
                        share(poor).add(partition);
                        moved = true;
                    }
                }
            }
        }
    }
}
