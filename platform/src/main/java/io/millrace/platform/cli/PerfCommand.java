package io.millrace.platform.cli;

import io.millrace.clients.admin.Admin;
import io.millrace.clients.consumer.ConsumerRecord;
import io.millrace.clients.consumer.ConsumerRecords;
import io.millrace.clients.consumer.KafkaConsumer;
import io.millrace.clients.producer.KafkaProducer;
import io.millrace.clients.producer.ProducerRecord;
import io.millrace.common.serialization.ByteArrayDeserializer;
import io.millrace.common.serialization.ByteArraySerializer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `millrace perf`: a load generator.
@Command(name = "perf", description = "Measure producing, consuming and latency.")
final class PerfCommand {
    private static final int PAYLOADS = 1024;
    private static final int PAYLOAD_BYTES = 64 << 20;
    private static final int LARGEST = 256 << 20;
    private static final long SILENCE_NANOS = 30_000_000_000L;

    @Command(name = "produce", description = "Write records as fast as they go, or at a rate.")
    int produce(
            @Mixin ClusterOptions cluster,
            @Parameters(paramLabel = "TOPIC") String topic,
            @Option(
                            names = {"-n", "--records"},
                            defaultValue = "1000000")
                    long records,
            @Option(
                            names = {"-s", "--size"},
                            defaultValue = "1024")
                    int size,
            @Option(
                            names = {"-r", "--rate"},
                            defaultValue = "0",
                            description = "Records a second.")
                    double rate) {
        check(records, size);
        if (!(rate >= 0)) {
            throw new Failure("--rate must not be negative: " + rate);
        }
        var latencies = new Latencies();
        var failure = new AtomicReference<@Nullable String>();
        long start = System.nanoTime();
        send(new Sending(topic, records, size, rate), cluster.client(), latencies, failure);
        long took = System.nanoTime() - start;
        String failed = failure.get();
        if (failed != null) {
            throw new Failure(failed);
        }
        report(cluster, new Run("produce", records, records * (double) size, took), latencies);
        return 0;
    }

    /// @param rate records a second; 0 is as fast as they go
    private record Sending(String topic, long records, int size, double rate) {}

