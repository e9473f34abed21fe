package io.millrace.group.assign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.protocol.Uuid;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.coordinator.group.api.assignor.ConsumerGroupPartitionAssignor;
import org.apache.kafka.coordinator.group.api.assignor.MemberAssignment;
import org.apache.kafka.coordinator.group.api.assignor.SubscribedTopicDescriber;
import org.apache.kafka.coordinator.group.api.assignor.SubscriptionType;
import org.apache.kafka.coordinator.group.assignor.RangeAssignor;
import org.apache.kafka.coordinator.group.assignor.UniformAssignor;
import org.apache.kafka.coordinator.group.modern.GroupSpecImpl;
import org.apache.kafka.coordinator.group.modern.MemberSubscriptionAndAssignmentImpl;
import org.junit.jupiter.api.Test;

/// Our assignors beside Kafka's on random groups: range gives the same; uniform is as even and
/// keeps as much.
final class AssignorOracleTest {
    private static final int GROUPS = 2_000;

    @Test
    void rangeAssignsAsKafkaDoes() {
        for (int seed = 0; seed < GROUPS; seed++) {
            GroupSpec spec = randomSpec(new Random(seed), seed % 2 == 0);
            assertEquals(
                    kafka(new RangeAssignor(), spec), new Range().assign(spec), "seed " + seed);
        }
    }

    @Test
    void uniformIsAsEvenAsKafkaAndKeepsAsMuch() {
        for (int seed = 0; seed < GROUPS; seed++) {
            GroupSpec spec = randomSpec(new Random(seed), true);
            SortedMap<String, Assignment> ours = new Uniform().assign(spec);
            SortedMap<String, Assignment> theirs = kafka(new UniformAssignor(), spec);
            assertValid(spec, ours);
            assertEquals(sizes(theirs), sizes(ours), "seed " + seed);
            assertTrue(
                    kept(spec, ours) >= kept(spec, theirs),
                    "seed " + seed + ": keeps " + kept(spec, ours) + ", Kafka keeps "
                            + kept(spec, theirs));
        }
    }

    @Test
    void uniformWithDifferentSubscriptionsIsAsEvenAsKafka() {
        for (int seed = 0; seed < GROUPS; seed++) {
            GroupSpec spec = randomSpec(new Random(seed), false);
            SortedMap<String, Assignment> ours = new Uniform().assign(spec);
            assertValid(spec, ours);
            long squares = squares(kafka(new UniformAssignor(), spec));
            assertTrue(
                    squares(ours) <= squares,
                    "seed " + seed + ": " + sizes(ours) + " against Kafka's "
                            + sizes(kafka(new UniformAssignor(), spec)));
        }
    }

    @Test
    void uniformGivesWhatItGaveWhenNothingChanged() {
        for (int seed = 0; seed < GROUPS; seed++) {
            GroupSpec spec = randomSpec(new Random(seed), seed % 2 == 0);
            SortedMap<String, Assignment> first = new Uniform().assign(spec);
            SortedMap<String, GroupSpec.Member> members = new TreeMap<>();
            spec.members()
                    .forEach((id, member) -> members.put(
                            id,
                            new GroupSpec.Member(
                                    member.instanceId(),
                                    member.topics(),
                                    Objects.requireNonNull(first.get(id)))));
            assertEquals(
                    first,
                    new Uniform().assign(new GroupSpec(members, spec.topics())),
                    "seed " + seed);
        }
    }

    private static GroupSpec randomSpec(Random random, boolean homogeneous) {
        SortedMap<Uuid, Integer> topics = new TreeMap<>();
        int topicCount = 1 + random.nextInt(5);
        for (int i = 0; i < topicCount; i++) {
            topics.put(new Uuid(1, i + 1), 1 + random.nextInt(12));
        }
        List<Uuid> ids = new ArrayList<>(topics.keySet());
        int memberCount = 1 + random.nextInt(8);
        Map<String, SortedMap<Uuid, SortedSet<Integer>>> current = new HashMap<>();
        for (Uuid topic : ids) {
            for (int p = 0; p < topics.getOrDefault(topic, 0); p++) {
                int holder = random.nextInt(memberCount + 2);
                if (holder < memberCount) {
                    current.computeIfAbsent("member-" + holder, _ -> new TreeMap<>())
                            .computeIfAbsent(topic, _ -> new TreeSet<>())
                            .add(p);
                }
            }
        }
        SortedMap<String, GroupSpec.Member> members = new TreeMap<>();
        for (int i = 0; i < memberCount; i++) {
            SortedSet<Uuid> subscribed = new TreeSet<>(ids);
            if (!homogeneous) {
                subscribed.removeIf(_ -> random.nextInt(3) == 0);
            }
            String id = "member-" + i;
            SortedMap<Uuid, SortedSet<Integer>> had = current.getOrDefault(id, new TreeMap<>());
            had.keySet().retainAll(subscribed);
            members.put(
                    id,
                    new GroupSpec.Member(
                            random.nextInt(3) == 0 ? "instance-" + (9 - i) : null,
                            subscribed,
                            random.nextBoolean() ? new Assignment(had) : Assignment.NONE));
        }
        SortedMap<Uuid, Integer> used = new TreeMap<>(topics);
        used.keySet()
                .removeIf(topic -> members.values().stream()
                        .noneMatch(member -> member.topics().contains(topic)));
        return new GroupSpec(members, used);
    }

