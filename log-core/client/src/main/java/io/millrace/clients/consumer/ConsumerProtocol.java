package io.millrace.clients.consumer;

import io.millrace.clients.consumer.ConsumerPartitionAssignor.Assignment;
import io.millrace.clients.consumer.ConsumerPartitionAssignor.Subscription;
import io.millrace.common.TopicPartition;
import io.millrace.protocol.ConsumerProtocolAssignment;
import io.millrace.protocol.ConsumerProtocolSubscription;
import io.millrace.protocol.MalformedFrame;
import io.millrace.protocol.WireReader;
import io.millrace.protocol.WireWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The bytes that consumers put into JoinGroup and SyncGroup: a version, then the message in that
/// version. A newer version than we know only adds to the end, so it is read as the newest that we
/// know.
final class ConsumerProtocol {
    static final String TYPE = "consumer";

    private ConsumerProtocol() {}

    static ByteBuffer write(Subscription subscription) {
        List<ConsumerProtocolSubscription.TopicPartition> owned = new ArrayList<>();
        byTopic(subscription.ownedPartitions())
                .forEach((topic, partitions) -> owned.add(
                        new ConsumerProtocolSubscription.TopicPartition(topic, partitions)));
        var message = new ConsumerProtocolSubscription(
                subscription.topics().stream().sorted().toList(),
                subscription.userData(),
                owned,
                subscription.generationId().orElse(-1),
                subscription.rackId().orElse(null));
        WireWriter out = new WireWriter();
        out.int16(ConsumerProtocolSubscription.HIGHEST_VERSION);
        message.write(out, ConsumerProtocolSubscription.HIGHEST_VERSION);
        return out.toBuffer();
    }

    static Subscription readSubscription(ByteBuffer bytes) {
        WireReader in = new WireReader(bytes.duplicate());
        int version = version(in.int16(), ConsumerProtocolSubscription.HIGHEST_VERSION);
        ConsumerProtocolSubscription message = ConsumerProtocolSubscription.read(in, version);
        List<TopicPartition> owned = new ArrayList<>();
        message.ownedPartitions()
                .forEach(topic -> topic.partitions()
                        .forEach(each -> owned.add(new TopicPartition(topic.topic(), each))));
        return new Subscription(
                message.topics(),
                message.userData(),
                owned,
                message.generationId(),
                Optional.ofNullable(message.rackId()));
    }

    static ByteBuffer write(Assignment assignment) {
        List<ConsumerProtocolAssignment.TopicPartition> assigned = new ArrayList<>();
        byTopic(assignment.partitions())
                .forEach((topic, partitions) -> assigned.add(
                        new ConsumerProtocolAssignment.TopicPartition(topic, partitions)));
        var message = new ConsumerProtocolAssignment(assigned, assignment.userData());
        WireWriter out = new WireWriter();
        out.int16(ConsumerProtocolAssignment.HIGHEST_VERSION);
        message.write(out, ConsumerProtocolAssignment.HIGHEST_VERSION);
        return out.toBuffer();
    }

    static Assignment readAssignment(ByteBuffer bytes) {
        if (!bytes.hasRemaining()) {
            return new Assignment(List.of());
        }
        WireReader in = new WireReader(bytes.duplicate());
        int version = version(in.int16(), ConsumerProtocolAssignment.HIGHEST_VERSION);
        ConsumerProtocolAssignment message = ConsumerProtocolAssignment.read(in, version);
        List<TopicPartition> partitions = new ArrayList<>();
        message.assignedPartitions()
                .forEach(topic -> topic.partitions()
                        .forEach(each -> partitions.add(new TopicPartition(topic.topic(), each))));
        return new Assignment(partitions, message.userData());
    }

    private static int version(short theirs, int newest) {
        if (theirs < 0) {
            throw new MalformedFrame("a consumer's bytes have the version " + theirs);
        }
        return Math.min(theirs, newest);
    }

    private static Map<String, List<Integer>> byTopic(List<TopicPartition> partitions) {
        Map<String, List<Integer>> byTopic = new TreeMap<>();
        partitions.forEach(each -> byTopic.computeIfAbsent(each.topic(), name -> new ArrayList<>())
                .add(each.partition()));
        byTopic.values().forEach(each -> each.sort(null));
        return byTopic;
    }
}