    private static void send(
            Sending sending,
            Properties settings,
            Latencies latencies,
            AtomicReference<@Nullable String> failure) {
        byte[][] payloads = payloads(sending.size());
        var progress = new Progress("records", sending.records());
        long start = System.nanoTime();
        double rate = sending.rate();
        try (var producer = new KafkaProducer<>(
                settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (long i = 0; i < sending.records() && failure.get() == null; i++) {
                long due = rate > 0 ? start + (long) (i * 1e9 / rate) : System.nanoTime();
                parkUntil(due);
                byte[] payload = payloads[(int) (i % payloads.length)];
                producer.send(new ProducerRecord<>(sending.topic(), payload), (_, error) -> {
                    latencies.add(System.nanoTime() - due);
                    if (error != null) {
                        failure.compareAndSet(null, ClusterOptions.describe(error));
                    }
                });
                progress.at(i);
            }
            producer.flush();
        }
        progress.end();
    }

    @Command(
            name = "consume",
            description = "Read records from the beginning as fast as they come.")
    int consume(
            @Mixin ClusterOptions cluster,
            @Parameters(paramLabel = "TOPIC") String topic,
            @Option(
                            names = {"-n", "--records"},
                            defaultValue = "1000000")
                    long records) {
        check(records, 0);
        Properties settings = cluster.client();
        settings.putIfAbsent("auto.offset.reset", "earliest");
        settings.putIfAbsent("enable.auto.commit", "false");
        try (Admin admin = cluster.admin();
                var consumer = new KafkaConsumer<>(
                        settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions = Partitions.of(admin, List.of(topic));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            report(cluster, read(consumer, records), new Latencies());
        }
        return 0;
    }

    private static Run read(KafkaConsumer<byte[], byte[]> consumer, long records) {
        var progress = new Progress("records", records);
        long read = 0;
        double bytes = 0;
        long start = System.nanoTime();
        long lastHeard = start;
        while (read < records) {
            ConsumerRecords<byte[], byte[]> polled = consumer.poll(Duration.ofMillis(100));
            for (ConsumerRecord<byte[], byte[]> record : polled) {
                bytes += record.serializedValueSize();
            }
            read += polled.count();
            if (!polled.isEmpty()) {
                lastHeard = System.nanoTime();
            } else if (System.nanoTime() - lastHeard > SILENCE_NANOS) {
                throw new Failure("only " + read + " of " + records + " records are there");
            }
            progress.at(read);
        }
        progress.end();
        return new Run("consume", read, bytes, System.nanoTime() - start);
    }

    @Command(name = "latency", description = "One record at a time, from send to poll.")
    int latency(
            @Mixin ClusterOptions cluster,
            @Parameters(paramLabel = "TOPIC") String topic,
            @Option(
                            names = {"-n", "--records"},
                            defaultValue = "10000")
                    int records,
            @Option(
                            names = {"-s", "--size"},
                            defaultValue = "100")
                    int size) {
        check(records, size);
        byte[] payload = payloads(size)[0];
        var latencies = new Latencies();
        Properties settings = cluster.client();
        settings.putIfAbsent("enable.auto.commit", "false");
        long begin = System.nanoTime();
        try (Admin admin = cluster.admin();
                var producer = new KafkaProducer<>(
                        cluster.client(), new ByteArraySerializer(), new ByteArraySerializer());
                var consumer = new KafkaConsumer<>(
                        settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions = Partitions.of(admin, List.of(topic));
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            partitions.forEach(consumer::position);
            for (int i = 0; i < records; i++) {
                latencies.add(roundTrip(producer, consumer, new ProducerRecord<>(topic, payload)));
            }
        }
        double bytes = records * (double) size;
        report(cluster, new Run("latency", records, bytes, System.nanoTime() - begin), latencies);
        return 0;
    }

    private static long roundTrip(
            KafkaProducer<byte[], byte[]> producer,
            KafkaConsumer<byte[], byte[]> consumer,
            ProducerRecord<byte[], byte[]> record) {
        long start = System.nanoTime();
        producer.send(record);
        if (consumer.poll(Duration.ofNanos(SILENCE_NANOS)).isEmpty()) {
            throw new Failure("a record did not come back in time");
        }
        return System.nanoTime() - start;
    }

    /// What was done, and how long it took.
    private record Run(String what, long records, double bytes, long nanos) {}

    private static void parkUntil(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static void check(long records, int size) {
        if (records < 0) {
            throw new Failure("--records must not be negative: " + records);
        }
        if (size < 0 || size > LARGEST) {
            throw new Failure("--size must lie between 0 and " + LARGEST + ": " + size);
        }
    }

    /// Different ones, as far as they do not take much memory.
    private static byte[][] payloads(int size) {
        var random = new SplittableRandom(1);
        int count = Math.clamp(PAYLOAD_BYTES / Math.max(1, size), 1, PAYLOADS);
        byte[][] payloads = new byte[count][size];
        for (byte[] payload : payloads) {
            for (int i = 0; i < size; i++) {
                payload[i] = (byte) ('A' + random.nextInt(26));
            }
        }
        return payloads;
    }

    private static void report(ClusterOptions cluster, Run run, Latencies latencies) {
        Table table = cluster.table(
                "test",
                "records",
                "records/s",
                "MB/s",
                "mean ms",
                "p50 ms",
                "p99 ms",
                "p99.9 ms",
                "max ms");
        double seconds = run.nanos() / 1e9;
        table.row(
                run.what(),
                run.records(),
                Math.round(run.records() / seconds),
                text(run.bytes() / 1e6 / seconds),
                text(latencies.meanMs()),
                text(latencies.percentileMs(0.5)),
                text(latencies.percentileMs(0.99)),
                text(latencies.percentileMs(0.999)),
                text(latencies.maxMs()));
        table.print();
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
