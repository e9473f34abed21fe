package io.millrace.platform.cli;

import io.millrace.clients.producer.KafkaProducer;
import io.millrace.clients.producer.ProducerRecord;
import io.millrace.common.serialization.ByteArraySerializer;
import java.util.Locale;
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
        var run = new Run(records, records * (double) size, System.nanoTime() - start);
        report(cluster, "produce", run, latencies);
        String failed = failure.get();
        if (failed != null) {
            throw new Failure(failed);
        }
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

    private record Run(long records, double bytes, long nanos) {}

    private static void report(ClusterOptions cluster, String what, Run run, Latencies latencies) {
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
                what,
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
