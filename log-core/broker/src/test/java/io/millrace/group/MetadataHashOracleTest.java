package io.millrace.group;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.dynatrace.hash4j.hashing.Hashing;
import io.millrace.cluster.ClusterImage;
import io.millrace.protocol.PartitionRecord;
import io.millrace.protocol.RegisterBrokerRecord;
import io.millrace.protocol.TopicRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.coordinator.common.runtime.CoordinatorMetadataDelta;
import org.apache.kafka.coordinator.common.runtime.CoordinatorMetadataImage;
import org.apache.kafka.coordinator.group.Utils;
import org.junit.jupiter.api.Test;

/// The hash of a group's topics against Kafka's own.
final class MetadataHashOracleTest {
    private final SplittableRandom random = new SplittableRandom(11);

    @Test
    void everyLengthHashesAlike() {
        byte[] bytes = new byte[5_000];
        random.nextBytes(bytes);
        for (int length = 0; length < bytes.length; length += length < 1100 ? 1 : 37) {
            assertEquals(
                    Hashing.xxh3_64().hashBytesToLong(bytes, 0, length),
                    Xxh3.hash(bytes, length),
                    "of " + length + " bytes");
        }
    }

    @Test
    void topicsHashAlike() {
        for (int round = 0; round < 200; round++) {
            Topics topics = new Topics();
            int count = random.nextInt(5);
            for (int i = 0; i < count; i++) {
                topics.add("topic-" + "é".repeat(random.nextInt(30)) + i);
            }
            TreeSet<String> names = new TreeSet<>(topics.partitions.keySet());
            names.add("absent");
            Map<String, Long> hashes = new TreeMap<>();
            topics.partitions
                    .keySet()
                    .forEach(name -> hashes.put(name, Utils.computeTopicHash(name, topics)));
            assertEquals(Utils.computeGroupHash(hashes), MetadataHash.of(names, topics.image));
        }
    }

    /// The same topics as Kafka sees them and as we do: on nodes 1 to 3, of which the last has no
    /// rack.
    private final class Topics implements CoordinatorMetadataImage {
        final Map<String, List<List<Integer>>> partitions = new TreeMap<>();
        ClusterImage image = ClusterImage.EMPTY
                .after(RegisterBrokerRecord.DEFAULT.withBrokerId(1).withRack("near"))
                .after(RegisterBrokerRecord.DEFAULT.withBrokerId(2).withRack("far"))
                .after(RegisterBrokerRecord.DEFAULT.withBrokerId(3).withRack(null));

        void add(String name) {
            image = image.after(TopicRecord.DEFAULT.withName(name).withTopicId(ours(id(name))));
            List<List<Integer>> all = new ArrayList<>();
            int count = 1 + random.nextInt(random.nextInt(1, 400));
            for (int i = 0; i < count; i++) {
                List<Integer> replicas =
                        List.of(List.of(1, 2, 3), List.of(3), List.of(2, 1)).get(random.nextInt(3));
                all.add(replicas);
                image = image.after(PartitionRecord.DEFAULT
                        .withTopicId(ours(id(name)))
                        .withPartitionId(i)
                        .withReplicas(replicas)
                        .withIsr(replicas)
                        .withLeader(replicas.getFirst()));
            }
            partitions.put(name, all);
        }

        private static Uuid id(String name) {
            return new Uuid(name.hashCode() * 0x9E3779B97F4A7C15L, name.length());
        }

        private static io.millrace.protocol.Uuid ours(Uuid id) {
            return new io.millrace.protocol.Uuid(
                    id.getMostSignificantBits(), id.getLeastSignificantBits());
        }

        @Override
        public Optional<TopicMetadata> topicMetadata(String name) {
            return Optional.ofNullable(partitions.get(name)).map(all -> new Seen(name, all));
        }

        @Override
        public Set<Uuid> topicIds() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Set<String> topicNames() {
            return partitions.keySet();
        }

        @Override
        public Optional<TopicMetadata> topicMetadata(Uuid id) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CoordinatorMetadataDelta emptyDelta() {
            throw new UnsupportedOperationException();
        }

        @Override
        public long version() {
            return 1;
        }

        @Override
        public boolean isEmpty() {
            return partitions.isEmpty();
        }
    }

    private record Seen(String name, List<List<Integer>> partitions)
            implements CoordinatorMetadataImage.TopicMetadata {
        @Override
        public Uuid id() {
            return Topics.id(name);
        }

        @Override
        public int partitionCount() {
            return partitions.size();
        }

        @Override
        public List<String> partitionRacks(int partition) {
            List<String> racks = new ArrayList<>();
            for (int node : partitions.get(partition)) {
                if (node < 3) {
                    racks.add(node == 1 ? "near" : "far");
                }
            }
            return racks;
        }
    }
}
