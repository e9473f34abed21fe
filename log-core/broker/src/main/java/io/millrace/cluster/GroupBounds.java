package io.millrace.cluster;

import static io.millrace.protocol.ErrorCode.INVALID_CONFIG;

import io.millrace.config.SettingDefinition;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// What the node's settings allow a group to set for itself: `consumer.session.timeout.ms` must lie
/// between `group.consumer.min.session.timeout.ms` and `group.consumer.max.session.timeout.ms`, and
/// so on for every setting that has such bounds.
final class GroupBounds {
    private final ConfigSchema schema;
    private final SortedMap<String, String> node;

    /// @param node what is set for the node
    GroupBounds(ConfigSchema schema, SortedMap<String, String> node) {
        this.schema = schema;
        this.node = node;
    }

    /// @param values everything that would be set for the group, each valid by itself
    Problem check(SortedMap<String, String> values) {
        for (var entry : values.entrySet()) {
            Problem problem = bound(entry.getKey(), entry.getValue());
            if (!problem.isNone()) {
                return problem;
            }
        }
        for (String kind : new String[] {"consumer", "share", "streams"}) {
            String session = kind + ".session.timeout.ms";
            String heartbeat = kind + ".heartbeat.interval.ms";
            if (isGreater(effective(heartbeat, values), effective(session, values), true)) {
                return new Problem(
                        INVALID_CONFIG, session + " must be greater than " + heartbeat + ".");
            }
        }
        return Problem.NONE;
    }

    private Problem bound(String key, String value) {
        int dot = key.indexOf('.');
        String kind = "group." + key.substring(0, Math.max(0, dot));
        String least = kind + ".min" + key.substring(Math.max(0, dot));
        String most = kind + ".max" + key.substring(Math.max(0, dot));
        if (isGreater(onNode(least), value, false)) {
            return new Problem(
                    INVALID_CONFIG,
                    key + " must be at least " + least + ", " + onNode(least) + ".");
        }
        return isGreater(value, onNode(most), false)
                ? new Problem(
                        INVALID_CONFIG,
                        key + " must be at most " + most + ", " + onNode(most) + ".")
                : Problem.NONE;
    }

    private @Nullable String effective(String key, SortedMap<String, String> values) {
        String own = values.get(key);
        return own == null ? onNode("group." + key) : own;
    }

    private @Nullable String onNode(String key) {
        SettingDefinition definition = schema.definition(ConfigResource.Kind.BROKER, key);
        String set = node.get(key);
        return set != null || definition == null ? set : definition.defaultValue();
    }

    /// False where one of them is not set.
    private static boolean isGreater(
            @Nullable String left, @Nullable String right, boolean orEqual) {
        if (left == null || right == null) {
            return false;
        }
        int order = Long.compare(Long.parseLong(left.trim()), Long.parseLong(right.trim()));
        return order > 0 || orEqual && order == 0;
    }
}
