package io.millrace.platform.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.clients.admin.Admin;
import io.millrace.clients.admin.LogDirDescription;
import io.millrace.clients.admin.RecordsToDelete;
import io.millrace.common.TopicPartition;
import io.millrace.platform.dump.DamagedFile;
import io.millrace.platform.dump.FileDump;
import java.io.BufferedOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `millrace log`.
@Command(name = "log", description = "Look at log directories and trim logs.")
final class LogCommand {
    @Spec
    @Nullable
    CommandSpec spec;

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

    @Command(
            name = "dump",
            description = "Show what lies in the files of a log directory; no node is needed.")
    int dump(
            @Parameters(
                            paramLabel = "FILE",
                            arity = "1..*",
                            description = "Segments, indexes, snapshots, checkpoints.")
                    List<Path> files,
            @Option(
                            names = {"-r", "--records"},
                            description = "Records too, not only their batches.")
                    boolean records,
            @Option(names = "--json", description = "Print an object a line.") boolean json) {
        var mapper = new ObjectMapper();
        var out = new PrintStream(
                new BufferedOutputStream(System.out, 1 << 16), false, StandardCharsets.UTF_8);
        int exit = 0;
        for (Path file : files) {
            if (files.size() > 1 && !json) {
                out.println("file: " + file);
            }
            try {
                FileDump.dump(
                        file,
                        records,
                        row -> out.println(
                                json ? mapper.valueToTree(row.values()).toString() : row));
            } catch (DamagedFile damaged) {
                out.flush();
                errors().println("millrace: " + OneLine.of(String.valueOf(damaged.getMessage())));
                exit = 1;
            }
        }
        out.flush();
        return exit;
    }

    private PrintWriter errors() {
        CommandSpec command = spec;
        if (command == null) {
            throw new IllegalStateException("not part of a command line");
        }
        return command.commandLine().getErr();
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
