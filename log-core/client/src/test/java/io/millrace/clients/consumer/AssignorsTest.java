package io.millrace.clients.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.clients.consumer.ConsumerPartitionAssignor.Assignment;
import io.millrace.clients.consumer.ConsumerPartitionAssignor.GroupSubscription;
import io.millrace.clients.consumer.ConsumerPartitionAssignor.Subscription;
import io.millrace.common.Cluster;
import io.millrace.common.Node;
import io.millrace.common.PartitionInfo;
import io.millrace.common.TopicPartition;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Range and round robin give what Kafka's give; the sticky ones are even and move as little as
/// they can.
@SuppressWarnings("NullAway") // what is missing fails the test
class AssignorsTest {
    private static final Node NODE = new Node(0, "h", 1);

    private static Cluster cluster(Map<String, Integer> topics) {
        List<PartitionInfo> all = new ArrayList<>();
        topics.forEach((topic, count) -> {
            for (int i = 0; i < count; i++) {
                all.add(new PartitionInfo(topic, i, NODE, new Node[] {NODE}, new Node[] {NODE}));
            }
        });
        return new Cluster("c", List.of(NODE), all, Set.of(), Set.of());
    }

    private static org.apache.kafka.common.Cluster theirCluster(Map<String, Integer> topics) {
        var node = new org.apache.kafka.common.Node(0, "h", 1);
        List<org.apache.kafka.common.PartitionInfo> all = new ArrayList<>();
        topics.forEach((topic, count) -> {
            for (int i = 0; i < count; i++) {
                var nodes = new org.apache.kafka.common.Node[] {node};
                all.add(new org.apache.kafka.common.PartitionInfo(topic, i, node, nodes, nodes));
            }
        });
        return new org.apache.kafka.common.Cluster("c", List.of(node), all, Set.of(), Set.of());
    }

    private static Map<String, Set<String>> named(Map<String, Assignment> made) {
        Map<String, Set<String>> result = new TreeMap<>();
        made.forEach((id, share) -> {
            Set<String> names = new HashSet<>();
            share.partitions().forEach(each -> names.add(each.toString()));
            result.put(id, names);
        });
        return result;
    }

    @ParameterizedTest
    @ValueSource(strings = {"range", "roundrobin"})
    void theSimpleOnesAgreeWithKafka(String name) {
        Random random = new Random(name.hashCode());
        for (int round = 0; round < 500; round++) {
            Map<String, Integer> topics = new TreeMap<>();
            for (int t = 0; t <= random.nextInt(4); t++) {
                topics.put("topic" + t, 1 + random.nextInt(9));
            }
            Map<String, Subscription> ours = new HashMap<>();
            Map<String, org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Subscription>
                    theirs = new HashMap<>();
            int members = 1 + random.nextInt(6);
            for (int m = 0; m < members; m++) {
                List<String> wanted = new ArrayList<>(topics.keySet());
                wanted.add("missing");
                wanted.removeIf(topic -> random.nextInt(4) == 0);
                Optional<String> instance = random.nextInt(3) == 0
                        ? Optional.of("i" + random.nextInt(100) + "-" + m)
                        : Optional.empty();
                Subscription subscription = new Subscription(wanted);
                subscription.setGroupInstanceId(instance);
                String id = "m" + random.nextInt(1000) + "-" + m;
                ours.put(id, subscription);
                var their =
                        new org.apache.kafka.clients.consumer.ConsumerPartitionAssignor
                                .Subscription(wanted);
                their.setGroupInstanceId(instance);
                theirs.put(id, their);
            }
            var made = ("range".equals(name) ? new RangeAssignor() : new RoundRobinAssignor())
                    .assign(cluster(topics), new GroupSubscription(ours))
                    .groupAssignment();
            var expected = ("range".equals(name)
                            ? new org.apache.kafka.clients.consumer.RangeAssignor()
                            : new org.apache.kafka.clients.consumer.RoundRobinAssignor())
                    .assign(
                            theirCluster(topics),
                            new org.apache.kafka.clients.consumer.ConsumerPartitionAssignor
                                    .GroupSubscription(theirs))
                    .groupAssignment();
            Map<String, Set<String>> expectedNames = new TreeMap<>();
            expected.forEach((id, share) -> {
                Set<String> names = new HashSet<>();
                share.partitions().forEach(each -> names.add(each.toString()));
                expectedNames.put(id, names);
            });
            assertEquals(expectedNames, named(made), "round " + round);
        }
    }

