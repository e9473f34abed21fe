package io.millrace.broker;

import io.millrace.broker.metadata.SnapshotSettings;
import io.millrace.broker.partition.TopicSettings;
import io.millrace.cluster.ClusterImage;
import io.millrace.cluster.ConfigSchema;
import io.millrace.cluster.ConfigSynonym;
import io.millrace.cluster.Configurations;
import io.millrace.config.SettingDefinition;
import io.millrace.config.Settings;
import io.millrace.group.GroupConfig;
import io.millrace.group.GroupSettings;
import io.millrace.metrics.MetricsSettings;
import io.millrace.protocol.BadSetting;
import io.millrace.storage.DirectorySettings;
import io.millrace.storage.LogConfig;
import io.millrace.storage.MoveThrottle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a node is started with, by Kafka's keys: checked as a whole, so that every mistake is told
/// at once.
public final class BrokerConfig {
    private final SortedMap<String, String> file;
    private final ConfigSchema schema;
    private final Settings settings;

    private BrokerConfig(SortedMap<String, String> file, ConfigSchema schema, Settings settings) {
        this.file = file;
        this.schema = schema;
        this.settings = settings;
    }

    /// @throws io.millrace.protocol.BadSetting naming every key that is unknown or has a bad value
    public static BrokerConfig of(Map<String, String> values) {
        ConfigSchema schema = schema();
        Settings settings = Settings.parseStrictly(
                values,
                schema::refusalAtStart,
                NodeSettings.class,
                NetworkSettings.class,
                DirectorySettings.class,
                MoveThrottle.Rate.class,
                SnapshotSettings.class,
                GroupConfig.class,
                MetricsSettings.class);
        BrokerConfig config = new BrokerConfig(new TreeMap<>(values), schema, settings);
        config.checkDefaultsOfTopics();
        return config;
    }

    /// Some of the node's keys stand for a topic's, in another unit and with other bounds.
    private void checkDefaultsOfTopics() {
        try {
            new TopicSettings(configurations()).log(ClusterImage.EMPTY, "");
        } catch (BadSetting e) {
            List<String> given = Settings.definitions(LogConfig.class).stream()
                    .flatMap(topic -> ConfigSynonym.ofTopic(topic.key()).stream())
                    .map(ConfigSynonym::key)
                    .filter(file::containsKey)
                    .toList();
            throw new BadSetting(
                    String.join(", ", given) + ": not valid for topics: " + e.getMessage(), e);
        }
    }

    static ConfigSchema schema() {
        List<SettingDefinition> topic = new ArrayList<>(Settings.definitions(LogConfig.class));
        topic.addAll(Settings.definitions(TopicSettings.PartitionSettings.class));
        List<SettingDefinition> broker = new ArrayList<>(Settings.definitions(NodeSettings.class));
        broker.addAll(Settings.definitions(NetworkSettings.class));
        broker.addAll(Settings.definitions(DirectorySettings.class));
        broker.addAll(Settings.definitions(MoveThrottle.Rate.class));
        broker.addAll(Settings.definitions(SnapshotSettings.class));
        broker.addAll(Settings.definitions(GroupConfig.class));
        broker.addAll(Settings.definitions(MetricsSettings.class));
        return new ConfigSchema(topic, broker, Settings.definitions(GroupSettings.class));
    }

    NodeSettings node() {
        return settings.get(NodeSettings.class);
    }

    NetworkSettings network() {
        return settings.get(NetworkSettings.class);
    }

    DirectorySettings directories() {
        return settings.get(DirectorySettings.class);
    }

    SnapshotSettings snapshots() {
        return settings.get(SnapshotSettings.class);
    }

    GroupConfig groups() {
        return settings.get(GroupConfig.class);
    }

    MetricsSettings metrics() {
        return settings.get(MetricsSettings.class);
    }

    Configurations configurations() {
        return new Configurations(schema, file, node().nodeId());
    }
}
