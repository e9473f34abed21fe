package io.millrace.platform.cli;

import io.millrace.platform.Node;
import io.millrace.platform.NodeOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `millrace up`.
@Command(
        name = "up",
        description = "Start a node with everything that exists; Ctrl-C stops it.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "1:it cannot be started as asked, or cannot go on since the disk of its metadata"
                    + " log failed; the last line on standard error says why",
            "2:the command line is wrong",
            "130:stopped by Ctrl-C (SIGINT), cleanly, also while it was starting",
            "143:stopped by SIGTERM, likewise"
        })
final class UpCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where data lies (default: ./data).")
    @Nullable
    Path data;

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            description =
                    "For clients (default: 127.0.0.1:9092); the next port is for controllers.")
    @Nullable
    String listen;

    @Option(
            names = "--roles",
            split = ",",
            description = "broker, controller (default: all there are).")
    List<String> roles = List.of();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings, as a properties file.")
    @Nullable
    Path config;

    @Option(
            names = "--set",
            paramLabel = "key=value",
            description = "A setting, each once; wins over the file.")
    List<String> settings = List.of();

    @Option(
            names = "--ephemeral",
            description = "Keep data in a temporary folder, removed at the end.")
    boolean ephemeral;

    @Override
    public Integer call() {
        var options = new NodeOptions(
                data, listen, roles, config, ClusterOptions.pairs(settings), ephemeral);
        Node node = Node.start(options);
        if (spec != null) {
            var out = spec.commandLine().getOut();
            node.services().forEach((service, address) -> out.println(service + " " + address));
            out.println("ready in " + node.millisecondsToReady() + " ms");
            out.flush();
        }
        Optional<String> failure = node.awaitEnd();
        failure.ifPresent(UpCommand::halt);
        return 0;
    }

    /// At once, as Kafka does: a stop in order would write to the disk that has failed.
    private static void halt(String reason) {
        System.err.println("millrace: " + reason);
        System.err.flush();
        Runtime.getRuntime().halt(1);
    }
}
