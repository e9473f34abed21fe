package io.millrace.broker.ours;

import static io.millrace.broker.ours.OwnCluster.TICK;
import static io.millrace.broker.ours.OwnCluster.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.clients.consumer.CommitFailedException;
import io.millrace.clients.consumer.ConsumerRebalanceListener;
import io.millrace.clients.consumer.KafkaConsumer;
import io.millrace.common.TopicPartition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Our consumers in groups of our broker, over sockets and without.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
final class OwnGroupsIT {
    private static final int PARTITIONS = 3;
    private OwnCluster cluster;

    @BeforeAll
    void start(@TempDir Path folder) {
        cluster = OwnCluster.start(folder);
    }

    @AfterAll
    void stop() {
        cluster.close();
    }

    private static Object[] settings(String group, String protocol, String assignor) {
        return protocol.equals("consumer")
                ? new Object[] {
                    "group.id", group,
                    "group.protocol", "consumer",
                    "group.remote.assignor", assignor
                }
                : new Object[] {
                    "group.id",
                    group,
                    "group.protocol",
                    "classic",
                    "partition.assignment.strategy",
                    "io.millrace.clients.consumer." + assignor
                };
    }

    private static Object[] with(Object[] settings, Object... more) {
        List<Object> all = new ArrayList<>(List.of(settings));
        all.addAll(List.of(more));
        return all.toArray();
    }

    /// The members of a group and what they read, on one thread: each polls in its turn.
    private final class Crew {
        private final String name;
        private final List<KafkaConsumer<String, String>> members = new ArrayList<>();
        private final List<String> read = new ArrayList<>();
        private int sent;

        Crew(String name) throws Exception {
            this.name = name;
            cluster.topic(name + "-a", PARTITIONS);
            cluster.topic(name + "-b", PARTITIONS);
        }

        List<String> topics() {
            return List.of(name + "-a", name + "-b");
        }

        void join(KafkaConsumer<String, String> member) {
            member.subscribe(topics());
            members.add(member);
        }

        /// Sends records to every partition, and polls until each member has its share and every
        /// record was read: once.
        void settle(boolean isByTopic) throws Exception {
            until(() -> isShared(isByTopic), this::poll);
            cluster.number(name + "-a", PARTITIONS, sent, sent + 60);
            cluster.number(name + "-b", PARTITIONS, sent + 60, sent + 120);
            sent += 120;
            until(() -> read.size() >= sent, this::poll);
            List<String> sorted = read.stream()
                    .map(Integer::valueOf)
                    .sorted()
                    .map(String::valueOf)
                    .toList();
            assertEquals(IntStream.range(0, sent).mapToObj(String::valueOf).toList(), sorted);
        }

        private void poll() {
            members.forEach(each -> each.poll(TICK).forEach(record -> read.add(record.value())));
        }

        /// Every partition has one owner, and nobody has two more than another.
        private boolean isShared(boolean isByTopic) {
            List<TopicPartition> all = new ArrayList<>();
            members.forEach(each -> all.addAll(each.assignment()));
            Set<TopicPartition> different = new HashSet<>(all);
            if (different.size() != 2 * PARTITIONS || all.size() != different.size()) {
                return false;
            }
            if (isByTopic) {
                return topics().stream()
                        .allMatch(topic -> isEven(members.stream()
                                .map(each -> (int) each.assignment().stream()
                                        .filter(one -> one.topic().equals(topic))
                                        .count())
                                .toList()));
            }
            return isEven(members.stream().map(each -> each.assignment().size()).toList());
        }

        private static boolean isEven(List<Integer> sizes) {
            var range = sizes.stream().mapToInt(Integer::intValue).summaryStatistics();
            return range.getMax() - range.getMin() <= 1;
        }

