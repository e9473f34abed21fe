package io.millrace.clients.admin;

import io.millrace.common.KafkaFuture;
import io.millrace.common.config.ConfigResource;
import java.util.Map;

/// The settings by resource.
public final class DescribeConfigsResult {
    private final Map<ConfigResource, KafkaFuture<Config>> futures;

    DescribeConfigsResult(Map<ConfigResource, KafkaFuture<Config>> futures) {
        this.futures = futures;
    }

    public Map<ConfigResource, KafkaFuture<Config>> values() {
        return futures;
    }

    public KafkaFuture<Map<ConfigResource, Config>> all() {
        return Futures.together(futures);
    }
}
