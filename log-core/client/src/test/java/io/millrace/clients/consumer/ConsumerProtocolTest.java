package io.millrace.clients.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.consumer.internals.ConsumerProtocol;
import org.junit.jupiter.api.Test;

/// Our bytes are those of Kafka's consumers, both ways.
class ConsumerProtocolTest {
    private final Random random = new Random(7);

    @Test
    void subscriptionsAreKafkas() {
        for (int i = 0; i < 200; i++) {
            List<String> topics = new ArrayList<>(List.of("zebra", "ant", "t" + random.nextInt()));
            ByteBuffer data = random.nextBoolean() ? null : ByteBuffer.wrap(new byte[] {1, 2, 3});
            Optional<String> rack = random.nextBoolean() ? Optional.empty() : Optional.of("r");
            List<io.millrace.common.TopicPartition> ours = new ArrayList<>();
            List<org.apache.kafka.common.TopicPartition> theirs = new ArrayList<>();
            for (int p = random.nextInt(4); p > 0; p--) {
                ours.add(new io.millrace.common.TopicPartition("ant", p));
                theirs.add(new org.apache.kafka.common.TopicPartition("ant", p));
            }
            int generation = random.nextInt(5) - 1;
            ByteBuffer expected = ConsumerProtocol.serializeSubscription(
                    new org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Subscription(
                            topics,
                            data == null ? null : data.duplicate(),
                            theirs,
                            generation,
                            rack));
            ByteBuffer made = io.millrace.clients.consumer.ConsumerProtocol.write(
                    new ConsumerPartitionAssignor.Subscription(
                            topics, data, ours, generation, rack));
            assertEquals(expected, made);
            var read = io.millrace.clients.consumer.ConsumerProtocol.readSubscription(expected);
            assertEquals(topics.stream().sorted().toList(), read.topics());
            assertEquals(ours.reversed().size(), read.ownedPartitions().size());
            assertEquals(rack, read.rackId());
        }
    }

    @Test
    void assignmentsAreKafkas() {
        ByteBuffer expected = ConsumerProtocol.serializeAssignment(
                new org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Assignment(List.of(
                        new org.apache.kafka.common.TopicPartition("b", 0),
                        new org.apache.kafka.common.TopicPartition("b", 3))));
        ByteBuffer made = io.millrace.clients.consumer.ConsumerProtocol.write(
                new ConsumerPartitionAssignor.Assignment(List.of(
                        new io.millrace.common.TopicPartition("b", 0),
                        new io.millrace.common.TopicPartition("b", 3))));
        assertEquals(expected, made);
        assertEquals(
                2,
                io.millrace.clients.consumer.ConsumerProtocol.readAssignment(expected)
                        .partitions()
                        .size());
    }
}
