package io.millrace.broker;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.SubscriptionPattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;
import org.apache.kafka.common.errors.GroupSubscribedToTopicException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Kafka's own consumers, of both protocols and every assignor, in groups of a node.
@Timeout(90)
@SuppressWarnings({"deprecation", "varargs"}) // the calls that every version of the clients has
final class GroupsIT {
    private static final String[] QUICK = {
        "group.initial.rebalance.delay.ms", "0",
        "group.min.session.timeout.ms", "1000",
        "group.consumer.min.heartbeat.interval.ms", "100",
        "group.consumer.heartbeat.interval.ms", "100",
        "group.consumer.assignment.interval.ms", "0",
        "offsets.topic.num.partitions", "3",
        "offsets.topic.replication.factor", "1"
    };

    @TempDir
    Path folder;

    private TestBroker broker;
    private final List<KafkaConsumer<String, String>> consumers = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        broker = TestBroker.start(folder, QUICK);
        createTopic("a", 4);
    }

    @AfterEach
    void stop() {
        consumers.forEach(consumer -> consumer.close(CloseOptions.timeout(Duration.ofSeconds(5))));
        broker.close();
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", broker.bootstrap()));
    }

    private void createTopic(String name, int partitions) throws Exception {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1)))
                    .all()
                    .get();
        }
    }

    private void produce(String topic, int count) throws Exception {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", broker.bootstrap());
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer())) {
            for (int i = 0; i < count; i++) {
                producer.send(new ProducerRecord<>(topic, i % 4, null, "value-" + i))
                        .get();
            }
        }
    }

    /// `kind` is an assignor of the classic protocol, or `consumer`.
    private KafkaConsumer<String, String> consumer(String kind, String... settings) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("bootstrap.servers", broker.bootstrap());
        properties.put("group.id", "g");
        properties.put("auto.offset.reset", "earliest");
        properties.put("enable.auto.commit", "false");
        if (kind.equals("consumer")) {
            properties.put("group.protocol", "consumer");
        } else {
            properties.put(
                    "partition.assignment.strategy",
                    "org.apache.kafka.clients.consumer." + kind + "Assignor");
            properties.put("heartbeat.interval.ms", "100");
            properties.put("session.timeout.ms", "10000");
        }
        for (int i = 0; i < settings.length; i += 2) {
            properties.put(settings[i], settings[i + 1]);
        }
        KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer());
        consumers.add(consumer);
        return consumer;
    }

    /// Polls them in turn until the condition holds; returns what came.
    @SafeVarargs
    private static List<ConsumerRecord<String, String>> pollUntil(
            BooleanSupplier condition, KafkaConsumer<String, String>... polled) {
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        long deadline = System.nanoTime() + Duration.ofSeconds(40).toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(
                    System.nanoTime() < deadline,
                    () -> "assigned: "
                            + Arrays.stream(polled)
                                    .map(one -> one.assignment().toString())
                                    .collect(Collectors.joining(" | ")));
            for (KafkaConsumer<String, String> consumer : polled) {
                consumer.poll(Duration.ofMillis(50)).forEach(records::add);
            }
        }
        return records;
    }

    @ParameterizedTest
    @ValueSource(strings = {"Range", "RoundRobin", "Sticky", "CooperativeSticky", "consumer"})
    void membersShareAndTakeOver(String kind) throws Exception {
        produce("a", 40);
        KafkaConsumer<String, String> one = consumer(kind);
        one.subscribe(List.of("a"));
        Set<String> seen = new HashSet<>();
        pollUntil(() -> one.assignment().size() == 4, one)
                .forEach(record -> seen.add(record.value()));
        KafkaConsumer<String, String> two = consumer(kind);
        two.subscribe(List.of("a"));
        pollUntil(() -> one.assignment().size() == 2 && two.assignment().size() == 2, one, two)
                .forEach(record -> seen.add(record.value()));
        Set<TopicPartition> both = new HashSet<>(one.assignment());
        both.addAll(two.assignment());
        assertEquals(4, both.size());
        two.close();
        pollUntil(() -> one.assignment().size() == 4, one)
                .forEach(record -> seen.add(record.value()));
        produce("a", 4);
        List<ConsumerRecord<String, String>> rest = new ArrayList<>();
        long[] polls = {0};
        rest.addAll(pollUntil(() -> ++polls[0] > 20, one));
        rest.forEach(record -> seen.add(record.value()));
        assertEquals(40, seen.size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Range", "consumer"})
    void committedOffsetsAreWhereTheNextBegins(String kind) throws Exception {
        produce("a", 40);
        KafkaConsumer<String, String> one = consumer(kind);
        one.subscribe(List.of("a"));
        int[] count = {0};
        long[] polls = {0};
        count[0] = pollUntil(() -> one.assignment().size() == 4 && ++polls[0] > 20, one)
                .size();
        assertEquals(40, count[0]);
        one.commitSync();
        assertEquals(
                10,
                requireNonNull(one.committed(Set.of(new TopicPartition("a", 0)))
                                .get(new TopicPartition("a", 0)))
                        .offset());
        one.close();
        broker.close();
        broker = TestBroker.start(folder, QUICK);
        produce("a", 4);
        KafkaConsumer<String, String> two = consumer(kind);
        two.subscribe(List.of("a"));
        polls[0] = 0;
        List<ConsumerRecord<String, String>> rest =
                pollUntil(() -> two.assignment().size() == 4 && ++polls[0] > 20, two);
        assertEquals(4, rest.size());
        rest.forEach(record -> assertEquals(10, record.offset()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Range", "consumer"})
    void aStaticMemberComesBackToItsPartitions(String kind) {
        KafkaConsumer<String, String> one = consumer(kind, "group.instance.id", "i1");
        KafkaConsumer<String, String> two = consumer(kind, "group.instance.id", "i2");
        one.subscribe(List.of("a"));
        two.subscribe(List.of("a"));
        pollUntil(() -> one.assignment().size() == 2 && two.assignment().size() == 2, one, two);
        Set<TopicPartition> had = Set.copyOf(one.assignment());
        one.close();
        KafkaConsumer<String, String> back = consumer(kind, "group.instance.id", "i1");
        back.subscribe(List.of("a"));
        pollUntil(() -> back.assignment().size() == 2, back, two);
        assertEquals(had, back.assignment());
        assertEquals(2, two.assignment().size());
    }

    @Test
    void expressionsOfBothKindsFindNewTopics() throws Exception {
        KafkaConsumer<String, String> classic =
                consumer("Range", "group.id", "classic", "metadata.max.age.ms", "300");
        classic.subscribe(Pattern.compile("a|x.*"));
        KafkaConsumer<String, String> modern = consumer("consumer", "group.id", "modern");
        modern.subscribe(new SubscriptionPattern("a|x.*"));
        pollUntil(
                () -> classic.assignment().size() == 4 && modern.assignment().size() == 4,
                classic,
                modern);
        createTopic("xyz", 3);
        pollUntil(
                () -> classic.assignment().size() == 7 && modern.assignment().size() == 7,
                classic,
                modern);
        try (Admin admin = admin()) {
            admin.createPartitions(Map.of("xyz", NewPartitions.increaseTo(5)))
                    .all()
                    .get();
        }
        pollUntil(
                () -> classic.assignment().size() == 9 && modern.assignment().size() == 9,
                classic,
                modern);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Range", "CooperativeSticky"})
    void aGroupMovesToTheConsumerProtocolAndBackWhileItRuns(String kind) throws Exception {
        produce("a", 8);
        KafkaConsumer<String, String> old = consumer(kind);
        old.subscribe(List.of("a"));
        pollUntil(() -> old.assignment().size() == 4, old);
        old.commitSync();
        KafkaConsumer<String, String> modern = consumer("consumer");
        modern.subscribe(List.of("a"));
        pollUntil(
                () -> old.assignment().size() == 2 && modern.assignment().size() == 2, old, modern);
        try (Admin admin = admin()) {
            var described = describedGroup(admin);
            assertEquals(GroupType.CONSUMER, described.type());
            assertEquals(2, described.members().size());
        }
        modern.close();
        pollUntil(() -> old.assignment().size() == 4, old);
        try (Admin admin = admin()) {
            assertEquals(GroupType.CLASSIC, describedGroup(admin).type());
        }
        KafkaConsumer<String, String> next = consumer("consumer");
        next.subscribe(List.of("a"));
        pollUntil(() -> old.assignment().size() == 2 && next.assignment().size() == 2, old, next);
        old.close();
        pollUntil(() -> next.assignment().size() == 4, next);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Range", "consumer"})
    void administratorsSeeAndChangeGroups(String kind) throws Exception {
        createTopic("b", 1);
        KafkaConsumer<String, String> one = consumer(kind);
        one.subscribe(List.of("a"));
        pollUntil(() -> one.assignment().size() == 4, one);
        TopicPartition a0 = new TopicPartition("a", 0);
        TopicPartition b0 = new TopicPartition("b", 0);
        one.commitSync(Map.of(a0, new OffsetAndMetadata(7, "note"), b0, new OffsetAndMetadata(3)));
        try (Admin admin = admin()) {
            var listed = admin.listGroups().all().get().iterator().next();
            assertEquals("g", listed.groupId());
            assertEquals(GroupState.STABLE, listed.groupState().orElseThrow());
            var described = describedGroup(admin);
            assertEquals(GroupState.STABLE, described.groupState());
            assertEquals(
                    one.assignment(),
                    described.members().iterator().next().assignment().topicPartitions());
            var offsets = new TreeMap<String, Long>();
            admin.listConsumerGroupOffsets("g")
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .forEach((partition, offset) ->
                            offsets.put(partition.toString(), offset.offset()));
            assertEquals(Map.of("a-0", 7L, "b-0", 3L), offsets);
            assertFails(
                    GroupNotEmptyException.class,
                    () -> admin.deleteConsumerGroups(List.of("g")).all().get());
            assertFails(
                    GroupSubscribedToTopicException.class,
                    () -> admin.deleteConsumerGroupOffsets("g", Set.of(a0))
                            .partitionResult(a0)
                            .get());
            admin.deleteConsumerGroupOffsets("g", Set.of(b0)).all().get();
            one.close();
            admin.alterConsumerGroupOffsets("g", Map.of(a0, new OffsetAndMetadata(1)))
                    .all()
                    .get();
            assertEquals(
                    1,
                    requireNonNull(admin.listConsumerGroupOffsets("g")
                                    .partitionsToOffsetAndMetadata()
                                    .get()
                                    .get(a0))
                            .offset());
            assertNull(admin.listConsumerGroupOffsets("g")
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .get(b0));
            admin.deleteConsumerGroups(List.of("g")).all().get();
            assertTrue(admin.listGroups().all().get().isEmpty());
            assertFails(
                    GroupIdNotFoundException.class,
                    () -> admin.describeConsumerGroups(List.of("g")).all().get());
        }
    }

    private static ConsumerGroupDescription describedGroup(Admin admin) throws Exception {
        return requireNonNull(
                admin.describeConsumerGroups(List.of("g")).all().get().get("g"));
    }

    private interface Attempt {
        void run() throws Exception;
    }

    private static void assertFails(Class<? extends Exception> expected, Attempt attempt) {
        ExecutionException failure = assertThrows(ExecutionException.class, attempt::run);
        assertEquals(expected, requireNonNull(failure.getCause()).getClass());
    }

    @Test
    void aDeletedTopicTakesItsOffsetsAlong() throws Exception {
        try (Admin admin = admin()) {
            TopicPartition a0 = new TopicPartition("a", 0);
            admin.alterConsumerGroupOffsets("g", Map.of(a0, new OffsetAndMetadata(1)))
                    .all()
                    .get();
            admin.deleteTopics(List.of("a")).all().get();
            createTopic("a", 4);
            assertNull(admin.listConsumerGroupOffsets("g")
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .get(a0));
        }
    }
}
