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
        byte[][] payloads = payloads(size);
        var latencies = new Latencies();
        var failure = new AtomicReference<@Nullable String>();
        var progress = new Progress("records", records);
        long start = System.nanoTime();
        try (var producer = new KafkaProducer<>(
                cluster.client(), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (long i = 0; i < records && failure.get() == null; i++) {
                long due = rate > 0 ? start + (long) (i * 1e9 / rate) : System.nanoTime();
                parkUntil(due);
                var record =
                        new ProducerRecord<byte[], byte[]>(topic, payloads[(int) (i % PAYLOADS)]);
                producer.send(record, (_, error) -> {
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
        report(
                cluster,
                "produce",
                records,
                records * (double) size,
                System.nanoTime() - start,
                latencies);
        String failed = failure.get();
        if (failed != null) {
            throw new Failure(failed);
        }
        return 0;
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
        Properties settings = cluster.client();
        settings.putIfAbsent("auto.offset.reset", "earliest");
        settings.putIfAbsent("enable.auto.commit", "false");
        var progress = new Progress("records", records);
        long read = 0;
        double bytes = 0;
        try (Admin admin = cluster.admin();
                var consumer = new KafkaConsumer<>(
                        settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partitions = Partitions.of(admin, List.of(topic));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
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
                } else if (System.nanoTime() - lastHeard > 10_000_000_000L) {
                    throw new Failure("only " + read + " of " + records + " records are there");
                }
                progress.at(read);
            }
            progress.end();
            report(cluster, "consume", read, bytes, System.nanoTime() - start, new Latencies());
        }
        return 0;
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
                long start = System.nanoTime();
                producer.send(new ProducerRecord<>(topic, payload));
                if (consumer.poll(Duration.ofSeconds(30)).isEmpty()) {
                    throw new Failure("record " + i + " did not come back in 30 s");
                }
                latencies.add(System.nanoTime() - start);
            }
        }
        report(
                cluster,
                "latency",
                records,
                records * (double) size,
                System.nanoTime() - begin,
                latencies);
        return 0;
    }

    private static void parkUntil(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static byte[][] payloads(int size) {
        var random = new SplittableRandom(1);
        byte[][] payloads = new byte[PAYLOADS][size];
        for (byte[] payload : payloads) {
            for (int i = 0; i < size; i++) {
                payload[i] = (byte) ('A' + random.nextInt(26));
            }
        }
        return payloads;
    }

    private static void report(
            ClusterOptions cluster,
            String what,
            long records,
            double bytes,
            long nanos,
            Latencies latencies) {
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
        double seconds = nanos / 1e9;
        table.row(
                what,
                records,
                Math.round(records / seconds),
                text(bytes / 1e6 / seconds),
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
