package io.millrace.cluster;

import static io.millrace.protocol.ErrorCode.INVALID_CONFIG;
import static io.millrace.protocol.ErrorCode.INVALID_REQUEST;
import static io.millrace.protocol.ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;

import io.millrace.config.SettingDefinition;
import io.millrace.protocol.AlterConfigsRequest;
import io.millrace.protocol.AlterConfigsResponse;
import io.millrace.protocol.ConfigRecord;
import io.millrace.protocol.IncrementalAlterConfigsRequest;
import io.millrace.protocol.IncrementalAlterConfigsRequest.AlterableConfig;
import io.millrace.protocol.IncrementalAlterConfigsResponse;
import io.millrace.protocol.MetadataRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Judges changes of configurations: `AlterConfigs`, which replaces all of a resource, and
/// `IncrementalAlterConfigs`, which changes some.
final class ConfigChanges {
    private static final byte SET = 0;
    private static final byte DELETE = 1;
    private static final byte APPEND = 2;
    private static final byte SUBTRACT = 3;

    private final ClusterImage image;
    private final ConfigSchema schema;
    private final ConfigRules rules;
    private final List<MetadataRecord> records = new ArrayList<>();

    ConfigChanges(ClusterImage image, Configurations configurations) {
        this.image = image;
        this.schema = configurations.schema();
        this.rules = new ConfigRules(schema, configurations.ofNode(image));
    }

    Outcome replace(AlterConfigsRequest request) {
        List<ConfigResource> resources = request.resources().stream()
                .map(each -> resource(each.resourceType(), each.resourceName()))
                .toList();
        List<AlterConfigsResponse.AlterConfigsResourceResponse> answers = new ArrayList<>();
        for (int i = 0; i < resources.size(); i++) {
            AlterConfigsRequest.AlterConfigsResource each = request.resources().get(i);
            SortedMap<String, @Nullable String> wanted = new TreeMap<>();
            each.configs().forEach(config -> wanted.put(config.name(), config.value()));
            Problem problem = isTwice(resources, i)
                    ? twice()
                    : wanted.size() < each.configs().size()
                            ? new Problem(INVALID_REQUEST, "A key comes twice.")
                            : replace(resources.get(i), wanted);
            answers.add(new AlterConfigsResponse.AlterConfigsResourceResponse(
                    problem.error(), problem.message(), each.resourceType(), each.resourceName()));
        }
        return Outcome.of(new AlterConfigsResponse(0, answers), records, request.validateOnly());
    }

    Outcome change(IncrementalAlterConfigsRequest request) {
        List<ConfigResource> resources = request.resources().stream()
                .map(each -> resource(each.resourceType(), each.resourceName()))
                .toList();
        List<IncrementalAlterConfigsResponse.AlterConfigsResourceResponse> answers =
                new ArrayList<>();
        for (int i = 0; i < resources.size(); i++) {
            IncrementalAlterConfigsRequest.AlterConfigsResource each =
                    request.resources().get(i);
            Problem problem =
                    isTwice(resources, i) ? twice() : change(resources.get(i), each.configs());
            answers.add(new IncrementalAlterConfigsResponse.AlterConfigsResourceResponse(
                    problem.error(), problem.message(), each.resourceType(), each.resourceName()));
        }
        return Outcome.of(
                new IncrementalAlterConfigsResponse(0, answers), records, request.validateOnly());
    }

    private static ConfigResource resource(byte type, String name) {
        return new ConfigResource(ConfigResource.Kind.of(type), name);
    }

    private static boolean isTwice(List<ConfigResource> resources, int index) {
        ConfigResource resource = resources.get(index);
        return resources.indexOf(resource) != resources.lastIndexOf(resource);
    }

    private static Problem twice() {
        return new Problem(INVALID_REQUEST, "A resource comes twice.");
    }

    private Problem replace(ConfigResource resource, SortedMap<String, @Nullable String> wanted) {
        SortedMap<String, @Nullable String> changes = new TreeMap<>();
        for (var config : image.config(resource)) {
            changes.put(config.key(), null);
        }
        for (var entry : wanted.entrySet()) {
            if (entry.getValue() == null) {
                return new Problem(INVALID_REQUEST, entry.getKey() + " has no value.");
            }
            changes.put(entry.getKey(), entry.getValue());
        }
        return accept(resource, changes);
    }

