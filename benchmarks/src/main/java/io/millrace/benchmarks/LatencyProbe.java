package io.millrace.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// A process that sends records with Kafka's own client at a fixed rate, reads them back, and
/// prints how long each took from `send` to the acknowledgement and to its arrival, in
/// microseconds. `linger.ms` is 0, or the client's own waiting would hide the server's.
///
/// Arguments: address, topic, record size, records a second, seconds that do not count, seconds
/// that do; the last may be 0: then it goes on until its standard input ends.
///
/// Owner threads: the main one sends, the client's own counts acknowledgements, a third receives.
public final class LatencyProbe {
    private static final long LONGEST_SECONDS = 600;
    private final String topic;
    private final double rate;
    private final long firstCounted;
    private final Micros acknowledged = new Micros();
    private final Micros arrived = new Micros();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong received = new AtomicLong();
    private final AtomicBoolean sendsNoMore = new AtomicBoolean();
    private final AtomicBoolean receivesNoMore = new AtomicBoolean();

    private LatencyProbe(String topic, double rate, double warmSeconds) {
        this.topic = topic;
        this.rate = rate;
        this.firstCounted = (long) (rate * warmSeconds);
    }

    public static void main(String[] args) throws InterruptedException {
        double rate = Double.parseDouble(args[3]);
        double warmSeconds = Double.parseDouble(args[4]);
        double seconds = Double.parseDouble(args[5]);
        var probe = new LatencyProbe(args[1], rate, warmSeconds);
        if (seconds == 0) {
            Thread.ofPlatform().daemon().start(probe::untilInputEnds);
        }
        double most = seconds == 0 ? LONGEST_SECONDS : warmSeconds + seconds;
        probe.run(args[0], Integer.parseInt(args[2]), (long) (rate * most));
    }

    private void untilInputEnds() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException gone) {
            failed.incrementAndGet();
        }
        sendsNoMore.set(true);
    }

    private void run(String address, int recordBytes, long most) throws InterruptedException {
        var settings = new Properties();
        settings.putAll(Map.of("bootstrap.servers", address, "acks", "all", "linger.ms", "0"));
        try (var consumer = new KafkaConsumer<>(
                        settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
                var producer = new KafkaProducer<>(
                        settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            var partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToEnd(List.of(partition));
            consumer.position(partition);
            var reader = Thread.ofPlatform().daemon().start(() -> receive(consumer));
            long start = System.nanoTime();
            long sent = send(producer, recordBytes, most);
            double seconds = (System.nanoTime() - start) / 1e9;
            producer.flush();
            awaitAll(sent);
            receivesNoMore.set(true);
            reader.join();
            report(producer.metrics().values(), sent, seconds);
        }
    }

    private long send(KafkaProducer<byte[], byte[]> producer, int recordBytes, long most) {
        long start = System.nanoTime();
        long sent = 0;
        while (sent < most && !sendsNoMore.get()) {
            long due = start + (long) (sent * 1e9 / rate);
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            boolean counts = sent++ >= firstCounted;
            byte[] value = new byte[recordBytes];
            long now = System.nanoTime();
            ByteBuffer.wrap(value).putLong(now).put((byte) (counts ? 1 : 0));
            producer.send(new ProducerRecord<>(topic, value), (_, error) -> {
                if (error != null) {
                    failed.incrementAndGet();
                } else if (counts) {
                    acknowledged.add(System.nanoTime() - now);
                }
            });
        }
        return sent;
    }

    private void receive(KafkaConsumer<byte[], byte[]> consumer) {
        while (!receivesNoMore.get()) {
            var records = consumer.poll(Duration.ofMillis(200));
            long now = System.nanoTime();
            for (var each : records) {
                ByteBuffer value = ByteBuffer.wrap(each.value());
                long then = value.getLong();
                if (value.get() == 1) {
                    arrived.add(now - then);
                }
            }
            received.addAndGet(records.count());
        }
    }

    private void awaitAll(long sent) {
        long deadline = System.nanoTime() + 30_000_000_000L;
        while (received.get() < sent && System.nanoTime() < deadline) {
            LockSupport.parkNanos(5_000_000);
        }
        failed.addAndGet(sent - received.get());
    }

    private void report(Iterable<? extends Metric> metrics, long sent, double seconds) {
        double requestBytes = 0;
        double requestsASecond = 0;
        for (Metric metric : metrics) {
            if (metric.metricName().group().equals("producer-metrics")) {
                switch (metric.metricName().name()) {
                    case "request-size-avg" -> requestBytes = (double) metric.metricValue();
                    case "request-total" ->
                        requestsASecond = (double) metric.metricValue() / seconds;
                    default -> {}
                }
            }
        }
        System.out.printf(
                "latency %s %s %.0f %.0f %.0f %d%n",
                acknowledged.percentiles(),
                arrived.percentiles(),
                sent / seconds,
                requestBytes,
                requestsASecond,
                failed.get());
    }
}
