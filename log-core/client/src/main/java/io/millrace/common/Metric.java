package io.millrace.common;

/// A figure that a client keeps about itself.
public interface Metric {
    MetricName metricName();

    Object metricValue();
}
