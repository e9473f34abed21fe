package io.millrace.broker.ours;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.broker.TestBroker;
import io.millrace.clients.admin.Admin;
import io.millrace.clients.admin.NewTopic;
import io.millrace.clients.consumer.KafkaConsumer;
import io.millrace.clients.network.LocalNetwork;
import io.millrace.clients.producer.KafkaProducer;
import io.millrace.clients.producer.ProducerRecord;
import io.millrace.clients.producer.RecordMetadata;
import io.millrace.common.serialization.StringDeserializer;
import io.millrace.common.serialization.StringSerializer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// Our broker with our clients around it. Its groups rebalance at once.
final class OwnCluster implements AutoCloseable {
    static final Duration TICK = Duration.ofMillis(20);
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final TestBroker broker;
    private final Admin admin;
    private final KafkaProducer<String, String> producer;

    private OwnCluster(TestBroker broker) {
        this.broker = broker;
        Map<String, Object> configs = Map.of("bootstrap.servers", broker.bootstrap());
        admin = Admin.create(configs);
        producer = new KafkaProducer<>(configs, new StringSerializer(), new StringSerializer());
    }

    static OwnCluster start(Path folder) {
        return new OwnCluster(TestBroker.start(
                folder,
                "group.initial.rebalance.delay.ms",
                "0",
                "group.consumer.min.heartbeat.interval.ms",
                "100",
                "group.consumer.heartbeat.interval.ms",
                "200"));
    }

    Admin admin() {
        return admin;
    }

    void topic(String name, int partitions) throws Exception {
        admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1)))
                .all()
                .get(30, TimeUnit.SECONDS);
    }

    /// Numbers from `from` on as values, in turn to each partition, stamped a second apart.
    void number(String topic, int partitions, int from, int to) throws Exception {
        List<ProducerRecord<String, String>> records = new ArrayList<>();
        for (int i = from; i < to; i++) {
            records.add(new ProducerRecord<>(
                    topic, i % partitions, 1_000L * i, "key", Integer.toString(i)));
        }
        send(records);
    }

    void send(List<ProducerRecord<String, String>> records) throws Exception {
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        records.forEach(each -> sent.add(producer.send(each)));
        for (Future<RecordMetadata> each : sent) {
            each.get(30, TimeUnit.SECONDS);
        }
    }

    /// @param settings key, value, key, value ...
    KafkaConsumer<String, String> consumer(boolean isLocal, Object... settings) {
        Map<String, Object> configs = new HashMap<>();
        configs.put("bootstrap.servers", broker.bootstrap());
        configs.put("auto.offset.reset", "earliest");
        for (int i = 0; i < settings.length; i += 2) {
            configs.put(settings[i].toString(), settings[i + 1]);
        }
        if (!"consumer".equals(configs.get("group.protocol"))) {
            configs.put("heartbeat.interval.ms", 100);
        }
        return new KafkaConsumer<>(
                configs,
                new StringDeserializer(),
                new StringDeserializer(),
                isLocal ? new LocalNetwork(broker.broker()::connect) : null);
    }

    static void until(BooleanSupplier done, Runnable step) {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (!done.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "not in time");
            step.run();
        }
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
        broker.close();
    }
}
