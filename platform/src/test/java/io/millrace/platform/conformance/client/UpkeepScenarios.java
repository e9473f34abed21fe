package io.millrace.platform.conformance.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/// Compaction and retention, with settings that make them quick.
public final class UpkeepScenarios {
    private static final String FILLER = "filler";

    private final Cluster cluster;

    public UpkeepScenarios(String bootstrap, String version) {
        cluster = new Cluster(bootstrap, version);
    }

    private static Map<String, String> compacting(String... more) {
        Map<String, String> settings = new TreeMap<>(Map.of(
                "cleanup.policy", "compact",
                "segment.ms", "100",
                "min.cleanable.dirty.ratio", "0.001",
                "min.compaction.lag.ms", "0"));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return settings;
    }

    private void put(String topic, String key, @Nullable String value) throws Exception {
        try (KafkaProducer<String, String> producer = cluster.producer(Map.of())) {
            Cluster.get(producer.send(new ProducerRecord<>(topic, 0, key, value)));
        }
    }

    private List<ConsumerRecord<String, String>> entries(String topic) {
        return cluster.read(topic, 0).stream()
                .filter(record -> !FILLER.equals(record.key()))
                .toList();
    }

    /// Writes until segments were rolled and cleaned so far that only so many records are left.
    private void awaitCleaning(String topic, int left) {
        Cluster.await(left + " records", () -> {
            try {
                put(topic, FILLER, "x");
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            return entries(topic).size() == left;
        });
    }

    public void compactionKeepsTheLastValueAndItsOffset() throws Exception {
        String topic = cluster.topic("compaction", 1, compacting());
        Map<String, Long> last = new TreeMap<>();
        try (KafkaProducer<String, String> producer = cluster.producer(Map.of())) {
            for (int round = 0; round < 5; round++) {
                for (int key = 0; key < 10; key++) {
                    last.put(
                            "k" + key,
                            Cluster.get(producer.send(
                                            new ProducerRecord<>(topic, 0, "k" + key, "" + round)))
                                    .offset());
                }
            }
            last.put(
                    "k3",
                    Cluster.get(producer.send(
                                    new ProducerRecord<String, String>(topic, 0, "k3", null)))
                            .offset());
        }
        awaitCleaning(topic, 10);
        Map<String, Long> offsets = new TreeMap<>();
        for (ConsumerRecord<String, String> record : entries(topic)) {
            offsets.put(record.key(), record.offset());
            assertEquals(record.key().equals("k3") ? null : "4", record.value());
        }
        assertEquals(last, offsets);
    }

    public void tombstonesGoWhenTheirTimeIsOver() throws Exception {
        String topic = cluster.topic("tombstones", 1, compacting("delete.retention.ms", "0"));
        put(topic, "stays", "1");
        put(topic, "goes", "1");
        put(topic, "goes", null);
        awaitCleaning(topic, 1);
        assertEquals("stays", entries(topic).getFirst().key());
    }

    public void recordsOlderThanRetentionAreDeleted() throws Exception {
        String topic =
                cluster.topic("old", 1, Map.of("retention.ms", "3600000", "segment.ms", "100"));
        try (KafkaProducer<String, String> producer = cluster.producer(Map.of())) {
            Cluster.get(producer.send(
                    new ProducerRecord<>(topic, 0, 1_600_000_000_000L, "old", "old")));
        }
        put(topic, "new", "new");
        Cluster.await("the old record to go", () -> {
            try {
                put(topic, FILLER, "x");
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            return entries(topic).size() == 1;
        });
        assertEquals("new", entries(topic).getFirst().key());
    }

    public void partitionsAreKeptToTheirSize() throws Exception {
        String topic =
                cluster.topic("sized", 1, Map.of("retention.bytes", "20000", "segment.ms", "100"));
        for (int i = 0; i < 10; i++) {
            put(topic, "k" + i, "x".repeat(5000));
        }
        Cluster.await("the first records to go", () -> {
            try {
                put(topic, FILLER, "x".repeat(5000)); // the first ten may share one segment
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            return cluster.read(topic, 0).getFirst().offset() > 2;
        });
    }

    public void compactedTopicsMayBeDeletedFromToo() throws Exception {
        String topic = cluster.topic(
                "both",
                1,
                compacting("cleanup.policy", "compact,delete", "retention.ms", "3600000"));
        try (KafkaProducer<String, String> producer = cluster.producer(Map.of())) {
            producer.send(new ProducerRecord<>(topic, 0, 1_600_000_000_000L, "old", "old"));
        }
        put(topic, "a", "1");
        put(topic, "a", "2");
        awaitCleaning(topic, 1);
        assertEquals("2", entries(topic).getFirst().value());
    }
}
