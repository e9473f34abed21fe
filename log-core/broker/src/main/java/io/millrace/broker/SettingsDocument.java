package io.millrace.broker;

import io.millrace.cluster.ConfigResource.Kind;
import io.millrace.cluster.ConfigSchema;
import io.millrace.cluster.Disposition;
import io.millrace.config.SettingDefinition;
import io.millrace.config.SettingsPage;
import java.util.List;
import java.util.Map;

/// The text of docs/settings.md: every setting of a node, its topics and groups, from what the code
/// says of them.
final class SettingsDocument {
    private static final String INTRODUCTION = """
            Written by the build from the code; do not edit. Keys are Kafka's where Kafka has \
            them; those that
            begin with `millrace.` are ours. *valid*: bounds, both inclusive, or the values \
            allowed. *change*:
            `read-only` needs a restart; `per-broker` can be set for a running node, \
            `cluster-wide` for one or
            all of them (`config` command, or any Kafka tool).""";

    private final SettingsPage page = new SettingsPage("Settings", INTRODUCTION);
    private final ConfigSchema schema;

    SettingsDocument(ConfigSchema schema) {
        this.schema = schema;
    }

    String text() {
        page.section("Nodes", "").settings(schema.active(Kind.BROKER));
        page.section(
                        "Topics",
                        "Where a topic does not set one of these, the node's setting "
                                + "of the like name holds (`log.retention.ms` for "
                                + "`retention.ms`, and so on).")
                .settings(schema.active(Kind.TOPIC));
        if (!schema.active(Kind.GROUP).isEmpty()) {
            page.section("Groups", "").settings(schema.active(Kind.GROUP));
        }
        for (Disposition disposition : Disposition.values()) {
            passive("Nodes", Kind.BROKER, disposition);
            passive("Topics", Kind.TOPIC, disposition);
            passive("Groups", Kind.GROUP, disposition);
        }
        return page.toString().stripTrailing() + "\n";
    }

    private void passive(String scope, Kind kind, Disposition disposition) {
        Map<String, List<SettingDefinition>> byReason = schema.passive(kind, disposition);
        if (byReason.isEmpty()) {
            return;
        }
        page.section(
                scope + ": "
                        + switch (disposition) {
                            case IGNORED -> "accepted and ignored";
                            case REFUSED -> "refused";
                            case PENDING -> "accepted, not acted on yet";
                        },
                "");
        byReason.forEach(page::keys);
    }
}