    @Test
    void stickyIsEvenAndMovesLittle() {
        Random random = new Random(3);
        for (int round = 0; round < 200; round++) {
            int partitions = 1 + random.nextInt(40);
            Cluster cluster = cluster(Map.of("t", partitions));
            Map<String, List<TopicPartition>> owned = new TreeMap<>();
            for (int step = 0; step < 5; step++) {
                if (owned.size() > 1 && random.nextInt(3) == 0) {
                    owned.remove(owned.keySet().iterator().next());
                } else {
                    owned.put("m" + round + step, List.of());
                }
                Map<String, Subscription> group = new HashMap<>();
                owned.forEach((id, had) -> group.put(
                        id, new Subscription(List.of("t"), StickyAssignor.write(had, 5))));
                Map<String, Assignment> made = new StickyAssignor()
                        .assign(cluster, new GroupSubscription(group))
                        .groupAssignment();
                checkEven(partitions, made);
                int least = partitions / owned.size();
                owned.forEach((id, had) -> {
                    Set<TopicPartition> kept = new HashSet<>(had);
                    kept.retainAll(made.get(id).partitions());
                    assertTrue(kept.size() >= Math.min(had.size(), least));
                });
                made.forEach((id, share) -> owned.put(id, List.copyOf(share.partitions())));
            }
        }
    }

    private static void checkEven(int partitions, Map<String, Assignment> made) {
        Set<TopicPartition> all = new HashSet<>();
        int smallest = Integer.MAX_VALUE;
        int largest = 0;
        for (Assignment share : made.values()) {
            share.partitions().forEach(each -> assertTrue(all.add(each)));
            smallest = Math.min(smallest, share.partitions().size());
            largest = Math.max(largest, share.partitions().size());
        }
        assertEquals(partitions, all.size());
        assertTrue(largest - smallest <= 1);
    }

    @Test
    void cooperativeStickyNeverGivesWhatAnotherStillHas() {
        Cluster cluster = cluster(Map.of("t", 6));
        List<TopicPartition> all = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            all.add(new TopicPartition("t", i));
        }
        Map<String, Subscription> group = new HashMap<>();
        group.put("old", new Subscription(List.of("t"), null, all, 4, Optional.empty()));
        group.put("new", new Subscription(List.of("t"), null, List.of(), -1, Optional.empty()));
        var first = new CooperativeStickyAssignor()
                .assign(cluster, new GroupSubscription(group))
                .groupAssignment();
        assertEquals(3, first.get("old").partitions().size());
        assertEquals(0, first.get("new").partitions().size());
        group.put(
                "old",
                new Subscription(
                        List.of("t"), null, first.get("old").partitions(), 5, Optional.empty()));
        var second = new CooperativeStickyAssignor()
                .assign(cluster, new GroupSubscription(group))
                .groupAssignment();
        assertEquals(3, second.get("old").partitions().size());
        assertEquals(3, second.get("new").partitions().size());
    }

    @Test
    @SuppressWarnings("removal")
    void stickyUserDataIsKafkas() {
        ByteBuffer data = StickyAssignor.write(
                List.of(
                        new TopicPartition("a", 1),
                        new TopicPartition("a", 2),
                        new TopicPartition("b", 0)),
                9);
        var theirs = new org.apache.kafka.clients.consumer.StickyAssignor();
        theirs.onAssignment(
                new org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Assignment(List.of(
                        new org.apache.kafka.common.TopicPartition("a", 1),
                        new org.apache.kafka.common.TopicPartition("a", 2),
                        new org.apache.kafka.common.TopicPartition("b", 0))),
                new org.apache.kafka.clients.consumer.ConsumerGroupMetadata(
                        "g", 9, "m", Optional.empty()));
        ByteBuffer expected = theirs.subscriptionUserData(Set.of("a", "b"));
        assertEquals(expected.remaining(), data.remaining());
        assertEquals(
                new HashSet<>(StickyAssignor.read(data).owned()),
                new HashSet<>(StickyAssignor.read(expected).owned()));
        assertEquals(9, StickyAssignor.read(expected).generation());
    }
}
