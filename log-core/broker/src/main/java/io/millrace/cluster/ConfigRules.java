package io.millrace.cluster;

import static io.millrace.protocol.ErrorCode.INVALID_CONFIG;
import static io.millrace.protocol.ErrorCode.INVALID_REQUEST;

import io.millrace.config.Setting;
import io.millrace.config.SettingDefinition;
import io.millrace.config.SettingType;
import io.millrace.protocol.BadSetting;
import io.millrace.protocol.ErrorCode;
import java.util.List;
import java.util.SortedMap;
import java.util.regex.Pattern;

/// Whether the configuration of a resource may become what a command would make of it.
final class ConfigRules {
    private static final String MIN_LAG = "min.compaction.lag.ms";
    private static final String MAX_LAG = "max.compaction.lag.ms";
    private static final String GZIP_LEVEL = "compression.gzip.level";
    private static final String LISTENERS = "listeners";
    private static final Pattern LISTENER =
            Pattern.compile("[A-Za-z0-9_.-]+://(\\[[0-9A-Fa-f:.%]+\\]|[^:/]*):[0-9]+");

    private final ConfigSchema schema;
    private final GroupBounds groupBounds;

    /// @param node what is set for the node, which bounds what groups may set
    ConfigRules(ConfigSchema schema, SortedMap<String, String> node) {
        this.schema = schema;
        this.groupBounds = new GroupBounds(schema, node);
    }

    /// @param values everything that would be set for the resource
    Problem check(ConfigResource resource, SortedMap<String, String> values) {
        return switch (resource.kind()) {
            case TOPIC -> topic(resource.name(), values);
            case BROKER -> broker(resource.name(), values);
            case GROUP -> {
                Problem problem = named(resource, values, INVALID_CONFIG);
                yield problem.isNone() ? groupBounds.check(values) : problem;
            }
            case CLIENT_METRICS -> named(resource, values, INVALID_REQUEST);
            case BROKER_LOGGER, UNKNOWN ->
                new Problem(INVALID_REQUEST, "This kind of resource is not known.");
        };
    }

    private Problem topic(String name, SortedMap<String, String> values) {
        if (name.isEmpty()) {
            return new Problem(INVALID_REQUEST, "There is no configuration for all topics.");
        }
        Problem problem = TopicNames.check(name);
        return problem.isNone() ? topicValues(values) : problem;
    }

    Problem topicValues(SortedMap<String, String> values) {
        Problem problem = known(ConfigResource.Kind.TOPIC, values, INVALID_CONFIG);
        if (!problem.isNone()) {
            return problem;
        }
        if ("0".equals(values.get(GZIP_LEVEL))) {
            return new Problem(INVALID_CONFIG, GZIP_LEVEL + " must be -1 or between 1 and 9.");
        }
        long least = Long.parseLong(values.getOrDefault(MIN_LAG, "0").trim());
        long most = Long.parseLong(
                values.getOrDefault(MAX_LAG, Long.toString(Long.MAX_VALUE)).trim());
        return least > most
                ? new Problem(
                        INVALID_CONFIG,
                        MIN_LAG + " (" + least + ") must not be greater than " + MAX_LAG + " ("
                                + most + ").")
                : Problem.NONE;
    }

    /// Keys that are not Kafka's are kept for plugins, as Kafka does.
    private Problem broker(String name, SortedMap<String, String> values) {
        for (var entry : values.entrySet()) {
            SettingDefinition definition =
                    schema.definition(ConfigResource.Kind.BROKER, entry.getKey());
            if (definition == null) {
                continue;
            }
            if (definition.update() == Setting.Update.RESTART) {
                return new Problem(
                        INVALID_REQUEST, entry.getKey() + " changes with a restart only.");
            }
            if (definition.update() == Setting.Update.NODE && name.isEmpty()) {
                return new Problem(
                        INVALID_REQUEST, entry.getKey() + " can be set for one node only.");
            }
            Problem problem = value(
                    ConfigResource.Kind.BROKER, definition, entry.getValue(), INVALID_REQUEST);
            if (!problem.isNone()) {
                return problem;
            }
        }
        return Problem.NONE;
    }

    private Problem named(
            ConfigResource resource, SortedMap<String, String> values, ErrorCode error) {
        return resource.name().isEmpty()
                ? new Problem(INVALID_REQUEST, "The resource needs a name.")
                : known(resource.kind(), values, error);
    }

    private Problem known(
            ConfigResource.Kind kind, SortedMap<String, String> values, ErrorCode error) {
        for (String key : values.keySet()) {
            if (schema.definition(kind, key) == null) {
                return new Problem(
                        error,
                        "There is no configuration " + key + " of a "
                                + kind.name().toLowerCase(java.util.Locale.ROOT) + ".");
            }
        }
        for (var entry : values.entrySet()) {
            SettingDefinition definition = schema.definition(kind, entry.getKey());
            if (definition != null) {
                Problem problem = value(kind, definition, entry.getValue(), error);
                if (!problem.isNone()) {
                    return problem;
                }
            }
        }
        return Problem.NONE;
    }

    private Problem value(
            ConfigResource.Kind kind, SettingDefinition definition, String value, ErrorCode error) {
        try {
            Object parsed = definition.parse(value);
            if (parsed instanceof List<?> list && list.stream().distinct().count() < list.size()) {
                return new Problem(error, definition.key() + " names a value twice.");
            }
        } catch (BadSetting e) {
            return new Problem(error, e.getMessage());
        }
        if (definition.key().equals(LISTENERS) && !areListeners(value)) {
            return new Problem(error, LISTENERS + " must be NAME://HOST:PORT,...");
        }
        if (definition.key().endsWith(".replication.throttled.replicas") && !isReplicaList(value)) {
            return new Problem(error, definition.key() + " must be * or PARTITION:NODE,...");
        }
        String refusal = schema.refusal(kind, definition.key(), value);
        return refusal.isEmpty() ? Problem.NONE : new Problem(error, refusal);
    }

    private static boolean areListeners(String value) {
        for (String listener : value.split(",", -1)) {
            if (!LISTENER.matcher(listener.strip()).matches()) {
                return false;
            }
        }
        return true;
    }

    private static boolean isReplicaList(String value) {
        if (value.isEmpty() || value.equals("*")) {
            return true;
        }
        for (String pair : value.split(",", -1)) {
            int colon = pair.indexOf(':');
            if (colon < 1
                    || !isNumber(pair.substring(0, colon))
                    || !isNumber(pair.substring(colon + 1))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isNumber(String text) {
        String digits = text.trim();
        return !digits.isEmpty() && digits.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    boolean isList(ConfigResource.Kind kind, String key) {
        SettingDefinition definition = schema.definition(kind, key);
        return definition != null && definition.type() == SettingType.LIST;
    }
}
