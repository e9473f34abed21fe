package io.millrace.platform.conformance.client;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/// Groups: one owner a partition, whoever comes and goes; with the classic protocol in all its
/// forms, and with the newer one where the release has it.
public final class GroupScenarios {
    private static final String ASSIGNORS = "org.apache.kafka.clients.consumer.";

    private final Cluster cluster;

    public GroupScenarios(String bootstrap, String version) {
        cluster = new Cluster(bootstrap, version);
    }

    private static Map<String, Object> classic(String assignor) {
        return Map.of(
                "partition.assignment.strategy", ASSIGNORS + assignor,
                "session.timeout.ms", "10000",
                "heartbeat.interval.ms", "200");
    }

    private static void settle(List<Member> members, int partitions) {
        Cluster.await("every partition with one owner", () -> {
            members.forEach(Member::poll);
            Set<TopicPartition> owned = new HashSet<>();
            int sum = 0;
            for (Member member : members) {
                owned.addAll(member.consumer.assignment());
                sum += member.consumer.assignment().size();
                if (member.consumer.assignment().isEmpty()) {
                    return false;
                }
            }
            return owned.size() == partitions && sum == partitions;
        });
    }

    /// Members come and go while a producer writes; each record is read once, and no partition has
    /// two owners by what the listeners were told.
    private void joinAndLeave(String what, Map<String, Object> settings) throws Exception {
        String topic = cluster.topic(what, 6, Map.of());
        String group = cluster.name(what);
        Map<TopicPartition, String> owners = new HashMap<>();
        List<String> read = new ArrayList<>();
        List<String> written = new ArrayList<>();
        Member first = new Member(cluster.member(group, settings), "first", owners, read);
        Member second = new Member(cluster.member(group, settings), "second", owners, read);
        Member third = new Member(cluster.member(group, settings), "third", owners, read);
        try (KafkaProducer<String, String> producer = cluster.producer(Map.of())) {
            first.subscribe(List.of(topic));
            settle(List.of(first), 6);
            send(producer, topic, written, 60);
            second.subscribe(List.of(topic));
            settle(List.of(first, second), 6);
            send(producer, topic, written, 60);
            third.subscribe(List.of(topic));
            settle(List.of(first, second, third), 6);
            assertEquals(2, third.consumer.assignment().size());
            send(producer, topic, written, 60);
            Cluster.await("all records", () -> {
                List.of(first, second, third).forEach(Member::poll);
                return read.size() >= written.size();
            });
            second.close();
            settle(List.of(first, third), 6);
            send(producer, topic, written, 60);
            Cluster.await("the last records", () -> {
                List.of(first, third).forEach(Member::poll);
                return read.size() >= written.size();
            });
            assertEquals(new TreeSet<>(written), new TreeSet<>(read));
            assertEquals(written.size(), read.size());
        } finally {
            List.of(first, second, third).forEach(Member::close);
        }
        assertEquals(Map.of(), owners, "all was given back");
    }

    private static void send(
            KafkaProducer<String, String> producer, String topic, List<String> written, int count) {
        for (int i = 0; i < count; i++) {
            String value = "" + written.size();
            written.add(value);
            producer.send(new ProducerRecord<>(topic, i % 6, null, value));
        }
        producer.flush();
    }

    public void eagerMembersShareATopic() throws Exception {
        joinAndLeave("eager", classic("RangeAssignor"));
    }

    public void cooperativeMembersShareATopic() throws Exception {
        joinAndLeave("cooperative", classic("CooperativeStickyAssignor"));
    }

    public void modernMembersShareATopic() throws Exception {
        if (cluster.isAtLeast("4")) {
            joinAndLeave("modern", Map.of("group.protocol", "consumer"));
            joinAndLeave(
                    "modern-range",
                    Map.of("group.protocol", "consumer", "group.remote.assignor", "range"));
        }
    }

    public void aStaticMemberComesBackToItsPartitions() throws Exception {
        staticMember("static", classic("RangeAssignor"));
        if (cluster.isAtLeast("4")) {
            staticMember("static-modern", Map.of("group.protocol", "consumer"));
        }
    }

