package io.millrace.platform.cli;

import io.millrace.clients.admin.Admin;
import io.millrace.common.KafkaFuture;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The options that every command has which talks to a cluster.
final class ClusterOptions {
    private static final long TIMEOUT_MS = 60_000;

    @Spec(Spec.Target.MIXEE)
    @Nullable
    CommandSpec spec;

    @Option(
            names = {"-b", "--bootstrap"},
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:9092",
            description = "A broker of the cluster (default: ${DEFAULT-VALUE}).")
    String bootstrap = "";

    @Option(
            names = "--command-config",
            paramLabel = "FILE",
            description = "Client settings, as a properties file.")
    @Nullable
    Path file;

    @Option(
            names = {"-X", "--property"},
            paramLabel = "key=value",
            description = "A client setting.")
    Map<String, String> properties = Map.of();

    @Option(names = "--json", description = "Print JSON.")
    boolean json;

    /// The settings for a client.
    Properties client() {
        var all = new Properties();
        Path given = file;
        if (given != null) {
            try (var reader = Files.newBufferedReader(given)) {
                all.load(reader);
            } catch (IOException unreadable) {
                throw new Failure("cannot read " + given + ": give a readable properties file");
            }
        }
        all.put("bootstrap.servers", bootstrap);
        all.putAll(properties);
        return all;
    }

    Admin admin() {
        return Admin.create(client());
    }

    PrintWriter out() {
        CommandSpec command = spec;
        if (command == null) {
            throw new IllegalStateException("not part of a command");
        }
        return command.commandLine().getOut();
    }

    Table table(String... columns) {
        return new Table(List.of(columns), json, out());
    }

    /// Waits for an answer of the cluster; its error becomes the one line of the command.
    static <T> T await(KafkaFuture<T> future) {
        try {
            return future.get(TIMEOUT_MS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            Throwable cause = failed.getCause();
            throw new Failure(describe(cause == null ? failed : cause));
        } catch (TimeoutException late) {
            throw new Failure("no answer in " + TIMEOUT_MS / 1000 + " s: is the cluster up?");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted");
        }
    }

    /// What the cluster answered for the one thing that was asked.
    static <K, V> V only(Map<K, V> answers, K key) {
        V answer = answers.get(key);
        if (answer == null) {
            throw new Failure("the cluster answered nothing for " + key);
        }
        return answer;
    }

    static String describe(Throwable error) {
        String name = error.getClass().getSimpleName().replaceFirst("Exception$", "");
        String message = error.getMessage();
        return message == null || message.isBlank() ? name : name + ": " + message;
    }

    /// `key=value` texts as a map; each key once.
    static Map<String, String> pairs(List<String> texts) {
        var map = new java.util.LinkedHashMap<String, String>();
        for (String text : new ArrayList<>(texts)) {
            int at = text.indexOf('=');
            if (at < 1) {
                throw new Failure("'" + text + "' is not of the form key=value");
            }
            String key = text.substring(0, at).strip();
            if (map.put(key, text.substring(at + 1)) != null) {
                throw new Failure(key + " is given twice: keep the one that you mean");
            }
        }
        return map;
    }
}
