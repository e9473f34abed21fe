package io.millrace.platform.fault;

import io.millrace.platform.fault.Ledger.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// Unmodified clients that use a node in many ways at once, over its crashes, and write down what
/// it acknowledges. A value says who sent it, whereto, and the how manyth it is:
/// `producer/partition/number`.
final class Load implements AutoCloseable {
    static final String PLAIN = "plain";
    static final String ROLLING = "rolling";
    static final String COMMITS = "commits";
    static final String GROUP = "committer";
    static final int PARTITIONS = 4;
    static final int PRODUCERS = 2;

    /// So many folders at once that the node syncs the whole file system.
    private static final int MANY_PARTITIONS = 100;

    private static final long PACE_NANOS = 5_000_000;
    private static final int UNACKNOWLEDGED = 300;
    private static final String PADDING = "x".repeat(3000);

    private final String bootstrap;
    private final Ledger ledger;
    private final List<Thread> threads = new ArrayList<>();
    private final List<KafkaProducer<String, String>> producers = new ArrayList<>();
    private volatile boolean stopping;

    Load(String bootstrap, Ledger ledger) {
        this.bootstrap = bootstrap;
        this.ledger = ledger;
    }

    /// Makes the topics, once.
    void prepare() throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createTopics(List.of(
                            new NewTopic("many", MANY_PARTITIONS, (short) 1),
                            new NewTopic(PLAIN, PARTITIONS, (short) 1),
                            new NewTopic(ROLLING, PARTITIONS, (short) 1)
                                    .configs(Map.of("segment.bytes", "1048576")),
                            new NewTopic(COMMITS, PARTITIONS, (short) 1)))
                    .all()
                    .get();
        }
    }

    void start() {
        for (int i = 0; i < PRODUCERS; i++) {
            String name = "p" + i;
            var producer = producer();
            producers.add(producer);
            run(() -> produce(name, producer));
        }
        run(this::commit);
        run(this::administer);
    }

    /// Ends what only makes sense while the node runs; then waits until every record that was sent
    /// is acknowledged.
    void finish() throws InterruptedException {
        stopping = true;
        for (Thread thread : threads) {
            thread.join();
        }
        producers.forEach(KafkaProducer::flush);
        close();
        ledger.check();
    }

    /// Gives up whatever is not acknowledged.
    @Override
    public void close() {
        stopping = true;
        producers.forEach(producer -> producer.close(Duration.ZERO));
    }

    private interface Work {
        void run() throws InterruptedException, ExecutionException;
    }

    private void run(Work work) {
        threads.add(Thread.ofPlatform().daemon().start(() -> {
            try {
                work.run();
            } catch (InterruptedException | ExecutionException | RuntimeException e) {
                failed(e);
            }
        }));
    }

    private void failed(Exception e) {
        if (!stopping) {
            ledger.broken(e);
        }
    }

    private KafkaProducer<String, String> producer() {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers", bootstrap,
                        "acks", "all",
                        "enable.idempotence", "true",
                        "delivery.timeout.ms", "180000",
                        "request.timeout.ms", "20000",
                        "reconnect.backoff.max.ms", "200",
                        "max.block.ms", "120000"),
                new StringSerializer(),
                new StringSerializer());
    }

    private void produce(String name, KafkaProducer<String, String> producer)
            throws InterruptedException {
        Semaphore room = new Semaphore(UNACKNOWLEDGED);
        for (int number = 0; !stopping; number++) {
            LockSupport.parkNanos(PACE_NANOS);
            for (int partition = 0; partition < PARTITIONS; partition++) {
                send(producer, room, PLAIN, partition, name + "/" + partition + "/" + number);
                send(producer, room, ROLLING, partition, name + "/" + partition + "/" + number);
            }
        }
    }

    private void send(
            KafkaProducer<String, String> producer,
            Semaphore room,
            String topic,
            int partition,
            String value)
            throws InterruptedException {
        room.acquire();
        String key = topic.equals(ROLLING) ? PADDING : null;
        producer.send(new ProducerRecord<>(topic, partition, key, value), (stored, error) -> {
            room.release();
            if (error == null) {
                ledger.stored(topic + "/" + value, new Place(topic, partition, stored.offset()));
            } else {
                failed(error);
            }
        });
    }

    /// Commits rising offsets, one after the other.
    private void commit() {
        try (var consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap, "group.id", GROUP),
                new StringDeserializer(),
                new StringDeserializer())) {
            for (long offset = 1; !stopping; offset++) {
                int partition = (int) (offset % PARTITIONS);
                if (commit(consumer, partition, offset)) {
                    ledger.committed(partition, offset);
                }
            }
        }
    }

    private static boolean commit(
            KafkaConsumer<String, String> consumer, int partition, long offset) {
        try {
            consumer.commitSync(
                    Map.of(new TopicPartition(COMMITS, partition), new OffsetAndMetadata(offset)),
                    Duration.ofSeconds(10));
            return true;
        } catch (KafkaException unknown) {
            return false;
        }
    }

    /// Makes topics, deletes every third again, and changes the settings of the others.
    private void administer() throws InterruptedException {
        try (Admin admin = Admin.create(Map.of(
                "bootstrap.servers",
                bootstrap,
                "request.timeout.ms",
                "5000",
                "default.api.timeout.ms",
                "10000"))) {
            for (int number = 0; !stopping; number++) {
                LockSupport.parkNanos(PACE_NANOS);
                String topic = "made-" + number;
                if (!succeeds(admin.createTopics(List.of(new NewTopic(topic, 2, (short) 1)))
                        .all())) {
                    continue;
                }
                String retention = String.valueOf(1_000_000 + number);
                if (number % 3 == 0) {
                    if (succeeds(admin.deleteTopics(List.of(topic)).all())) {
                        ledger.deleted(topic);
                    }
                } else if (succeeds(retain(admin, topic, retention))) {
                    ledger.created(topic, retention);
                }
            }
        }
    }

    private static KafkaFuture<Void> retain(Admin admin, String topic, String value) {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        var change =
                new AlterConfigOp(new ConfigEntry("retention.ms", value), AlterConfigOp.OpType.SET);
        return admin.incrementalAlterConfigs(Map.of(resource, List.of(change))).all();
    }

    private static boolean succeeds(KafkaFuture<?> future) throws InterruptedException {
        try {
            future.get(15, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException | TimeoutException unknown) {
            return false;
        }
    }
}
