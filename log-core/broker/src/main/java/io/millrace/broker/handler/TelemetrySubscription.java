package io.millrace.broker.handler;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.millrace.broker.request.RequestContext;
import io.millrace.cluster.ClusterImage;
import io.millrace.cluster.ConfigResource;
import io.millrace.cluster.SortedTree;
import io.millrace.protocol.Uuid;
import java.util.List;
import java.util.TreeSet;

/// Which metrics are wanted of a client, and how often: the sum of all subscriptions that match it.
///
/// @param id tells whether the client knows the present one
record TelemetrySubscription(int id, List<String> metrics, int intervalMs) {
    static final int MAX_BYTES = 1 << 20;

    private static final int DEFAULT_INTERVAL_MS = 300_000;

    static TelemetrySubscription of(ClusterImage image, Uuid client, RequestContext context) {
        TreeSet<String> metrics = new TreeSet<>();
        int intervalMs = DEFAULT_INTERVAL_MS;
        for (var entry : image.configs()) {
            SortedTree<String, String> config = entry.value();
            if (entry.key().kind() != ConfigResource.Kind.CLIENT_METRICS
                    || !matches(config.getOrDefault("match", ""), client, context)) {
                continue;
            }
            String wanted = config.getOrDefault("metrics", "").strip();
            for (String prefix : wanted.split("\\s*,\\s*")) {
                if (!prefix.isEmpty()) {
                    metrics.add(prefix.equals("*") ? "" : prefix);
                }
            }
            String interval =
                    config.getOrDefault("interval.ms", Integer.toString(DEFAULT_INTERVAL_MS));
            intervalMs = Math.min(intervalMs, Integer.parseInt(interval));
        }
        // An empty prefix is every metric, and then the others say nothing.
        List<String> all = metrics.contains("") ? List.of("") : List.copyOf(metrics);
        return new TelemetrySubscription(all.hashCode() * 31 + intervalMs, all, intervalMs);
    }

    private static boolean matches(String selectors, Uuid client, RequestContext context) {
        for (String selector : selectors.split(",")) {
            int equals = selector.indexOf('=');
            if (equals > 0
                    && !matches(
                            selector.substring(0, equals).strip(),
                            selector.substring(equals + 1).strip(),
                            client,
                            context)) {
                return false;
            }
        }
        return true;
    }

    private static boolean matches(
            String key, String pattern, Uuid client, RequestContext context) {
        String clientId = context.clientId();
        String value = switch (key) {
            case "client_instance_id" -> client.toString();
            case "client_id" -> clientId == null ? "" : clientId;
            case "client_source_address" -> context.host();
            default -> ""; // what a client says of its software is not kept
        };
        try {
            return Pattern.matches(pattern, value);
        } catch (PatternSyntaxException e) {
            return false;
        }
    }
}
