package io.millrace.broker.ours;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.broker.TestBroker;
import io.millrace.clients.admin.Admin;
import io.millrace.clients.admin.NewTopic;
import io.millrace.clients.consumer.ConsumerRecord;
import io.millrace.clients.consumer.KafkaConsumer;
import io.millrace.clients.network.ClientNetwork;
import io.millrace.clients.network.LocalNetwork;
import io.millrace.clients.producer.KafkaProducer;
import io.millrace.clients.producer.ProducerRecord;
import io.millrace.clients.producer.RecordMetadata;
import io.millrace.common.TopicPartition;
import io.millrace.common.serialization.StringDeserializer;
import io.millrace.common.serialization.StringSerializer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Our producer, consumer and admin client with our broker, over a socket and without one.
@Timeout(90)
class OwnClientsIT {
    private static final Duration TICK = Duration.ofMillis(50);

    @TempDir
    Path folder;

    private static @Nullable ClientNetwork network(TestBroker broker, boolean isLocal) {
        return isLocal ? new LocalNetwork(broker.broker()::connect) : null;
    }

    private static void topic(TestBroker broker, String name, int partitions) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
            admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1)))
                    .all()
                    .get();
        }
    }

    private static void send(TestBroker broker, boolean isLocal, String compression)
            throws Exception {
        Map<String, Object> configs = new HashMap<>();
        configs.put("bootstrap.servers", broker.bootstrap());
        configs.put("compression.type", compression);
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try (var producer = new KafkaProducer<>(
                configs,
                new StringSerializer(),
                new StringSerializer(),
                network(broker, isLocal))) {
            for (int i = 0; i < 5_000; i++) {
                sent.add(producer.send(new ProducerRecord<>("flights", 0, "k" + i, "v" + i)));
            }
            for (int i = 0; i < sent.size(); i++) {
                assertEquals(i, sent.get(i).get(30, TimeUnit.SECONDS).offset());
            }
        }
    }

    private static void until(BooleanSupplier done, Runnable step) {
        long deadline = System.nanoTime() + Duration.ofSeconds(40).toNanos();
        while (!done.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "not in time");
            step.run();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsSentIsReadInOrder(boolean isLocal) throws Exception {
        try (TestBroker broker = TestBroker.start(folder)) {
            topic(broker, "flights", 1);
            send(broker, isLocal, isLocal ? "zstd" : "none");
            Map<String, Object> configs = Map.of("bootstrap.servers", broker.bootstrap());
            try (var consumer = new KafkaConsumer<>(
                    configs,
                    new StringDeserializer(),
                    new StringDeserializer(),
                    network(broker, isLocal))) {
                TopicPartition from = new TopicPartition("flights", 0);
                consumer.assign(List.of(from));
                consumer.seekToBeginning(List.of(from));
                List<ConsumerRecord<String, String>> read = new ArrayList<>();
                until(() -> read.size() == 5_000, () -> consumer.poll(TICK).forEach(read::add));
                for (int i = 0; i < 5_000; i++) {
                    assertEquals("v" + i, read.get(i).value());
                }
                assertEquals(Map.of(from, 5_000L), consumer.endOffsets(List.of(from)));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "consumer"})
    void groupsShareThePartitions(String protocol) throws Exception {
        try (TestBroker broker =
                TestBroker.start(folder, "group.initial.rebalance.delay.ms", "0")) {
            topic(broker, "flights", 4);
            Map<String, Object> configs = new HashMap<>();
            configs.put("bootstrap.servers", broker.bootstrap());
            configs.put("group.id", "g");
            configs.put("group.protocol", protocol);
            configs.put("heartbeat.interval.ms", 200);
            try (var first = new KafkaConsumer<>(
                    configs, new StringDeserializer(), new StringDeserializer())) {
                first.subscribe(List.of("flights"));
                until(() -> first.assignment().size() == 4, () -> first.poll(TICK));
                try (var second = new KafkaConsumer<>(
                        configs, new StringDeserializer(), new StringDeserializer())) {
                    second.subscribe(List.of("flights"));
                    until(
                            () -> first.assignment().size() == 2
                                    && second.assignment().size() == 2,
                            () -> {
                                first.poll(TICK);
                                second.poll(TICK);
                            });
                    Set<TopicPartition> all = new HashSet<>(first.assignment());
                    all.addAll(second.assignment());
                    assertEquals(4, all.size());
                    first.commitSync();
                }
                until(() -> first.assignment().size() == 4, () -> first.poll(TICK));
            }
        }
    }
}
