package io.millrace.broker.partition;

import io.millrace.cluster.ClusterImage;
import io.millrace.cluster.ConfigResource;
import io.millrace.cluster.Configurations;
import io.millrace.cluster.SortedTree;
import io.millrace.config.Setting;
import io.millrace.config.Settings;
import io.millrace.storage.LogConfig;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;

/// Finds the settings of a topic as they hold: its own, else the node's, else the default. Reads
/// them once for all its partitions, and once for all topics without any of their own.
///
/// Owner thread: any.
public final class TopicSettings {
    private final Configurations configurations;
    private volatile Known known = new Known(SortedTree.empty());

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

    /// What was found in these configurations.
    private record Known(
            SortedTree<ConfigResource, SortedTree<String, String>> configs,
            Map<String, Values> topics) {
        Known(SortedTree<ConfigResource, SortedTree<String, String>> configs) {
            this(configs, new ConcurrentHashMap<>());
        }
    }

    Values of(ClusterImage image, String topic) {
        Known now = known;
        if (now.configs != image.configs()) {
            now = new Known(image.configs());
            known = now;
        }
        boolean hasNone = image.config(ConfigResource.topic(topic)).isEmpty();
        return now.topics.computeIfAbsent(hasNone ? "" : topic, _ -> read(image, topic));
    }

    private Values read(ClusterImage image, String topic) {
        SortedMap<String, String> set = configurations.ofTopic(image, topic);
        return new Values(
                LogConfig.of(set), Settings.read(PartitionSettings.class, set).minInSyncReplicas());
    }

    public LogConfig log(ClusterImage image, String topic) {
        return of(image, topic).log();
    }
}
