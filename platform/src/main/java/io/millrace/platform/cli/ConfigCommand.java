package io.millrace.platform.cli;

import io.millrace.clients.admin.Admin;
import io.millrace.clients.admin.AlterConfigOp;
import io.millrace.clients.admin.ConfigEntry;
import io.millrace.common.config.ConfigResource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `millrace config`.
@Command(name = "config", description = "Show and change settings of topics, brokers and groups.")
final class ConfigCommand {
    @Command(
            name = "get",
            description = "Show settings; those that are not defaults, unless --all.")
    int get(
            @Mixin ClusterOptions cluster,
            @Parameters(paramLabel = "topic|broker|group") String type,
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--all", description = "Defaults too.") boolean all) {
        ConfigResource resource = resource(type, name);
        try (Admin admin = cluster.admin()) {
            var config = ClusterOptions.only(
                    ClusterOptions.await(
                            admin.describeConfigs(List.of(resource)).all()),
                    resource);
            Table table = cluster.table("key", "value", "source");
            config.entries().stream()
                    .filter(entry ->
                            all || entry.source() != ConfigEntry.ConfigSource.DEFAULT_CONFIG)
                    .sorted(Comparator.comparing(ConfigEntry::name))
                    .forEach(entry -> table.row(
                            entry.name(),
                            entry.isSensitive() ? "(hidden)" : String.valueOf(entry.value()),
                            entry.source().name().toLowerCase(Locale.ROOT)));
            table.print();
            return 0;
        }
    }

    @Command(name = "set", description = "Set keys.")
    int set(
            @Mixin ClusterOptions cluster,
            @Parameters(paramLabel = "topic|broker|group") String type,
            @Parameters(paramLabel = "NAME") String name,
            @Parameters(paramLabel = "key=value", arity = "1..*") List<String> settings) {
        var changes = new ArrayList<AlterConfigOp>();
        ClusterOptions.pairs(settings)
                .forEach((key, value) -> changes.add(
                        new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET)));
        return alter(cluster, resource(type, name), changes);
    }

    @Command(name = "unset", description = "Take keys back to their defaults.")
    int unset(
            @Mixin ClusterOptions cluster,
            @Parameters(paramLabel = "topic|broker|group") String type,
            @Parameters(paramLabel = "NAME") String name,
            @Parameters(paramLabel = "KEY", arity = "1..*") List<String> keys) {
        var changes = new ArrayList<AlterConfigOp>();
        keys.forEach(key -> changes.add(
                new AlterConfigOp(new ConfigEntry(key, ""), AlterConfigOp.OpType.DELETE)));
        return alter(cluster, resource(type, name), changes);
    }

    private static int alter(
            ClusterOptions cluster, ConfigResource resource, List<AlterConfigOp> changes) {
        try (Admin admin = cluster.admin()) {
            ClusterOptions.await(
                    admin.incrementalAlterConfigs(Map.of(resource, changes)).all());
        }
        cluster.out().println("changed " + changes.size() + " setting(s)");
        return 0;
    }

    private static ConfigResource resource(String type, String name) {
        return switch (type) {
            case "topic" -> new ConfigResource(ConfigResource.Type.TOPIC, name);
            case "broker" ->
                new ConfigResource(ConfigResource.Type.BROKER, "default".equals(name) ? "" : name);
            case "group" -> new ConfigResource(ConfigResource.Type.GROUP, name);
            default ->
                throw new Failure("'" + type + "' has no settings: write topic, broker or group");
        };
    }
}
