package io.millrace.group.assign;

import io.millrace.protocol.Uuid;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// An assignment in the making, for [Uniform].
///
/// The argument for balance: a partition is handed to the subscriber that has the fewest, scarcest
/// topics first; then partitions move from a member, directly or in a chain, to one that has at
/// least two fewer. Each move lowers the sum of the squares of the shares, so it ends.
final class Shares {
    private record Partition(Uuid topic, int number) {}

    private static final class Share {
        final String member;
        final SortedMap<Uuid, SortedSet<Integer>> partitions = new TreeMap<>();
        int size;

        Share(String member) {
            this.member = member;
        }

        void add(Uuid topic, int number) {
            partitions.computeIfAbsent(topic, absent -> new TreeSet<>()).add(number);
            size++;
        }

        int takeLast(Uuid topic) {
            SortedSet<Integer> numbers = partitions.get(topic);
            if (numbers == null || numbers.isEmpty()) {
                throw new IllegalStateException("nothing to take");
            }
            int number = numbers.last();
            numbers.remove(number);
            size--;
            return number;
        }

        boolean has(Uuid topic) {
            SortedSet<Integer> numbers = partitions.get(topic);
            return numbers != null && !numbers.isEmpty();
        }
    }

    private static final Comparator<Share> FEWEST = Comparator.<Share>comparingInt(
                    share -> share.size)
            .thenComparing(share -> share.member);

    private final GroupSpec spec;
    private final SortedMap<String, Share> shares = new TreeMap<>();
    private final SortedMap<Uuid, List<Share>> subscribers = new TreeMap<>();

    Shares(GroupSpec spec) {
        this.spec = spec;
        spec.topics().keySet().forEach(topic -> subscribers.put(topic, new ArrayList<>()));
        spec.members().forEach((id, member) -> {
            Share share = new Share(id);
            shares.put(id, share);
            for (Uuid topic : member.topics()) {
                List<Share> of = subscribers.get(topic);
                if (of != null) {
                    of.add(share);
                }
            }
        });
    }

    /// Each member keeps what it had and may still have. Where all are subscribed alike, nobody
    /// keeps more than its share, and of those who have more than the floor only as many as there
    /// are extras.
    void keep(boolean homogeneous) {
        int total = 0;
        for (int partitions : spec.topics().values()) {
            total += partitions;
        }
        int members = Math.max(shares.size(), 1);
        int floor = homogeneous ? total / members : total;
        int extras = homogeneous ? total % members : 0;
        SortedMap<Uuid, SortedSet<Integer>> taken = new TreeMap<>();
        for (Share share : byFormerSize()) {
            GroupSpec.Member member = memberOf(share);
            boolean extra = extras > 0 && valid(member) > floor;
            extras -= extra ? 1 : 0;
            int limit = extra ? floor + 1 : floor;
            member.current().partitions().forEach((topic, numbers) -> {
                for (int number : numbers) {
                    boolean free = share.size < limit
                            && mayHave(member, topic, number)
                            && taken.computeIfAbsent(topic, absent -> new TreeSet<>())
                                    .add(number);
                    if (free) {
                        share.add(topic, number);
                    }
                }
            });
        }
    }

    private GroupSpec.Member memberOf(Share share) {
        GroupSpec.Member member = spec.members().get(share.member);
        if (member == null) {
            throw new IllegalStateException("a share of nobody");
        }
        return member;
    }

    /// Those who had most come first, so that the extras go to who has them.
    private List<Share> byFormerSize() {
        List<Share> ordered = new ArrayList<>(shares.values());
        ordered.sort(Comparator.<Share>comparingInt(share -> -valid(memberOf(share)))
                .thenComparing(share -> share.member));
        return ordered;
    }

    private int valid(GroupSpec.Member member) {
        int count = 0;
        for (var topic : member.current().partitions().entrySet()) {
            for (int number : topic.getValue()) {
                count += mayHave(member, topic.getKey(), number) ? 1 : 0;
            }
        }
        return count;
    }

