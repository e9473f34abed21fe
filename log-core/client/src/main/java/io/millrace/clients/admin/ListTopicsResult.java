package io.millrace.clients.admin;

import io.millrace.common.KafkaFuture;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/// The topics of the cluster.
public final class ListTopicsResult {
    private final KafkaFuture<Map<String, TopicListing>> future;

    ListTopicsResult(KafkaFuture<Map<String, TopicListing>> future) {
        this.future = future;
    }

    public KafkaFuture<Map<String, TopicListing>> namesToListings() {
        return future;
    }

    public KafkaFuture<Collection<TopicListing>> listings() {
        return future.thenApply(Map::values);
    }

    public KafkaFuture<Set<String>> names() {
        return future.thenApply(Map::keySet);
    }
}
