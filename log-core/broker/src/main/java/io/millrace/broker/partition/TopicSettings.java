package io.millrace.broker.partition;

import io.millrace.cluster.ClusterImage;
import io.millrace.cluster.Configurations;
import io.millrace.config.Setting;
import io.millrace.config.Settings;
import io.millrace.storage.LogConfig;
import java.util.SortedMap;

/// Finds the settings of a topic as they hold: its own, else the node's, else the default.
/// Immutable.
public final class TopicSettings {
    private final Configurations configurations;

    public TopicSettings(Configurations configurations) {
        this.configurations = configurations;
    }

    /// What partitions act on, besides the log.
    public record PartitionSettings(
            @Setting(
                    key = "min.insync.replicas",
                    value = "1",
                    range = "1..",
                    help = "Refuse what a producer wants on all replicas while fewer are in sync.",
                    update = Setting.Update.CLUSTER)
            int minInSyncReplicas) {}

    /// All settings of a topic.
    record Values(LogConfig log, int minInSyncReplicas) {}

    Values of(ClusterImage image, String topic) {
        SortedMap<String, String> set = configurations.ofTopic(image, topic);
        return new Values(
                LogConfig.of(set), Settings.read(PartitionSettings.class, set).minInSyncReplicas());
    }

    public LogConfig log(ClusterImage image, String topic) {
        return LogConfig.of(configurations.ofTopic(image, topic));
    }
}
