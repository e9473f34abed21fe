package io.millrace.group;

import io.millrace.config.Setting;
import io.millrace.protocol.Check;
import java.util.List;

/// Settings of the group coordinator. Groups of the consumer protocol may override some of them.
public record GroupConfig(
        @Setting(
                key = "group.min.session.timeout.ms",
                value = "6000",
                range = "0..",
                help = "The shortest session timeout that a classic member may ask for.")
        int minSessionTimeoutMs,

        @Setting(
                key = "group.max.session.timeout.ms",
                value = "1800000",
                range = "0..",
                help = "The longest session timeout that a classic member may ask for.")
        int maxSessionTimeoutMs,

        @Setting(
                key = "group.initial.rebalance.delay.ms",
                value = "3000",
                range = "0..",
                help = "How long an empty classic group waits for more members.")
        int initialRebalanceDelayMs,

        @Setting(
                key = "group.max.size",
                value = "2147483647",
                range = "1..",
                help = "The most members of a classic group.")
        int maxSize,

        @Setting(
                key = "group.consumer.session.timeout.ms",
                value = "45000",
                range = "1..",
                help = "A member of a consumer group that is silent for so long is out.")
        int consumerSessionTimeoutMs,

        @Setting(
                key = "group.consumer.min.session.timeout.ms",
                value = "45000",
                range = "1..",
                help = "The shortest consumer.session.timeout.ms that a group may have.")
        int consumerMinSessionTimeoutMs,

        @Setting(
                key = "group.consumer.max.session.timeout.ms",
                value = "60000",
                range = "1..",
                help = "The longest consumer.session.timeout.ms that a group may have.")
        int consumerMaxSessionTimeoutMs,

        @Setting(
                key = "group.consumer.heartbeat.interval.ms",
                value = "5000",
                range = "1..",
                help = "How often members of consumer groups are told to send heartbeats.")
        int consumerHeartbeatIntervalMs,

        @Setting(
                key = "group.consumer.min.heartbeat.interval.ms",
                value = "5000",
                range = "1..",
                help = "The shortest consumer.heartbeat.interval.ms that a group may have.")
        int consumerMinHeartbeatIntervalMs,

        @Setting(
                key = "group.consumer.max.heartbeat.interval.ms",
                value = "15000",
                range = "1..",
                help = "The longest consumer.heartbeat.interval.ms that a group may have.")
        int consumerMaxHeartbeatIntervalMs,

        @Setting(
                key = "group.consumer.max.size",
                value = "2147483647",
                range = "1..",
                help = "The most members of a consumer group.")
        int consumerMaxSize,

        @Setting(
                key = "group.consumer.assignors",
                value = "uniform,range",
                oneOf = {"uniform", "range"},
                help = "The assignors that members may choose; the first is the default.")
        List<String> consumerAssignors,

        @Setting(
                key = "group.consumer.assignment.interval.ms",
                value = "1000",
                range = "0..",
                help = "The least time between two assignments of one consumer group.",
                update = Setting.Update.CLUSTER)
        int consumerAssignmentIntervalMs,

        @Setting(
                key = "group.consumer.min.assignment.interval.ms",
                value = "0",
                range = "0..",
                help = "The shortest consumer.assignment.interval.ms that a group may have.")
        int consumerMinAssignmentIntervalMs,

        @Setting(
                key = "group.consumer.max.assignment.interval.ms",
                value = "15000",
                range = "0..",
                help = "The longest consumer.assignment.interval.ms that a group may have.")
        int consumerMaxAssignmentIntervalMs,

        @Setting(
                key = "group.consumer.migration.policy",
                value = "bidirectional",
                oneOf = {"disabled", "downgrade", "upgrade", "bidirectional"},
                help = "Whether groups with members may change their protocol.")
        String consumerMigrationPolicy,

        @Setting(
                key = "offset.metadata.max.bytes",
                value = "4096",
                range = "0..",
                help = "The longest metadata that may stand beside a committed offset.")
        int offsetMetadataMaxBytes,

        @Setting(
                key = "offsets.retention.minutes",
                value = "10080",
                range = "1..",
                help = "How long offsets outlive the last use of their group.")
        int offsetsRetentionMinutes,

        @Setting(
                key = "offsets.retention.check.interval.ms",
                value = "600000",
                range = "1..",
                help = "How often offsets are checked for their age.")
        long offsetsRetentionCheckIntervalMs) {
    public GroupConfig {
        consumerAssignors = List.copyOf(consumerAssignors);
        Check.setting(
                minSessionTimeoutMs <= maxSessionTimeoutMs,
                "group.min.session.timeout.ms must not exceed group.max.session.timeout.ms");
        Check.setting(!consumerAssignors.isEmpty(), "group.consumer.assignors must not be empty");
        Check.setting(
                consumerMinSessionTimeoutMs <= consumerSessionTimeoutMs
                        && consumerSessionTimeoutMs <= consumerMaxSessionTimeoutMs,
                "group.consumer.session.timeout.ms must lie between its minimum and its maximum");
        Check.setting(
                consumerMinHeartbeatIntervalMs <= consumerHeartbeatIntervalMs
                        && consumerHeartbeatIntervalMs <= consumerMaxHeartbeatIntervalMs,
                "group.consumer.heartbeat.interval.ms must lie within its bounds");
        Check.setting(
                consumerMinAssignmentIntervalMs <= consumerAssignmentIntervalMs
                        && consumerAssignmentIntervalMs <= consumerMaxAssignmentIntervalMs,
                "group.consumer.assignment.interval.ms must lie within its bounds");
        Check.setting(
                consumerHeartbeatIntervalMs < consumerSessionTimeoutMs,
                "group.consumer.heartbeat.interval.ms must be below the session timeout");
    }

    boolean allowsUpgrade() {
        return consumerMigrationPolicy.equals("upgrade")
                || consumerMigrationPolicy.equals("bidirectional");
    }

    boolean allowsDowngrade() {
        return consumerMigrationPolicy.equals("downgrade")
                || consumerMigrationPolicy.equals("bidirectional");
    }
}
