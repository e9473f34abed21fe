package io.millrace.group;

import io.millrace.cluster.ClusterImage;
import io.millrace.cluster.PartitionImage;
import io.millrace.cluster.SortedTree;
import io.millrace.cluster.TopicImage;
import io.millrace.protocol.RegisterBrokerRecord;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;

/// Differs when one of the topics appears, vanishes, gets more partitions or moves between racks.
/// It is the number that Kafka stores, so a group goes on without a rebalance when the other
/// program takes over its directory.
final class MetadataHash {
    private static final byte VERSION = 0;

    private final ClusterImage world;
    private ByteBuffer bytes = ByteBuffer.allocate(1024).order(ByteOrder.LITTLE_ENDIAN);

    private MetadataHash(ClusterImage world) {
        this.world = world;
    }

    /// Of those topics that exist; 0 when there are none.
    static long of(SortedSet<String> names, ClusterImage world) {
        MetadataHash each = new MetadataHash(world);
        ByteBuffer all = ByteBuffer.allocate(names.size() * 8).order(ByteOrder.LITTLE_ENDIAN);
        for (String name : names) {
            TopicImage topic = world.topic(name);
            if (topic != null) {
                all.putLong(each.of(topic));
            }
        }
        return all.position() == 0 ? 0 : Xxh3.hash(all.array(), all.position());
    }

    private long of(TopicImage topic) {
        bytes.clear();
        bytes.put(VERSION);
        bytes.putLong(topic.id().high());
        bytes.putLong(topic.id().low());
        put(topic.name());
        bytes.putInt(topic.partitionCount());
        for (SortedTree.Entry<Integer, PartitionImage> partition : topic.partitions()) {
            room(4);
            bytes.putInt(partition.key());
            for (String rack : racks(partition.value())) {
                room(4);
                bytes.putInt(rack.length());
                put(rack);
            }
        }
        return Xxh3.hash(bytes.array(), bytes.position());
    }

    private List<String> racks(PartitionImage partition) {
        List<String> racks = new ArrayList<>();
        for (int node : partition.replicas()) {
            RegisterBrokerRecord broker = world.brokers().get(node);
            String rack = broker == null ? null : broker.rack();
            if (rack != null) {
                racks.add(rack);
            }
        }
        racks.sort(null);
        return racks;
    }

    /// Its characters, then how many they are.
    private void put(String text) {
        room(2 * text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            bytes.putChar(text.charAt(i));
        }
        bytes.putInt(text.length());
    }

    private void room(int more) {
        if (bytes.remaining() < more) {
            ByteBuffer larger =
                    ByteBuffer.allocate(2 * bytes.capacity() + more).order(ByteOrder.LITTLE_ENDIAN);
            bytes = larger.put(bytes.flip());
        }
    }
}
