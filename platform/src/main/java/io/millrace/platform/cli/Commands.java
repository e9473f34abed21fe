package io.millrace.platform.cli;

import io.millrace.protocol.BadSetting;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The command line: what there is, and how errors look.
@Command(
        name = "millrace",
        description = "Kafka's whole platform in one program.",
        mixinStandardHelpOptions = true,
        scope = CommandLine.ScopeType.INHERIT,
        versionProvider = Version.class,
        subcommands = {
            UpCommand.class,
            TopicCommand.class,
            GroupCommand.class,
            ProduceCommand.class,
            ConsumeCommand.class,
            ConfigCommand.class,
            LogCommand.class,
            QuorumCommand.class,
            PerfCommand.class
        })
public final class Commands implements Runnable {
    /// What {@link #run} answers when servers were started: the process ends when they are stopped.
    public static final int KEEP_RUNNING = -1;

    private static final int FAILED = 1;
    private static final int USAGE = 2;

    @CommandLine.Spec
    CommandLine.Model.@org.jspecify.annotations.Nullable CommandSpec spec;

    /// Runs one command; the exit code.
    public static int run(String... args) {
        var line = new CommandLine(new Commands());
        line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((error, command, _) -> {
            if (error instanceof Failure || error instanceof BadSetting) {
                command.getErr().println("millrace: " + error.getMessage());
            } else {
                command.getErr().println("millrace: " + ClusterOptions.describe(error));
                if (System.getenv("MILLRACE_DEBUG") != null) {
                    error.printStackTrace(command.getErr());
                }
            }
            return FAILED;
        });
        line.setParameterExceptionHandler((error, _) -> {
            error.getCommandLine()
                    .getErr()
                    .println("millrace: " + error.getMessage() + " (try '"
                            + error.getCommandLine().getCommandSpec().qualifiedName()
                            + " --help')");
            return USAGE;
        });
        return line.execute(args);
    }

    @Override
    public void run() {
        if (spec != null) {
            spec.commandLine().usage(System.out);
        }
    }
}
