package io.millrace.clients.admin;

import io.millrace.common.KafkaFuture;
import io.millrace.common.Uuid;
import java.util.LinkedHashMap;
import java.util.Map;

/// Per topic, whether it was made, and as what.
public final class CreateTopicsResult {
    private final Map<String, KafkaFuture<TopicMetadataAndConfig>> futures;

    CreateTopicsResult(Map<String, KafkaFuture<TopicMetadataAndConfig>> futures) {
        this.futures = futures;
    }

    public Map<String, KafkaFuture<Void>> values() {
        var values = new LinkedHashMap<String, KafkaFuture<Void>>();
        futures.forEach((topic, future) -> values.put(topic, Futures.quiet(future)));
        return values;
    }

    public KafkaFuture<Void> all() {
        return Futures.done(futures);
    }

    public KafkaFuture<Uuid> topicId(String topic) {
        return Futures.asked(futures, topic).thenApply(TopicMetadataAndConfig::topicId);
    }

    public KafkaFuture<Integer> numPartitions(String topic) {
        return Futures.asked(futures, topic).thenApply(TopicMetadataAndConfig::numPartitions);
    }

    public KafkaFuture<Integer> replicationFactor(String topic) {
        return Futures.asked(futures, topic).thenApply(TopicMetadataAndConfig::replicationFactor);
    }

    public KafkaFuture<Config> config(String topic) {
        return Futures.asked(futures, topic).thenApply(TopicMetadataAndConfig::config);
    }

    /// What was made.
    public record TopicMetadataAndConfig(
            Uuid topicId, int numPartitions, int replicationFactor, Config config) {}
}
