package io.millrace.platform.fault;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.GroupProtocol;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/// A group of each protocol with one member, which reads while the node comes and goes and commits
/// what it read. A member may read something again, but never goes back behind what it committed,
/// and never skips anything.
final class Members implements AutoCloseable {
    private final String bootstrap;
    private final Ledger ledger;
    private final List<Thread> threads = new ArrayList<>();
    private final Map<GroupProtocol, AtomicInteger> read = new HashMap<>();
    private volatile boolean stopping;

    Members(String bootstrap, Ledger ledger) {
        this.bootstrap = bootstrap;
        this.ledger = ledger;
    }

    void start() {
        for (GroupProtocol protocol : GroupProtocol.values()) {
            AtomicInteger count = new AtomicInteger();
            read.put(protocol, count);
            threads.add(Thread.ofPlatform().daemon().start(() -> run(protocol, count)));
        }
    }

    /// Waits until each member has read and committed so much more.
    void awaitMore(int records) {
        Map<GroupProtocol, Integer> before = new HashMap<>();
        read.forEach((protocol, count) -> before.put(protocol, count.get()));
        long deadline = System.currentTimeMillis() + 120_000;
        read.forEach((protocol, count) -> {
            while (count.get() < requireNonNull(before.get(protocol)) + records) {
                ledger.check();
                if (System.currentTimeMillis() > deadline) {
                    throw new AssertionError("the member of " + protocol + " reads no more");
                }
                LockSupport.parkNanos(20_000_000);
            }
        });
    }

    void finish() throws InterruptedException {
        close();
        for (Thread thread : threads) {
            thread.join();
        }
        ledger.check();
    }

    @Override
    public void close() {
        stopping = true;
    }

    private void run(GroupProtocol protocol, AtomicInteger count) {
        String name = protocol.name().toLowerCase(Locale.ROOT);
        try (var consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrap,
                        "group.id",
                        "members-" + name,
                        "group.protocol",
                        name,
                        "auto.offset.reset",
                        "earliest",
                        "enable.auto.commit",
                        "false",
                        "reconnect.backoff.max.ms",
                        "200"),
                new StringDeserializer(),
                new StringDeserializer())) {
            new Member(consumer, count).run();
        } catch (RuntimeException e) {
            ledger.broken(e);
        } catch (AssertionError e) {
            ledger.broken(new IllegalStateException(name, e));
        }
    }

    private final class Member implements ConsumerRebalanceListener {
        private final KafkaConsumer<String, String> consumer;
        private final AtomicInteger count;
        private final Map<TopicPartition, Long> next = new HashMap<>();
        private final Map<TopicPartition, Long> committed = new HashMap<>();

        Member(KafkaConsumer<String, String> consumer, AtomicInteger count) {
            this.consumer = consumer;
            this.count = count;
        }

        void run() {
            consumer.subscribe(List.of(Load.PLAIN), this);
            while (!stopping) {
                for (ConsumerRecord<String, String> found : consumer.poll(Duration.ofMillis(200))) {
                    check(found);
                }
                commit();
            }
        }

        private void check(ConsumerRecord<String, String> found) {
            TopicPartition partition = new TopicPartition(found.topic(), found.partition());
            long expected = next.getOrDefault(partition, 0L);
            if (found.offset() != expected) {
                throw new AssertionError(
                        partition + ": read " + found.offset() + ", and " + expected + " was next");
            }
            next.put(partition, found.offset() + 1);
        }

        private void commit() {
            Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
            next.forEach(
                    (partition, offset) -> offsets.put(partition, new OffsetAndMetadata(offset)));
            try {
                consumer.commitSync(offsets, Duration.ofSeconds(10));
            } catch (KafkaException unknown) {
                return;
            }
            long sum = 0;
            for (var each : offsets.entrySet()) {
                committed.merge(each.getKey(), each.getValue().offset(), Math::max);
                sum += each.getValue().offset();
            }
            count.set(Math.max(count.get(), (int) sum));
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            // What was read and not committed is read again.
            partitions.forEach(next::remove);
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            for (TopicPartition partition : partitions) {
                long position = consumer.position(partition);
                long known = committed.getOrDefault(partition, 0L);
                if (position < known) {
                    throw new AssertionError(
                            partition + ": starts at " + position + ", and committed was " + known);
                }
                next.put(partition, position);
            }
        }
    }
}