    private static SortedMap<String, Assignment> kafka(
            ConsumerGroupPartitionAssignor assignor, GroupSpec spec) {
        Map<String, MemberSubscriptionAndAssignmentImpl> members = new HashMap<>();
        Map<org.apache.kafka.common.Uuid, Map<Integer, String>> owners = new HashMap<>();
        spec.members().forEach((id, member) -> {
            Map<org.apache.kafka.common.Uuid, Set<Integer>> had = new HashMap<>();
            member.current().partitions().forEach((topic, numbers) -> {
                had.put(theirs(topic), new HashSet<>(numbers));
                numbers.forEach(
                        number -> owners.computeIfAbsent(theirs(topic), _ -> new HashMap<>())
                                .put(number, id));
            });
            Set<org.apache.kafka.common.Uuid> topics = new HashSet<>();
            member.topics().forEach(topic -> topics.add(theirs(topic)));
            members.put(
                    id,
                    new MemberSubscriptionAndAssignmentImpl(
                            Optional.empty(),
                            Optional.ofNullable(member.instanceId()),
                            topics,
                            new org.apache.kafka.coordinator.group.modern.Assignment(had)));
        });
        SubscribedTopicDescriber describer = new SubscribedTopicDescriber() {
            @Override
            public int numPartitions(org.apache.kafka.common.Uuid topic) {
                return spec.topics().getOrDefault(ours(topic), -1);
            }

            @Override
            public Set<String> racksForPartition(
                    org.apache.kafka.common.Uuid topic, int partition) {
                return Set.of();
            }
        };
        SortedMap<String, Assignment> result = new TreeMap<>();
        var kafkas = assignor.assign(
                new GroupSpecImpl(
                        members,
                        spec.isHomogeneous()
                                ? SubscriptionType.HOMOGENEOUS
                                : SubscriptionType.HETEROGENEOUS,
                        owners),
                describer);
        spec.members()
                .keySet()
                .forEach(id ->
                        result.put(id, ours(Optional.ofNullable(kafkas.members().get(id)))));
        return result;
    }

    private static Assignment ours(Optional<MemberAssignment> theirs) {
        SortedMap<Uuid, SortedSet<Integer>> partitions = new TreeMap<>();
        theirs.ifPresent(one -> one.partitions()
                .forEach((topic, numbers) -> partitions.put(ours(topic), new TreeSet<>(numbers))));
        return new Assignment(partitions);
    }

    private static org.apache.kafka.common.Uuid theirs(Uuid id) {
        return new org.apache.kafka.common.Uuid(id.high(), id.low());
    }

    private static Uuid ours(org.apache.kafka.common.Uuid id) {
        return new Uuid(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }

    private static List<Integer> sizes(SortedMap<String, Assignment> assignments) {
        return assignments.values().stream().map(Assignment::size).sorted().toList();
    }

    private static long squares(SortedMap<String, Assignment> assignments) {
        return assignments.values().stream()
                .mapToLong(one -> (long) one.size() * one.size())
                .sum();
    }

    private static int kept(GroupSpec spec, SortedMap<String, Assignment> assignments) {
        int kept = 0;
        for (var member : spec.members().entrySet()) {
            for (var topic : member.getValue().current().partitions().entrySet()) {
                SortedSet<Integer> both = new TreeSet<>(topic.getValue());
                both.retainAll(assignments
                        .getOrDefault(member.getKey(), Assignment.NONE)
                        .of(topic.getKey()));
                kept += both.size();
            }
        }
        return kept;
    }

    /// Every partition goes to exactly one of its subscribers.
    private static void assertValid(GroupSpec spec, SortedMap<String, Assignment> assignments) {
        Map<Uuid, SortedSet<Integer>> seen = new TreeMap<>();
        assignments.forEach((id, assignment) -> assignment
                .partitions()
                .forEach((topic, numbers) -> {
                    assertTrue(Objects.requireNonNull(spec.members().get(id))
                            .topics()
                            .contains(topic));
                    for (int number : numbers) {
                        assertTrue(seen.computeIfAbsent(topic, _ -> new TreeSet<>())
                                .add(number));
                    }
                }));
        spec.topics()
                .forEach((topic, partitions) -> assertEquals(
                        partitions, seen.getOrDefault(topic, new TreeSet<>()).size()));
    }
}
