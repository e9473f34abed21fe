package io.millrace.common;

import java.util.Map;

/// Names a metric.
public record MetricName(String name, String group, String description, Map<String, String> tags) {
    public MetricName {
        tags = Map.copyOf(tags);
    }
}
