package io.millrace.platform.cli;

import io.millrace.protocol.BadSetting;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The command line: what there is, and how errors look.
@Command(
        name = "millrace",
        description = "Kafka's whole platform in one program.",
        mixinStandardHelpOptions = true,
        scope = CommandLine.ScopeType.INHERIT,
        versionProvider = Version.class)
public final class Commands implements Runnable {
    /// What {@link #run} answers when servers were started: the process ends when they are stopped.
    public static final int KEEP_RUNNING = -1;

    private static final int FAILED = 1;
    private static final int USAGE = 2;

    /// In the order of the help. Only what was asked for is made, since describing all of them
    /// takes longer than all else that a command does.
    private static final Map<String, Supplier<Object>> COMMANDS = commands();

    @CommandLine.Spec
    CommandLine.Model.@org.jspecify.annotations.Nullable CommandSpec spec;

    /// Runs one command; the exit code.
    public static int run(String... args) {
        var line = new CommandLine(new Commands());
        addCommands(line, args);
        line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExpandAtFiles(false); // "@" begins a time, no file of arguments
        line.setExecutionExceptionHandler((error, command, _) -> {
            if (error instanceof Failure || error instanceof BadSetting) {
                complain(command, String.valueOf(error.getMessage()));
            } else {
                complain(command, ClusterOptions.describe(error));
                if (System.getenv("MILLRACE_DEBUG") != null) {
                    error.printStackTrace(command.getErr());
                }
            }
            return FAILED;
        });
        line.setParameterExceptionHandler((error, _) -> {
            String command = error.getCommandLine().getCommandSpec().qualifiedName();
            complain(
                    error.getCommandLine(), error.getMessage() + " (try '" + command + " --help')");
            return USAGE;
        });
        return line.execute(args);
    }

    private static void complain(CommandLine command, String what) {
        command.getErr().println("millrace: " + OneLine.of(what));
    }

    private static Map<String, Supplier<Object>> commands() {
        var commands = new LinkedHashMap<String, Supplier<Object>>();
        commands.put("up", UpCommand::new);
        commands.put("topic", TopicCommand::new);
        commands.put("group", GroupCommand::new);
        commands.put("produce", ProduceCommand::new);
        commands.put("consume", ConsumeCommand::new);
        commands.put("config", ConfigCommand::new);
        commands.put("log", LogCommand::new);
        commands.put("quorum", QuorumCommand::new);
        commands.put("perf", PerfCommand::new);
        commands.put("doctor", DoctorCommand::new);
        return commands;
    }

    private static void addCommands(CommandLine line, String... args) {
        Supplier<Object> only = args.length == 0 ? null : COMMANDS.get(args[0]);
        if (only != null) {
            line.addSubcommand(args[0], only.get());
        } else {
            COMMANDS.forEach((name, command) -> line.addSubcommand(name, command.get()));
        }
    }

    @Override
    public void run() {
        if (spec != null) {
            spec.commandLine().usage(System.out);
        }
    }
}
