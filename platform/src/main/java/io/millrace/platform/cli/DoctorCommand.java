package io.millrace.platform.cli;

import io.millrace.platform.Checkup;
import io.millrace.platform.Finding;
import io.millrace.platform.NodeOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `millrace doctor`: what `up` with the same options would stumble over.
@Command(
        name = "doctor",
        description = "Name what is wrong with a setup, and the setting that mends it.")
final class DoctorCommand implements Callable<Integer> {
    @Spec
    @Nullable
    CommandSpec spec;

    @Option(names = "--data", paramLabel = "DIR", description = "As for up (default: ./data).")
    @Nullable
    Path data;

    @Option(names = "--listen", paramLabel = "HOST:PORT", description = "As for up.")
    @Nullable
    String listen;

    @Option(names = "--config", paramLabel = "FILE", description = "As for up.")
    @Nullable
    Path config;

    @Option(names = "--set", paramLabel = "key=value", description = "As for up.")
    List<String> settings = List.of();

    @Option(names = "--json", description = "Print JSON.")
    boolean json;

    @Override
    public Integer call() {
        CommandSpec command = spec;
        if (command == null) {
            throw new IllegalStateException("not part of a command line");
        }
        NodeOptions options = new NodeOptions(
                data, listen, List.of(), config, ClusterOptions.pairs(settings), false);
        List<Finding> findings = new Checkup(options).run();
        Table table = new Table(
                List.of("check", "state", "found", "mend"),
                json,
                command.commandLine().getOut());
        findings.forEach(it -> table.row(
                it.check(),
                it.state().name().toLowerCase(java.util.Locale.ROOT),
                it.found(),
                it.mend()));
        table.print();
        return findings.stream().anyMatch(it -> it.state() == Finding.State.BAD) ? 1 : 0;
    }
}
