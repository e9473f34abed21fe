package io.millrace.platform.fault;

import static java.util.Objects.requireNonNull;

import io.millrace.platform.fault.Ledger.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;

/// Compares what a node has with what it acknowledged.
final class Audit {
    private static final int SHOWN = 20;

    private final String bootstrap;

    Audit(String bootstrap) {
        this.bootstrap = bootstrap;
    }

    /// What is wrong: nothing acknowledged may be missing, nothing be there twice, and each
    /// producer's records must be in the order in which it sent them, without a gap.
    List<String> records(Map<String, Place> acknowledged) {
        List<String> wrong = new ArrayList<>(missing(acknowledged));
        for (String topic : List.of(Load.PLAIN, Load.ROLLING)) {
            read(topic).forEach((partition, values) -> checkOrder(topic, partition, values, wrong));
        }
        return wrong;
    }

    /// Records that are not where they were acknowledged to be.
    List<String> missing(Map<String, Place> acknowledged) {
        Map<String, Map<Integer, Map<Long, String>>> all = new HashMap<>();
        for (String topic : List.of(Load.PLAIN, Load.ROLLING)) {
            all.put(topic, read(topic));
        }
        List<String> missing = new ArrayList<>();
        acknowledged.forEach((value, place) -> {
            String there = requireNonNull(all.get(place.topic()))
                    .getOrDefault(place.partition(), Map.of())
                    .get(place.offset());
            if (!value.equals(place.topic() + "/" + there)) {
                missing.add(place + ": " + there + " instead of " + value);
            }
        });
        return missing;
    }

    private static void checkOrder(
            String topic, int partition, Map<Long, String> values, List<String> wrong) {
        Map<String, Integer> next = new HashMap<>();
        values.forEach((offset, value) -> {
            String[] parts = value.split("/");
            int number = Integer.parseInt(parts[2]);
            int expected = next.getOrDefault(parts[0], 0);
            if (number != expected && wrong.size() < SHOWN) {
                wrong.add(topic + "-" + partition + "@" + offset + ": " + value + ", and "
                        + expected + " was next");
            }
            next.put(parts[0], number + 1);
        });
    }

    /// Values by partition and offset, from the start to the end.
    private Map<Integer, Map<Long, String>> read(String topic) {
        Map<Integer, Map<Long, String>> values = new TreeMap<>();
        try (var consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", bootstrap,
                        "isolation.level", "read_committed",
                        "max.poll.records", "10000",
                        "enable.auto.commit", "false"),
                new StringDeserializer(),
                new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(each -> new TopicPartition(topic, each.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream()
                    .anyMatch(each -> consumer.position(each) < requireNonNull(ends.get(each)))) {
                for (ConsumerRecord<String, String> found : consumer.poll(Duration.ofMillis(500))) {
                    values.computeIfAbsent(found.partition(), _ -> new TreeMap<>())
                            .put(found.offset(), found.value());
                }
            }
        }
        return values;
    }

    /// Offsets of the group that lie behind what was committed.
    List<String> commits(Map<Integer, Long> committed)
            throws InterruptedException, ExecutionException {
        List<String> behind = new ArrayList<>();
        try (Admin admin = admin()) {
            var offsets = admin.listConsumerGroupOffsets(Load.GROUP)
                    .partitionsToOffsetAndMetadata()
                    .get();
            committed.forEach((partition, offset) -> {
                var found = offsets.get(new TopicPartition(Load.COMMITS, partition));
                if (found == null || found.offset() < offset) {
                    behind.add("partition " + partition + ": " + found + " behind " + offset);
                }
            });
        }
        return behind;
    }

    /// Topics that are missing, have other settings, or should be gone.
    List<String> topics(Map<String, String> created, List<String> deleted)
            throws InterruptedException, ExecutionException {
        List<String> wrong = new ArrayList<>();
        try (Admin admin = admin()) {
            Set<String> names = admin.listTopics().names().get();
            deleted.stream()
                    .filter(names::contains)
                    .forEach(topic -> wrong.add(topic + " was deleted and is there"));
            created.keySet().stream()
                    .filter(topic -> !names.contains(topic))
                    .forEach(topic -> wrong.add(topic + " is missing"));
            Map<ConfigResource, Config> configs = admin.describeConfigs(created.keySet().stream()
                            .filter(names::contains)
                            .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic))
                            .toList())
                    .all()
                    .get();
            configs.forEach((resource, config) -> {
                String retention = config.get("retention.ms").value();
                if (!retention.equals(created.get(resource.name()))) {
                    wrong.add(resource.name() + " has retention.ms=" + retention + " instead of "
                            + created.get(resource.name()));
                }
            });
        }
        return wrong;
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrap));
    }
}