    private void staticMember(String what, Map<String, Object> settings) throws Exception {
        String topic = cluster.topic(what, 4, Map.of());
        String group = cluster.name(what);
        Map<TopicPartition, String> owners = new HashMap<>();
        Map<String, Object> one = new HashMap<>(settings);
        one.put("group.instance.id", "one");
        Map<String, Object> two = new HashMap<>(settings);
        two.put("group.instance.id", "two");
        Member second = new Member(cluster.member(group, two), "second", owners, List.of());
        Set<TopicPartition> before;
        try (KafkaConsumer<String, String> first = cluster.member(group, one)) {
            first.subscribe(List.of(topic));
            second.subscribe(List.of(topic));
            Cluster.await("both have some", () -> {
                first.poll(Cluster.SHORT);
                second.poll();
                return first.assignment().size() == 2
                        && second.consumer.assignment().size() == 2;
            });
            before = Set.copyOf(first.assignment());
        }
        int told = second.assigned;
        try (KafkaConsumer<String, String> again = cluster.member(group, one)) {
            again.subscribe(List.of(topic));
            Cluster.await("the same partitions", () -> {
                again.poll(Cluster.SHORT);
                second.poll();
                return again.assignment().equals(before);
            });
            assertEquals(told, second.assigned, "the other member noticed nothing");
        } finally {
            second.close();
        }
    }

    public void patternsFindTopicsThatAppearLater() throws Exception {
        String prefix = cluster.name("pattern").replace('.', '_');
        cluster.topic("unrelated", 1, Map.of());
        try (Admin admin = cluster.admin();
                KafkaConsumer<String, String> consumer = cluster.member(
                        cluster.name("pattern"), Map.of("metadata.max.age.ms", "300"))) {
            create(admin, prefix + "-1");
            consumer.subscribe(Pattern.compile(prefix + "-.*"));
            Cluster.await("the first topic", () -> {
                consumer.poll(Cluster.SHORT);
                return consumer.assignment().equals(Set.of(new TopicPartition(prefix + "-1", 0)));
            });
            create(admin, prefix + "-2");
            Cluster.await("the second topic", () -> {
                consumer.poll(Cluster.SHORT);
                return consumer.assignment().size() == 2;
            });
        }
    }

    static void create(Admin admin, String topic) throws Exception {
        Cluster.get(admin.createTopics(
                        List.of(new org.apache.kafka.clients.admin.NewTopic(topic, 1, (short) 1)))
                .all());
    }

    public void committedPositionsAreWhereTheNextMemberBegins() throws Exception {
        positions("positions", classic("RangeAssignor"));
        if (cluster.isAtLeast("4")) {
            positions("positions-modern", Map.of("group.protocol", "consumer"));
        }
    }

    private void positions(String what, Map<String, Object> settings) throws Exception {
        String topic = cluster.topic(what, 1, Map.of());
        String group = cluster.name(what);
        TopicPartition partition = new TopicPartition(topic, 0);
        cluster.write(
                topic, 0, IntStream.range(0, 10).mapToObj(i -> "" + i).toArray(String[]::new));
        List<String> read = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = cluster.member(group, settings)) {
            consumer.subscribe(List.of(topic));
            Cluster.await("the records", () -> {
                consumer.poll(Cluster.SHORT).forEach(record -> read.add(record.value()));
                return read.size() >= 10;
            });
            consumer.commitSync(Map.of(partition, new OffsetAndMetadata(7)));
        }
        read.clear();
        Map<String, Object> committing = new HashMap<>(settings);
        committing.put("enable.auto.commit", "true");
        try (KafkaConsumer<String, String> consumer = cluster.member(group, committing)) {
            consumer.subscribe(List.of(topic));
            Cluster.await("the rest", () -> {
                consumer.poll(Cluster.SHORT).forEach(record -> read.add(record.value()));
                return read.size() >= 3;
            });
            assertEquals(List.of("7", "8", "9"), read);
        }
        try (Admin admin = cluster.admin()) {
            Map<TopicPartition, OffsetAndMetadata> offsets = Cluster.get(
                    admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
            assertEquals(
                    10, requireNonNull(offsets.get(partition)).offset(), "committed by closing");
        }
    }

