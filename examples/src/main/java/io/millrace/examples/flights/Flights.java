package io.millrace.examples.flights;

import io.millrace.clients.admin.Admin;
import io.millrace.clients.admin.NewTopic;
import io.millrace.clients.producer.KafkaProducer;
import io.millrace.clients.producer.ProducerRecord;
import io.millrace.common.serialization.ByteArraySerializer;
import io.millrace.platform.Node;
import io.millrace.platform.NodeOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Loads flights into a topic as fast as our producer goes, reads them back with Kafka's own
/// consumer, and checks that every one came back, unchanged and in order.
public final class Flights {
    private static final String USAGE =
            "usage: flights [FILE.json|FILE.parquet] [--bootstrap HOST:PORT] [--topic NAME]";
    private static final String CUT = "examples/flights/flights-20k.json";
    private static final int PARTITIONS = 6;

    private Path file = Path.of(Objects.requireNonNullElse(System.getenv("MILLRACE_HOME"), "."))
            .resolve(CUT);
    private String bootstrap = "";
    private String topic = "flights";

    private Flights() {}

    /// The exit code: 0 only if all is right.
    public static int run(String... args) throws InterruptedException {
        Flights flights = new Flights();
        try {
            flights.options(args);
            return flights.loadAndCheck() ? 0 : 1;
        } catch (IllegalArgumentException | IOException wrong) {
            System.err.println("flights: " + wrong.getMessage());
            return 2;
        } catch (ExecutionException failed) {
            System.err.println("flights: " + failed.getCause());
            return 1;
        }
    }

    private void options(String[] args) {
        for (int i = 0; i < args.length; i++) {
            boolean isOption = args[i].startsWith("--");
            if (isOption && i + 1 == args.length) {
                throw new IllegalArgumentException(USAGE);
            }
            switch (args[i]) {
                case "--bootstrap" -> bootstrap = args[++i];
                case "--topic" -> topic = args[++i];
                case String other when !isOption -> file = Path.of(other);
                case String other ->
                    throw new IllegalArgumentException("unknown option " + other + "; " + USAGE);
            }
        }
        if (!Files.isReadable(file)) {
            throw new IllegalArgumentException(
                    "cannot read " + file + ": examples/flights/fetch brings the full sets");
        }
    }

    private boolean loadAndCheck() throws IOException, InterruptedException, ExecutionException {
        if (bootstrap.isEmpty()) {
            bootstrap = startNode();
        }
        try (Admin admin = Admin.create(settings())) {
            admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1)))
                    .all()
                    .get();
        }
        Ledger sent = new Ledger();
        long begun = System.nanoTime();
        load(sent);
        rate("wrote", sent, System.nanoTime() - begun);
        begun = System.nanoTime();
        Ledger read = new Readback(bootstrap, topic).read(sent.records());
        rate("read", read, System.nanoTime() - begun);
        List<String> differences = sent.differences(read);
        differences.forEach(it -> System.err.println("flights: " + it));
        if (differences.isEmpty()) {
            System.out.println("every record came back, in order, under " + sent.keys() + " keys");
        }
        return differences.isEmpty();
    }

    /// A node of this process whose data goes with it.
    private static String startNode() {
        NodeOptions options = new NodeOptions(null, "127.0.0.1:0", List.of(), null, Map.of(), true);
        return Node.start(options).services().getOrDefault("kafka", "");
    }

    private Properties settings() {
        Properties settings = new Properties();
        settings.put("bootstrap.servers", bootstrap);
        settings.put("linger.ms", "20");
        settings.put("batch.size", "131072");
        settings.put("compression.type", "lz4");
        return settings;
    }

    private void load(Ledger sent) throws IOException, ExecutionException {
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                settings(), new ByteArraySerializer(), new ByteArraySerializer())) {
            FlightFile.read(file, (key, value) -> {
                sent.add(key, value);
                producer.send(new ProducerRecord<>(topic, key, value), (_, error) -> {
                    if (error != null) {
                        failure.compareAndSet(null, error);
                    }
                });
            });
            producer.flush();
        }
        Exception failed = failure.get();
        if (failed != null) {
            throw new ExecutionException(failed);
        }
    }

    private static void rate(String did, Ledger ledger, long nanos) {
        double seconds = nanos / 1e9;
        System.out.printf(
                Locale.ROOT,
                "%s %,d records, %.1f MB, in %.2f s: %,.0f records/s, %.1f MB/s%n",
                did,
                ledger.records(),
                ledger.bytes() / 1e6,
                seconds,
                ledger.records() / seconds,
                ledger.bytes() / 1e6 / seconds);
    }
}
