package io.millrace.examples.flights;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// Reads a topic with Kafka's own consumer, so that what we wrote is judged by somebody else.
final class Readback {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String bootstrap;
    private final String topic;

    Readback(String bootstrap, String topic) {
        this.bootstrap = bootstrap;
        this.topic = topic;
    }

    /// Reads up to where the topic ends now.
    Ledger read(long expected) {
        Ledger read = new Ledger();
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", bootstrap,
                "enable.auto.commit", "false",
                "max.poll.records", "5000");
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(it -> new TopicPartition(it.topic(), it.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long end = consumer.endOffsets(partitions).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            while (read.records() < Math.max(end, expected)) {
                ConsumerRecords<byte[], byte[]> polled = consumer.poll(PATIENCE);
                if (polled.isEmpty()) {
                    break; // what is missing shows in the ledger
                }
                for (ConsumerRecord<byte[], byte[]> record : polled) {
                    read.add(record.key(), record.value());
                }
            }
        }
        return read;
    }
}
