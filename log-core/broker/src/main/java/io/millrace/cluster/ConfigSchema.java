package io.millrace.cluster;

import io.millrace.config.Setting;
import io.millrace.config.SettingDefinition;
import io.millrace.config.SettingType;
import io.millrace.protocol.BadSetting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
        addTopicDefaults();
        SettingsTable.load().forEach(this::addPassive);
        clientMetric("interval.ms", SettingType.INT, "300000", "100..3600000");
        clientMetric("match", SettingType.LIST, "", "");
        clientMetric("metrics", SettingType.LIST, "", "");
    }

    /// The node's settings that hold for topics which do not set their own.
    private void addTopicDefaults() {
        SortedMap<String, SettingDefinition> table = new TreeMap<>();
        for (SettingsTable.Line line : SettingsTable.load()) {
            if (line.scope().equals("broker")) {
                table.put(line.definition().key(), line.definition());
            }
        }
        for (SettingDefinition of : List.copyOf(topic.values())) {
            for (ConfigSynonym synonym : ConfigSynonym.ofTopic(of.key())) {
                String help = of.help() + " For topics that do not set `" + of.key() + "`.";
                broker.putIfAbsent(synonym.key(), named(table, synonym, of, help));
            }
        }
    }

    private static SettingDefinition named(
            SortedMap<String, SettingDefinition> table,
            ConfigSynonym synonym,
            SettingDefinition of,
            String help) {
        SettingDefinition known = table.getOrDefault(synonym.key(), of);
        return new SettingDefinition(
                synonym.key(),
                known.type(),
                known.defaultValue(),
                false,
                help,
                known.range(),
                known.oneOf(),
                known.update());
    }

    private void addPassive(SettingsTable.Line line) {
        SortedMap<String, SettingDefinition> map = switch (line.scope()) {
            case "topic" -> topic;
            case "group" -> group;
            default -> broker;
        };
        if (map.putIfAbsent(line.definition().key(), line.definition()) == null) {
            passive.put(line.scope() + " " + line.definition().key(), line);
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

    /// The settings that components act on, by key.
    public List<SettingDefinition> active(ConfigResource.Kind kind) {
        String scope = scope(kind);
        return definitions(kind).values().stream()
                .filter(each -> !passive.containsKey(scope + " " + each.key()))
                .toList();
    }

    /// The settings that nothing acts on, by what becomes of them and the reason.
    public SortedMap<String, List<SettingDefinition>> passive(
            ConfigResource.Kind kind, Disposition disposition) {
        SortedMap<String, List<SettingDefinition>> byReason = new TreeMap<>();
        for (SettingsTable.Line line : passive.values()) {
            if (line.scope().equals(scope(kind)) && line.disposition() == disposition) {
                byReason.computeIfAbsent(line.reason(), _ -> new ArrayList<>())
                        .add(line.definition());
            }
        }
        return byReason;
    }

    private static String scope(ConfigResource.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /// Why a node does not start with this; empty when it does.
    public String refusalAtStart(String key, String value) {
        SettingDefinition definition = broker.get(key);
        if (definition == null) {
            return "Unknown setting " + key;
        }
        try {
            definition.validate(value);
        } catch (BadSetting e) {
            return String.valueOf(e.getMessage());
        }
        return refusal(ConfigResource.Kind.BROKER, key, value);
    }

    /// Why a value other than the default is refused; empty when it is not.
    public String refusal(ConfigResource.Kind kind, String key, String value) {
        SettingsTable.Line line = passive.get(scope(kind) + " " + key);
        return line == null
                        || line.disposition() != Disposition.REFUSED
                        || value.equals(line.definition().defaultValue())
                ? ""
                : key + ": " + line.reason();
    }
}
