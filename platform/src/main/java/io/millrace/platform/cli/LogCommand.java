package io.millrace.platform.cli;

import io.millrace.clients.admin.Admin;
import io.millrace.clients.admin.LogDirDescription;
import io.millrace.clients.admin.RecordsToDelete;
import io.millrace.common.TopicPartition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `millrace log`.
@Command(name = "log", description = "Look at log directories and trim logs.")
final class LogCommand {
    @Command(name = "dirs", description = "Show the log directories of brokers and what they hold.")
    int dirs(
            @Mixin ClusterOptions cluster,
            @Option(names = "--broker", description = "Only these brokers.")
                    List<Integer> brokers) {
        try (Admin admin = cluster.admin()) {
            var asked = new ArrayList<Integer>(brokers == null ? List.of() : brokers);
            if (asked.isEmpty()) {
                ClusterOptions.await(admin.describeCluster().nodes())
                        .forEach(node -> asked.add(node.id()));
            }
            Table table =
                    cluster.table("broker", "directory", "partitions", "bytes", "usable", "error");
            ClusterOptions.await(admin.describeLogDirs(asked).allDescriptions())
                    .forEach((broker, directories) -> directories.forEach(
                            (path, directory) -> row(table, broker, path, directory)));
            table.print();
            return 0;
        }
    }

    private static void row(Table table, int broker, String path, LogDirDescription directory) {
        table.row(
                broker,
                path,
                directory.replicaInfos().size(),
                directory.replicaInfos().values().stream()
                        .mapToLong(r -> r.size())
                        .sum(),
                directory.usableBytes().isPresent() ? directory.usableBytes().getAsLong() : "-",
                directory.error() == null ? "-" : ClusterOptions.describe(directory.error()));
    }

    @Command(name = "trim", description = "Delete the records of a partition below an offset.")
    int trim(
            @Mixin ClusterOptions cluster,
            @Parameters(paramLabel = "TOPIC") String topic,
            @Option(
                            names = {"-p", "--partition"},
                            required = true)
                    int partition,
            @Option(
                            names = "--before",
                            required = true,
                            description = "The first offset to keep; -1: the end.")
                    long offset) {
        var key = new TopicPartition(topic, partition);
        try (Admin admin = cluster.admin()) {
            var asked = admin.deleteRecords(Map.of(key, RecordsToDelete.beforeOffset(offset)));
            var deleted = ClusterOptions.await(ClusterOptions.only(asked.lowWatermarks(), key));
            cluster.out().println(key + " now starts at " + deleted.lowWatermark());
            return 0;
        }
    }
}