    private boolean mayHave(GroupSpec.Member member, Uuid topic, int number) {
        Integer partitions = spec.topics().get(topic);
        return partitions != null && number < partitions && member.topics().contains(topic);
    }

    /// What nobody kept goes to the subscriber with the fewest, topics with few subscribers first.
    void handOut() {
        List<Uuid> topics = new ArrayList<>(spec.topics().keySet());
        topics.sort(Comparator.<Uuid>comparingInt(topic -> subscribersOf(topic).size())
                .thenComparing(topic -> topic));
        Deque<Partition> free = new ArrayDeque<>();
        for (Uuid topic : topics) {
            collectFree(topic, free);
        }
        TreeSet<Share> queue = new TreeSet<>(FEWEST);
        Uuid queued = null;
        for (Partition partition : free) {
            if (!partition.topic().equals(queued)) {
                queue.clear();
                queue.addAll(subscribersOf(partition.topic()));
                queued = partition.topic();
            }
            Share least = queue.pollFirst();
            if (least != null) {
                least.add(partition.topic(), partition.number());
                queue.add(least);
            }
        }
    }

    private void collectFree(Uuid topic, Deque<Partition> free) {
        SortedSet<Integer> held = new TreeSet<>();
        for (Share share : shares.values()) {
            SortedSet<Integer> numbers = share.partitions.get(topic);
            if (numbers != null) {
                held.addAll(numbers);
            }
        }
        int partitions = spec.topics().getOrDefault(topic, 0);
        for (int number = 0; number < partitions; number++) {
            if (!held.contains(number)) {
                free.add(new Partition(topic, number));
            }
        }
    }

    private List<Share> subscribersOf(Uuid topic) {
        return subscribers.getOrDefault(topic, List.of());
    }

    /// Moves partitions until no move helps. A move may be a chain: one member passes a partition
    /// on and gets another in its place. When no chain leads from a member to one with two fewer,
    /// the shares are as even as the subscriptions allow.
    void balance() {
        boolean moved = true;
        while (moved) {
            moved = false;
            List<Share> fullest = new ArrayList<>(shares.values());
            fullest.sort(FEWEST.reversed());
            for (Share from : fullest) {
                moved |= relieve(from);
            }
        }
    }

    /// How a member is reached: somebody passes it a partition of the topic.
    private record Step(Share from, Uuid topic) {}

    /// Stands for the topic of the step to where a search begins.
    private static final Uuid FIRST = Uuid.ZERO;

    private boolean relieve(Share from) {
        Map<Share, Step> reached = new HashMap<>();
        reached.put(from, new Step(from, FIRST));
        Set<Uuid> topicsSeen = new HashSet<>();
        Deque<Share> queue = new ArrayDeque<>(List.of(from));
        Share best = from;
        for (Share at = queue.poll(); at != null; at = queue.poll()) {
            for (Uuid topic : at.partitions.keySet()) {
                if (at.has(topic) && topicsSeen.add(topic)) {
                    best = reach(new Step(at, topic), best, reached, queue);
                }
            }
        }
        if (from.size - best.size < 2) {
            return false;
        }
        Share to = best;
        for (Step step = reached.get(to); step != null && to != from; step = reached.get(to)) {
            to.add(step.topic(), step.from().takeLast(step.topic()));
            to = step.from();
        }
        return true;
    }

    /// Adds the topic's subscribers to what is reached; returns the one with the fewest so far.
    private Share reach(Step step, Share best, Map<Share, Step> reached, Deque<Share> queue) {
        Share fewest = best;
        for (Share to : subscribersOf(step.topic())) {
            if (reached.putIfAbsent(to, step) == null) {
                queue.add(to);
                fewest = to.size < fewest.size ? to : fewest;
            }
        }
        return fewest;
    }

    SortedMap<String, Assignment> result() {
        SortedMap<String, Assignment> result = new TreeMap<>();
        shares.forEach((member, share) -> result.put(member, new Assignment(share.partitions)));
        return result;
    }
}
