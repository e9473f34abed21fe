package io.millrace.group;

import io.millrace.config.Setting;

/// What one group of the consumer protocol may set for itself (`DescribeConfigs` of the resource
/// GROUP). The defaults are the broker's.
public record GroupSettings(
        @Setting(
                key = SESSION_TIMEOUT,
                value = "45000",
                range = "1..",
                help = "A member that is silent for so long is out.")
        int sessionTimeoutMs,

        @Setting(
                key = HEARTBEAT_INTERVAL,
                value = "5000",
                range = "1..",
                help = "How often members are told to send heartbeats.")
        int heartbeatIntervalMs,

        @Setting(
                key = ASSIGNMENT_INTERVAL,
                value = "1000",
                range = "0..",
                help = "The least time between two assignments.")
        int assignmentIntervalMs) {
    static final String SESSION_TIMEOUT = "consumer.session.timeout.ms";
    static final String HEARTBEAT_INTERVAL = "consumer.heartbeat.interval.ms";
    static final String ASSIGNMENT_INTERVAL = "consumer.assignment.interval.ms";
}