        void close() {
            members.forEach(KafkaConsumer::close);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "classic,RangeAssignor,false", "classic,RangeAssignor,true",
        "classic,RoundRobinAssignor,false", "classic,RoundRobinAssignor,true",
        "classic,StickyAssignor,false", "classic,StickyAssignor,true",
        "classic,CooperativeStickyAssignor,false", "classic,CooperativeStickyAssignor,true",
        "consumer,uniform,false", "consumer,uniform,true",
        "consumer,range,false", "consumer,range,true"
    })
    void membersComeAndGoAndEveryRecordIsReadOnce(String protocol, String assignor, boolean isLocal)
            throws Exception {
        Crew crew = new Crew("share-" + protocol + "-" + assignor + "-" + isLocal);
        Object[] settings = settings(crew.name, protocol, assignor);
        boolean isByTopic = assignor.toLowerCase(java.util.Locale.ROOT).startsWith("range");
        boolean isSticky = assignor.contains("Sticky") || assignor.equals("uniform");
        try {
            crew.join(cluster.consumer(isLocal, settings));
            crew.settle(isByTopic);
            for (int i = 0; i < 2; i++) {
                Map<KafkaConsumer<String, String>, Set<TopicPartition>> before = new HashMap<>();
                crew.members.forEach(each -> before.put(each, each.assignment()));
                crew.join(cluster.consumer(isLocal, settings));
                crew.settle(isByTopic);
                if (isSticky) {
                    before.forEach((each, had) -> assertTrue(had.containsAll(each.assignment())));
                }
            }
            crew.members.remove(1).close();
            crew.settle(isByTopic);
            crew.members.removeFirst().unsubscribe();
            crew.settle(isByTopic);
        } finally {
            crew.close();
        }
    }

    @ParameterizedTest
    @CsvSource({"classic,RangeAssignor", "classic,CooperativeStickyAssignor", "consumer,uniform"})
    void aStaticMemberKeepsItsPartitionsOverARestart(String protocol, String assignor)
            throws Exception {
        Crew crew = new Crew("static-" + protocol + "-" + assignor);
        Object[] settings = settings(crew.name, protocol, assignor);
        Object[] fixed = with(settings, "group.instance.id", "one");
        try {
            crew.join(cluster.consumer(false, settings));
            crew.join(cluster.consumer(true, fixed));
            crew.settle(assignor.startsWith("Range"));
            KafkaConsumer<String, String> other = crew.members.getFirst();
            Set<TopicPartition> theirs = other.assignment();
            KafkaConsumer<String, String> first = crew.members.removeLast();
            Set<TopicPartition> before = first.assignment();
            int generation = other.groupMetadata().generationId();
            first.close();
            crew.join(cluster.consumer(false, fixed));
            crew.settle(assignor.startsWith("Range"));
            assertEquals(before, crew.members.getLast().assignment());
            assertEquals(theirs, other.assignment());
            assertEquals(generation, other.groupMetadata().generationId());
        } finally {
            crew.close();
        }
    }

    private static final class Losses implements ConsumerRebalanceListener {
        final Set<TopicPartition> held = new HashSet<>();
        final List<Set<TopicPartition>> lost = new ArrayList<>();

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            held.addAll(partitions);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            assertTrue(held.removeAll(partitions));
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> partitions) {
            lost.add(Set.copyOf(partitions));
            assertTrue(held.removeAll(partitions));
        }
    }

    @ParameterizedTest
    @CsvSource({"classic,RangeAssignor", "classic,CooperativeStickyAssignor", "consumer,uniform"})
    void whoDoesNotPollIsOutUntilItDoes(String protocol, String assignor) throws Exception {
        String topic = "idle-" + protocol + "-" + assignor;
        cluster.topic(topic, 4);
        Object[] settings = with(settings(topic, protocol, assignor), "enable.auto.commit", false);
        Losses heard = new Losses();
        try (var slow = cluster.consumer(false, with(settings, "max.poll.interval.ms", 2_000));
                var other = cluster.consumer(true, settings)) {
            slow.subscribe(List.of(topic), heard);
            until(() -> slow.assignment().size() == 4, () -> slow.poll(TICK));
            cluster.number(topic, 4, 0, 40);
            List<String> read = new ArrayList<>();
            until(
                    () -> !read.isEmpty(),
                    () -> slow.poll(TICK).forEach(each -> read.add(each.value())));
            other.subscribe(List.of(topic));
            Set<String> taken = new HashSet<>();
            until(
                    () -> other.assignment().size() == 4 && taken.size() == 40,
                    () -> other.poll(TICK).forEach(each -> taken.add(each.value())));
            assertThrows(CommitFailedException.class, slow::commitSync);
            until(() -> slow.assignment().size() == 2 && other.assignment().size() == 2, () -> {
                slow.poll(TICK);
                other.poll(TICK);
            });
            Set<TopicPartition> lost =
                    heard.lost.stream().flatMap(Set::stream).collect(Collectors.toSet());
            assertTrue(!lost.isEmpty(), lost.toString());
            assertEquals(slow.assignment(), heard.held);
            slow.commitSync();
        }
        assertEquals(Set.of(), heard.held);
    }
}
