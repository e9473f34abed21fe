package io.millrace.cluster;

import io.millrace.config.SettingDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Which value of a setting holds, and where it comes from: a topic's or group's own, the node's,
/// that of all nodes, the node's file, the default.
public final class Configurations {
    /// With the numbers of `DescribeConfigs`.
    public enum Source {
        TOPIC(1),
        NODE(2),
        ALL_NODES(3),
        FILE(4),
        DEFAULT(5),
        LOGGER(6),
        CLIENT_METRICS(7),
        GROUP(8);

        private final byte wireId;

        Source(int wireId) {
            this.wireId = (byte) wireId;
        }

        public byte wireId() {
            return wireId;
        }
    }

    /// A key and value that would hold if what stands before it were not set.
    public record Synonym(String key, @Nullable String value, Source source) {}

    /// A setting of a resource as it stands.
    ///
    /// @param value null for a secret, and where the default is none
    /// @param synonyms in order of precedence; the first, if any, holds
    public record Described(
            SettingDefinition definition,
            @Nullable String value,
            Source source,
            List<Synonym> synonyms) {
        public Described {
            synonyms = List.copyOf(synonyms);
        }
    }

    private final ConfigSchema schema;
    private final SortedMap<String, String> file;
    private final int nodeId;

    /// @param file what the node was started with
    public Configurations(ConfigSchema schema, SortedMap<String, String> file, int nodeId) {
        this.schema = schema;
        this.file = new TreeMap<>(file);
        // The old name of the same thing, which tools still ask for.
        this.file.putIfAbsent("broker.id", Integer.toString(nodeId));
        this.nodeId = nodeId;
    }

    public ConfigSchema schema() {
        return schema;
    }

    /// Everything that is set for this node, without defaults: what its components read.
    public SortedMap<String, String> ofNode(ClusterImage image) {
        SortedMap<String, String> values = new TreeMap<>(file);
        image.config(ConfigResource.ALL_BROKERS)
                .forEach(each -> values.put(each.key(), each.value()));
        image.config(ConfigResource.broker(nodeId))
                .forEach(each -> values.put(each.key(), each.value()));
        return values;
    }

    /// What is set for a topic, here or through the node's settings; the rest are the defaults of
    /// the record that reads it.
    public SortedMap<String, String> ofTopic(ClusterImage image, String topic) {
        return ofTopic(image, image.config(ConfigResource.topic(topic)));
    }

    SortedMap<String, String> ofTopic(ClusterImage image, SortedTree<String, String> own) {
        SortedMap<String, String> node = ofNode(image);
        SortedMap<String, String> values = new TreeMap<>();
        for (String key : schema.definitions(ConfigResource.Kind.TOPIC).keySet()) {
            String inherited = inherited(key, node);
            if (inherited != null) {
                values.put(key, inherited);
            }
        }
        own.forEach(each -> values.put(each.key(), each.value()));
        return values;
    }

    /// What is set for a group, here or through the node's settings.
    public SortedMap<String, String> ofGroup(ClusterImage image, String group) {
        SortedMap<String, String> node = ofNode(image);
        SortedMap<String, String> values = new TreeMap<>();
        for (String key : schema.definitions(ConfigResource.Kind.GROUP).keySet()) {
            String inherited = node.get("group." + key);
            if (inherited != null) {
                values.put(key, inherited);
            }
        }
        image.config(new ConfigResource(ConfigResource.Kind.GROUP, group))
                .forEach(each -> values.put(each.key(), each.value()));
        return values;
    }

    private static @Nullable String inherited(String topicKey, SortedMap<String, String> node) {
        for (ConfigSynonym synonym : ConfigSynonym.ofTopic(topicKey)) {
            String value = node.get(synonym.key());
            if (value != null) {
                String converted = synonym.convert(value);
                return topicKey.equals("retention.ms") && converted.startsWith("-")
                        ? "-1"
                        : converted;
            }
        }
        return null;
    }

    /// Every setting of a resource, by key.
    public List<Described> describe(ClusterImage image, ConfigResource resource) {
        return switch (resource.kind()) {
            case TOPIC -> topic(image, image.config(resource));
            case BROKER -> resource.name().isEmpty() ? allNodes(image) : node(image);
            case GROUP -> group(image, image.config(resource));
            case CLIENT_METRICS -> clientMetrics(image.config(resource));
            case BROKER_LOGGER, UNKNOWN -> List.of();
        };
    }

    List<Described> topic(ClusterImage image, SortedTree<String, String> own) {
        SortedMap<String, String> values = ofTopic(image, own);
        List<Described> described = new ArrayList<>();
        for (SettingDefinition definition :
                schema.definitions(ConfigResource.Kind.TOPIC).values()) {
            String key = definition.key();
            String value = values.getOrDefault(key, definition.defaultValue());
            List<ConfigSynonym> synonyms = ConfigSynonym.ofTopic(key);
            List<Synonym> all = synonyms.isEmpty()
                    ? new ArrayList<>()
                    : nodeSynonyms(image, synonyms.getFirst().key());
            if (own.contains(key)) {
                all.addFirst(new Synonym(key, value, Source.TOPIC));
            }
            described.add(described(definition, value, all));
        }
        return described;
    }

