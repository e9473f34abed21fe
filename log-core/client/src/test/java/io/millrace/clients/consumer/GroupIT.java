package io.millrace.clients.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.clients.testing.KafkaProcess;
import io.millrace.clients.testing.KafkaReader;
import io.millrace.common.TopicPartition;
import io.millrace.common.serialization.StringDeserializer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Our consumers in groups of a real Kafka, among themselves and together with Kafka's own.
@Timeout(120)
class GroupIT {
    private static final Duration TICK = Duration.ofMillis(50);
    private static final String THEIRS = "org.apache.kafka.clients.consumer.";
    private static KafkaProcess kafka;

    @BeforeAll
    static void start() {
        kafka = KafkaProcess.start();
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    private static Map<String, Object> configs(String group, Map<String, Object> more) {
        Map<String, Object> configs = new HashMap<>();
        configs.put("bootstrap.servers", kafka.bootstrap());
        configs.put("group.id", group);
        configs.put("auto.offset.reset", "earliest");
        configs.putAll(more);
        if (!"consumer".equals(more.get("group.protocol"))) {
            configs.put("heartbeat.interval.ms", 200);
            configs.put("session.timeout.ms", 6_000);
        }
        return configs;
    }

    private static KafkaConsumer<String, String> ours(String group, Map<String, Object> more) {
        return new KafkaConsumer<>(
                configs(group, more), new StringDeserializer(), new StringDeserializer());
    }

    private static org.apache.kafka.clients.consumer.KafkaConsumer<String, String> theirs(
            String group, Map<String, Object> more) {
        return new org.apache.kafka.clients.consumer.KafkaConsumer<>(
                configs(group, more),
                new org.apache.kafka.common.serialization.StringDeserializer(),
                new org.apache.kafka.common.serialization.StringDeserializer());
    }

    private static void fill(String topic, int partitions, int count) {
        KafkaReader.createTopic(kafka.bootstrap(), topic, partitions, Map.of());
        send(topic, partitions, count);
    }

    private static void send(String topic, int partitions, int count) {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", (Object) kafka.bootstrap()),
                new StringSerializer(),
                new StringSerializer())) {
            for (int i = 0; i < count; i++) {
                producer.send(new ProducerRecord<>(topic, i % partitions, "k", "v" + i));
            }
        }
    }

    private static void until(BooleanSupplier done, Runnable step) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!done.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "not within a minute");
            step.run();
        }
    }

    private static Map<String, Object> protocol(String protocol, String assignor) {
        return protocol.equals("consumer")
                ? Map.of("group.protocol", "consumer", "group.remote.assignor", assignor)
                : Map.of("partition.assignment.strategy", THEIRS + assignor);
    }

    @ParameterizedTest
    @CsvSource({
        "classic,RangeAssignor", "classic,RoundRobinAssignor", "classic,StickyAssignor",
        "classic,CooperativeStickyAssignor", "consumer,uniform", "consumer,range"
    })
    void sharesThePartitionsWithKafkasConsumer(String protocol, String assignor) {
        String topic = "mixed-" + protocol + "-" + assignor;
        Map<String, Object> how = protocol(protocol, assignor);
        fill(topic, 6, 600);
        Set<String> read = new HashSet<>();
        try (var first = ours(topic, how)) {
            first.subscribe(List.of(topic));
            until(
                    () -> read.size() == 600,
                    () -> first.poll(TICK).forEach(r -> read.add(r.value())));
            assertEquals(6, first.assignment().size());
            try (var second = theirs(topic, how)) {
                second.subscribe(List.of(topic));
                until(
                        () -> first.assignment().size() == 3
                                && second.assignment().size() == 3,
                        () -> {
                            first.poll(TICK);
                            second.poll(TICK);
                        });
                Set<String> all = new HashSet<>();
                first.assignment().forEach(each -> all.add(each.toString()));
                second.assignment().forEach(each -> all.add(each.toString()));
                assertEquals(6, all.size());
                send(topic, 6, 60);
                List<String> later = new ArrayList<>();
                until(() -> later.size() >= 60, () -> {
                    first.poll(TICK).forEach(each -> later.add(each.value()));
                    second.poll(TICK).forEach(each -> later.add(each.value()));
                });
                assertEquals(60, later.size());
            }
            until(() -> first.assignment().size() == 6, () -> first.poll(TICK));
        }
    }

    @ParameterizedTest
    @CsvSource({"classic,CooperativeStickyAssignor", "consumer,uniform"})
    void theListenerHearsWhatComesAndGoes(String protocol, String assignor) {
        String topic = "listened-" + protocol;
        fill(topic, 4, 40);
        Map<String, Object> how = protocol(protocol, assignor);
        List<String> heard = new ArrayList<>();
        Set<TopicPartition> held = new HashSet<>();
        ConsumerRebalanceListener listener = new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                heard.add("revoked " + partitions.size());
                assertTrue(held.containsAll(partitions));
                held.removeAll(partitions);
            }

            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                heard.add("assigned " + partitions.size());
                held.addAll(partitions);
            }
        };
        try (var first = ours(topic, how)) {
            first.subscribe(List.of(topic), listener);
            until(() -> held.size() == 4, () -> first.poll(TICK));
            try (var second = ours(topic, how)) {
                second.subscribe(List.of(topic));
                until(() -> held.size() == 2 && second.assignment().size() == 2, () -> {
                    first.poll(TICK);
                    second.poll(TICK);
                });
            }
            until(() -> held.size() == 4, () -> first.poll(TICK));
            assertTrue(heard.contains("revoked 2"), heard.toString());
        }
        assertEquals(Set.of(), held);
    }

    @ParameterizedTest
    @CsvSource({"classic,RangeAssignor", "consumer,uniform"})
    void whatWasReadIsCommittedWhenTheConsumerCloses(String protocol, String assignor) {
        String topic = "closed-" + protocol;
        fill(topic, 2, 100);
        Map<String, Object> how = protocol(protocol, assignor);
        try (var first = ours(topic, how)) {
            first.subscribe(List.of(topic));
            List<String> read = new ArrayList<>();
            until(
                    () -> read.size() == 100,
                    () -> first.poll(TICK).forEach(r -> read.add(r.value())));
        }
        send(topic, 2, 10);
        try (var second = theirs(topic, how)) {
            second.subscribe(List.of(topic));
            List<String> read = new ArrayList<>();
            until(
                    () -> read.size() >= 10,
                    () -> second.poll(TICK).forEach(r -> read.add(r.value())));
            assertEquals(10, read.size());
        }
    }

    @ParameterizedTest
    @CsvSource({"classic,RangeAssignor", "consumer,uniform"})
    void patternsFindTopicsThatComeLater(String protocol, String assignor) {
        String prefix = "pattern-" + protocol;
        fill(prefix + "-a", 1, 10);
        Map<String, Object> how = new HashMap<>(protocol(protocol, assignor));
        how.put("metadata.max.age.ms", 500);
        try (var consumer = ours(prefix, how)) {
            consumer.subscribe(Pattern.compile(prefix + "-.*"));
            until(() -> consumer.assignment().size() == 1, () -> consumer.poll(TICK));
            fill(prefix + "-b", 2, 10);
            until(() -> consumer.assignment().size() == 3, () -> consumer.poll(TICK));
            assertEquals(Set.of(prefix + "-a", prefix + "-b"), consumer.subscription());
        }
    }

    @Test
    void theServerMatchesPatternsToo() {
        fill("server-pattern-a", 1, 10);
        fill("server-pattern-b", 1, 10);
        try (var consumer = ours("server-pattern", Map.of("group.protocol", "consumer"))) {
            consumer.subscribe(new SubscriptionPattern("server-pattern-.*"));
            Set<String> read = new HashSet<>();
            until(
                    () -> consumer.assignment().size() == 2 && read.size() == 2,
                    () -> consumer.poll(TICK).forEach(each -> read.add(each.topic())));
        }
    }

    @Test
    void aStaticMemberKeepsItsPartitionsOverARestart() {
        fill("static", 4, 40);
        Map<String, Object> fixed = Map.of("group.instance.id", "one");
        try (var other = ours("static", Map.of())) {
            other.subscribe(List.of("static"));
            Set<TopicPartition> before;
            try (var first = ours("static", fixed)) {
                first.subscribe(List.of("static"));
                until(
                        () -> first.assignment().size() == 2
                                && other.assignment().size() == 2,
                        () -> {
                            first.poll(TICK);
                            other.poll(TICK);
                        });
                before = first.assignment();
            }
            int generation = other.groupMetadata().generationId();
            try (var again = ours("static", fixed)) {
                again.subscribe(List.of("static"));
                until(() -> !again.assignment().isEmpty(), () -> {
                    again.poll(TICK);
                    other.poll(TICK);
                });
                assertEquals(before, again.assignment());
                assertEquals(generation, other.groupMetadata().generationId());
            }
        }
    }

    @Test
    void unsubscribingGivesEverythingUpAndComingBackWorks() {
        fill("back", 2, 20);
        try (var consumer = ours("back", Map.of())) {
            consumer.subscribe(List.of("back"));
            until(() -> consumer.assignment().size() == 2, () -> consumer.poll(TICK));
            assertFalse(consumer.groupMetadata().memberId().isEmpty());
            consumer.unsubscribe();
            assertTrue(consumer.assignment().isEmpty());
            consumer.subscribe(List.of("back"));
            until(() -> consumer.assignment().size() == 2, () -> consumer.poll(TICK));
        }
    }
}