    public void aSilentMemberLosesItsPartitions() throws Exception {
        String topic = cluster.topic("silent", 2, Map.of());
        Map<String, Object> settings = new HashMap<>(classic("RangeAssignor"));
        settings.put("session.timeout.ms", "6000");
        settings.put("max.poll.interval.ms", "6000");
        String group = cluster.name("silent");
        try (KafkaConsumer<String, String> silent = cluster.member(group, settings);
                KafkaConsumer<String, String> other = cluster.member(group, settings)) {
            silent.subscribe(List.of(topic));
            Cluster.await("both partitions", () -> {
                silent.poll(Cluster.SHORT);
                return silent.assignment().size() == 2;
            });
            other.subscribe(List.of(topic));
            Cluster.await("both partitions, taken over", () -> {
                other.poll(Cluster.SHORT);
                return other.assignment().size() == 2;
            });
            String problem = "";
            try {
                silent.commitSync(Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(1)));
            } catch (org.apache.kafka.clients.consumer.CommitFailedException e) {
                problem = e.getClass().getSimpleName();
            }
            assertEquals("CommitFailedException", problem);
        }
    }

    public void partitionsThatAreAddedAreShared() throws Exception {
        String topic = cluster.topic("growing", 1, Map.of());
        try (Admin admin = cluster.admin();
                KafkaConsumer<String, String> consumer = cluster.member(
                        cluster.name("growing"), Map.of("metadata.max.age.ms", "300"))) {
            consumer.subscribe(List.of(topic));
            Cluster.await("one", () -> {
                consumer.poll(Cluster.SHORT);
                return consumer.assignment().size() == 1;
            });
            Cluster.get(admin.createPartitions(Map.of(
                            topic, org.apache.kafka.clients.admin.NewPartitions.increaseTo(3)))
                    .all());
            Cluster.await("three", () -> {
                consumer.poll(Cluster.SHORT);
                return consumer.assignment().size() == 3;
            });
        }
    }

    @SuppressWarnings("removal") // All that the older releases have.
    public void groupsAreDescribedAndDeleted() throws Exception {
        String topic = cluster.topic("described", 2, Map.of());
        String group = cluster.name("described");
        try (Admin admin = cluster.admin()) {
            try (KafkaConsumer<String, String> consumer = cluster.member(group, Map.of())) {
                consumer.subscribe(List.of(topic));
                Cluster.await("both", () -> {
                    consumer.poll(Cluster.SHORT);
                    return consumer.assignment().size() == 2;
                });
                consumer.commitSync(Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(0)));
                var described =
                        Cluster.get(requireNonNull(admin.describeConsumerGroups(List.of(group))
                                .describedGroups()
                                .get(group)));
                assertEquals("Stable", described.state().toString());
                assertEquals("range", described.partitionAssignor());
                assertEquals(1, described.members().size());
                assertEquals(
                        2,
                        described
                                .members()
                                .iterator()
                                .next()
                                .assignment()
                                .topicPartitions()
                                .size());
                assertEquals(
                        "GroupNotEmptyException",
                        Cluster.error(admin.deleteConsumerGroups(List.of(group)).all()));
                assertEquals(
                        "GroupSubscribedToTopicException",
                        Cluster.error(admin.deleteConsumerGroupOffsets(
                                        group, Set.of(new TopicPartition(topic, 0)))
                                .all()));
            }
            assertTrue(Cluster.get(admin.listConsumerGroups().all()).stream()
                    .anyMatch(listing -> listing.groupId().equals(group)));
            Cluster.get(admin.alterConsumerGroupOffsets(
                            group, Map.of(new TopicPartition(topic, 1), new OffsetAndMetadata(5)))
                    .all());
            assertEquals(
                    2,
                    Cluster.get(admin.listConsumerGroupOffsets(group)
                                    .partitionsToOffsetAndMetadata())
                            .size());
            Cluster.get(
                    admin.deleteConsumerGroupOffsets(group, Set.of(new TopicPartition(topic, 1)))
                            .all());
            Cluster.get(admin.deleteConsumerGroups(List.of(group)).all());
            assertEquals(
                    "GroupIdNotFoundException",
                    Cluster.error(admin.deleteConsumerGroups(List.of(group)).all()));
            assertFalse(Cluster.get(admin.listConsumerGroups().all()).stream()
                    .anyMatch(listing -> listing.groupId().equals(group)));
        }
    }
}