    private List<Described> node(ClusterImage image) {
        SortedMap<String, String> values = ofNode(image);
        List<Described> described = new ArrayList<>();
        SortedMap<String, SettingDefinition> definitions =
                schema.definitions(ConfigResource.Kind.BROKER);
        for (SettingDefinition definition : definitions.values()) {
            String value = values.getOrDefault(definition.key(), definition.defaultValue());
            described.add(described(definition, value, nodeSynonyms(image, definition.key())));
        }
        return described;
    }

    private List<Described> allNodes(ClusterImage image) {
        List<Described> described = new ArrayList<>();
        for (var entry : image.config(ConfigResource.ALL_BROKERS)) {
            SettingDefinition definition =
                    schema.definition(ConfigResource.Kind.BROKER, entry.key());
            if (definition != null) {
                Synonym synonym = new Synonym(entry.key(), entry.value(), Source.ALL_NODES);
                described.add(described(definition, entry.value(), List.of(synonym)));
            }
        }
        return described;
    }

    private List<Described> group(ClusterImage image, SortedTree<String, String> own) {
        List<Described> described = new ArrayList<>();
        for (SettingDefinition definition :
                schema.definitions(ConfigResource.Kind.GROUP).values()) {
            String key = definition.key();
            String onNode = "group." + key;
            boolean inherits = schema.definition(ConfigResource.Kind.BROKER, onNode) != null;
            List<Synonym> all = inherits ? nodeSynonyms(image, onNode) : new ArrayList<>();
            if (!inherits && definition.defaultValue() != null) {
                all.add(new Synonym(key, definition.defaultValue(), Source.DEFAULT));
            }
            String value = own.get(key);
            if (value != null) {
                all.addFirst(new Synonym(key, value, Source.GROUP));
            }
            described.add(described(
                    definition,
                    all.isEmpty() ? definition.defaultValue() : all.getFirst().value(),
                    all));
        }
        return described;
    }

    private List<Described> clientMetrics(SortedTree<String, String> own) {
        List<Described> described = new ArrayList<>();
        for (var definition :
                schema.definitions(ConfigResource.Kind.CLIENT_METRICS).values()) {
            String value = own.get(definition.key());
            described.add(
                    value == null
                            ? described(definition, definition.defaultValue(), List.of())
                            : described(
                                    definition,
                                    value,
                                    List.of(new Synonym(
                                            definition.key(), value, Source.CLIENT_METRICS))));
        }
        return described;
    }

    private static Described described(
            SettingDefinition definition, @Nullable String value, List<Synonym> synonyms) {
        Source source =
                synonyms.isEmpty() ? Source.DEFAULT : synonyms.getFirst().source();
        return definition.isSensitive()
                ? new Described(
                        definition,
                        null,
                        source,
                        synonyms.stream()
                                .map(each -> new Synonym(each.key(), null, each.source()))
                                .toList())
                : new Described(definition, value, source, synonyms);
    }

    /// Where a key of the node is set, keys of other units included, as Kafka lists them: what
    /// stands before the first mention of the key itself is left out.
    private List<Synonym> nodeSynonyms(ClusterImage image, String key) {
        List<String> keys = new ArrayList<>(List.of(key));
        for (String topicKey : schema.definitions(ConfigResource.Kind.TOPIC).keySet()) {
            List<ConfigSynonym> group = ConfigSynonym.ofTopic(topicKey);
            if (group.size() > 1 && group.getFirst().key().equals(key)) {
                keys = new ArrayList<>(group.stream().map(ConfigSynonym::key).toList());
            }
        }
        List<Synonym> all = new ArrayList<>();
        addAll(all, keys, image.config(ConfigResource.broker(nodeId)), Source.NODE);
        addAll(all, keys, image.config(ConfigResource.ALL_BROKERS), Source.ALL_NODES);
        for (String each : keys) {
            if (file.containsKey(each)) {
                all.add(new Synonym(each, file.get(each), Source.FILE));
            }
        }
        for (String each : keys) {
            SettingDefinition definition = schema.definition(ConfigResource.Kind.BROKER, each);
            if (definition != null && definition.defaultValue() != null) {
                all.add(new Synonym(each, definition.defaultValue(), Source.DEFAULT));
            }
        }
        while (!all.isEmpty() && !all.getFirst().key().equals(key)) {
            all.removeFirst();
        }
        return all;
    }

    private static void addAll(
            List<Synonym> all,
            List<String> keys,
            SortedTree<String, String> values,
            Source source) {
        for (String key : keys) {
            String value = values.get(key);
            if (value != null) {
                all.add(new Synonym(key, value, source));
            }
        }
    }
}