    private Problem change(ConfigResource resource, List<AlterableConfig> configs) {
        Problem problem = checkOperations(configs);
        if (!problem.isNone()) {
            return problem;
        }
        SortedMap<String, @Nullable String> changes = new TreeMap<>();
        for (AlterableConfig config : configs) {
            String key = config.name();
            String value = config.value() == null ? "" : config.value();
            switch (config.configOperation()) {
                case SET -> changes.put(key, value);
                case DELETE -> changes.put(key, null);
                default -> {
                    if (!rules.isList(resource.kind(), key)) {
                        return new Problem(
                                INVALID_CONFIG, key + " is no list that could be changed in part.");
                    }
                    changes.put(
                            key, edited(resource, key, value, config.configOperation() == APPEND));
                }
            }
        }
        return accept(resource, changes);
    }

    private static Problem checkOperations(List<AlterableConfig> configs) {
        if (configs.stream().map(AlterableConfig::name).distinct().count() < configs.size()) {
            return new Problem(INVALID_REQUEST, "A key comes twice.");
        }
        for (AlterableConfig config : configs) {
            if (config.configOperation() < SET || config.configOperation() > SUBTRACT) {
                return new Problem(
                        INVALID_REQUEST, "The operation on " + config.name() + " is unknown.");
            }
            if (config.configOperation() != DELETE && config.value() == null) {
                return new Problem(INVALID_REQUEST, config.name() + " has no value.");
            }
        }
        return Problem.NONE;
    }

    private String edited(ConfigResource resource, String key, String value, boolean append) {
        SettingDefinition definition = schema.definition(resource.kind(), key);
        String fallback = definition == null ? null : definition.defaultValue();
        String present = image.config(resource).getOrDefault(key, fallback == null ? "" : fallback);
        List<String> elements = new ArrayList<>();
        if (!present.isEmpty()) {
            elements.addAll(Arrays.stream(present.split(",")).map(String::trim).toList());
        }
        for (String element : value.split(",")) {
            if (!append) {
                elements.remove(element.trim());
            } else if (!elements.contains(element.trim())) {
                elements.add(element.trim());
            }
        }
        return String.join(",", elements);
    }

    private Problem accept(ConfigResource resource, SortedMap<String, @Nullable String> changes) {
        SortedMap<String, String> values = new TreeMap<>();
        image.config(resource).forEach(each -> values.put(each.key(), each.value()));
        changes.forEach((key, value) -> {
            if (value == null) {
                values.remove(key);
            } else {
                values.put(key, value);
            }
        });
        Problem problem = checkNode(resource);
        if (problem.isNone()) {
            problem = rules.check(resource, values);
        }
        if (problem.isNone()) {
            problem = checkExists(resource);
        }
        if (problem.isNone()) {
            write(resource, changes);
        }
        return problem;
    }

    private void write(ConfigResource resource, SortedMap<String, @Nullable String> changes) {
        SortedTree<String, String> present = image.config(resource);
        changes.forEach((key, value) -> {
            // A node's settings are written though they stay the same: files they name may have
            // changed.
            if (resource.kind() == ConfigResource.Kind.BROKER
                    || !Objects.equals(present.get(key), value)) {
                records.add(
                        new ConfigRecord(resource.kind().wireId(), resource.name(), key, value));
            }
        });
    }

    private Problem checkNode(ConfigResource resource) {
        if (resource.kind() != ConfigResource.Kind.BROKER || resource.name().isEmpty()) {
            return Problem.NONE;
        }
        for (var broker : image.brokers()) {
            if (resource.name().equals(Integer.toString(broker.key()))) {
                return Problem.NONE;
            }
        }
        return new Problem(INVALID_REQUEST, "There is no node '" + resource.name() + "'.");
    }

    private Problem checkExists(ConfigResource resource) {
        return switch (resource.kind()) {
            case TOPIC ->
                image.topic(resource.name()) == null
                        ? new Problem(
                                UNKNOWN_TOPIC_OR_PARTITION,
                                "There is no topic '" + resource.name() + "'.")
                        : Problem.NONE;
            case BROKER, GROUP, CLIENT_METRICS, BROKER_LOGGER, UNKNOWN -> Problem.NONE;
        };
    }
}
