package io.millrace.cluster;

import io.millrace.cluster.SettingsTable.Disposition;
import io.millrace.config.Setting;
import io.millrace.config.SettingDefinition;
import io.millrace.config.SettingType;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Every configuration key of every kind of resource: those that components of this broker read,
/// from their settings records, and those of Kafka that none reads, from the table.
public final class ConfigSchema {
    private static final String CLIENT_METRICS_HELP =
            "Kept for clients that ask; see client metrics.";

    private final SortedMap<String, SettingDefinition> topic = new TreeMap<>();
    private final SortedMap<String, SettingDefinition> broker = new TreeMap<>();
    private final SortedMap<String, SettingDefinition> group = new TreeMap<>();
    private final SortedMap<String, SettingDefinition> clientMetrics = new TreeMap<>();
    private final SortedMap<String, SettingsTable.Line> passive = new TreeMap<>();
    private final List<String> superseded = new ArrayList<>();

    /// @param topic the settings that storage reads of a topic
    /// @param broker the settings that components read of the node
    /// @param group the settings that the coordinator reads of a group
    public ConfigSchema(
            List<SettingDefinition> topic,
            List<SettingDefinition> broker,
            List<SettingDefinition> group) {
        topic.forEach(each -> this.topic.put(each.key(), each));
        broker.forEach(each -> this.broker.put(each.key(), each));
        group.forEach(each -> this.group.put(each.key(), each));
        SettingsTable.load().forEach(this::addPassive);
        clientMetric("interval.ms", SettingType.INT, "300000", "100..3600000");
        clientMetric("match", SettingType.LIST, "", "");
        clientMetric("metrics", SettingType.LIST, "", "");
    }

    private void addPassive(SettingsTable.Line line) {
        SortedMap<String, SettingDefinition> map = switch (line.scope()) {
            case "topic" -> topic;
            case "group" -> group;
            default -> broker;
        };
        if (map.putIfAbsent(line.definition().key(), line.definition()) == null) {
            passive.put(line.scope() + " " + line.definition().key(), line);
        } else {
            superseded.add(line.scope() + " " + line.definition().key());
        }
    }

    private void clientMetric(String key, SettingType type, String value, String range) {
        clientMetrics.put(
                key,
                new SettingDefinition(
                        key,
                        type,
                        value,
                        false,
                        CLIENT_METRICS_HELP,
                        range,
                        List.of(),
                        Setting.Update.CLUSTER));
    }

    /// By key; empty for kinds that have none.
    public SortedMap<String, SettingDefinition> definitions(ConfigResource.Kind kind) {
        return switch (kind) {
            case TOPIC -> topic;
            case BROKER -> broker;
            case GROUP -> group;
            case CLIENT_METRICS -> clientMetrics;
            case BROKER_LOGGER, UNKNOWN -> new TreeMap<>();
        };
    }

    public @Nullable SettingDefinition definition(ConfigResource.Kind kind, String key) {
        return definitions(kind).get(key);
    }

    /// Lines of the table that a settings record has made superfluous; a test wants none.
    List<String> superseded() {
        return superseded;
    }

    /// The keys that nothing acts on, of one scope and disposition, by reason.
    SortedMap<String, List<SettingDefinition>> passive(String scope, Disposition disposition) {
        SortedMap<String, List<SettingDefinition>> byReason = new TreeMap<>();
        for (SettingsTable.Line line : passive.values()) {
            if (line.scope().equals(scope) && line.disposition() == disposition) {
                byReason.computeIfAbsent(line.reason(), _ -> new ArrayList<>())
                        .add(line.definition());
            }
        }
        return byReason;
    }

    /// Why a value other than the default is refused; empty when it is not.
    public String refusal(ConfigResource.Kind kind, String key, String value) {
        SettingsTable.Line line = switch (kind) {
            case TOPIC -> passive.get("topic " + key);
            case BROKER -> passive.get("broker " + key);
            case GROUP -> passive.get("group " + key);
            case BROKER_LOGGER, CLIENT_METRICS, UNKNOWN -> null;
        };
        return line == null
                        || line.disposition() != Disposition.REFUSED
                        || value.equals(line.definition().defaultValue())
                ? ""
                : key + ": " + line.reason();
    }
}
