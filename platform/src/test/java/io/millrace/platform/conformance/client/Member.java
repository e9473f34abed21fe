package io.millrace.platform.conformance.client;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/// A consumer that keeps book: which partitions it owns, beside all others of its group, and what
/// it read. It commits before it gives a partition back.
final class Member implements ConsumerRebalanceListener {
    final KafkaConsumer<String, String> consumer;
    int assigned;
    private final String name;
    private final Map<TopicPartition, String> owners;
    private final List<String> read;
    private final Map<TopicPartition, OffsetAndMetadata> positions = new HashMap<>();
    private boolean isClosed;

    Member(
            KafkaConsumer<String, String> consumer,
            String name,
            Map<TopicPartition, String> owners,
            List<String> read) {
        this.consumer = consumer;
        this.name = name;
        this.owners = owners;
        this.read = read;
    }

    void subscribe(Collection<String> topics) {
        consumer.subscribe(topics, this);
    }

    void poll() {
        for (ConsumerRecord<String, String> record :
                consumer.poll(java.time.Duration.ofMillis(20))) {
            read.add(record.value());
            positions.put(
                    new TopicPartition(record.topic(), record.partition()),
                    new OffsetAndMetadata(record.offset() + 1));
        }
    }

    void close() {
        if (!isClosed) {
            isClosed = true;
            consumer.close();
        }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> revoked = new HashMap<>(positions);
        revoked.keySet().retainAll(partitions);
        if (!revoked.isEmpty()) {
            consumer.commitSync(revoked);
        }
        for (TopicPartition partition : partitions) {
            positions.remove(partition);
            // Closing may tell twice that a partition is given back.
            if (!owners.remove(partition, name) && owners.containsKey(partition)) {
                throw new AssertionError(name + " gives back what it does not own: " + partition);
            }
        }
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        if (!partitions.isEmpty()) {
            assigned++;
        }
        for (TopicPartition partition : partitions) {
            String other = owners.putIfAbsent(partition, name);
            if (other != null) {
                throw new AssertionError(partition + " goes to " + name + ", but " + other
                        + " did not give it back");
            }
        }
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> owners.remove(partition, name));
    }
}
