package io.millrace.metrics;

import io.millrace.config.Setting;

/// Where a node tells of itself.
public record MetricsSettings(
        @Setting(
                key = "metrics.listen",
                value = "",
                help = "Where metrics and health are served over HTTP: HOST:PORT, or `off`. "
                        + "Port 0 takes a free one. Unset: 127.0.0.1:9644, or a free port where "
                        + "that is taken.")
        String listen) {}
