package io.millrace.platform;

import io.millrace.broker.Broker;
import io.millrace.broker.BrokerConfig;
import io.millrace.broker.ListenerAddress;
import io.millrace.protocol.BadSetting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/// Everything that runs in this process, from its start until a signal ends it. A signal that comes
/// while it starts takes effect when it has started, so that every stop is a clean one.
public final class Node {
    private final Path directory;
    private final boolean ephemeral;
    /// Completes when the start is over, whichever way.
    private final CompletableFuture<Broker> broker = new CompletableFuture<>();
    private final Map<String, String> services = new LinkedHashMap<>();
    /// How it ended: with a reason where it could not go on.
    private final CompletableFuture<Optional<String>> end = new CompletableFuture<>();
    private long readyMs;

    private Node(Path directory, boolean ephemeral) {
        this.directory = directory;
        this.ephemeral = ephemeral;
    }

    /// @throws BadSetting when it cannot be started as the operator wants it
    public static Node start(NodeOptions options) {
        LogSetup.level("INFO");
        options.check();
        var node = new Node(directory(options), options.ephemeral());
        Runtime.getRuntime().addShutdownHook(new Thread(node::stop, "stop"));
        node.begin(options);
        return node;
    }

    private void begin(NodeOptions options) {
        try {
            Broker started =
                    Broker.start(BrokerConfig.of(options.merged(directory)), new LogbackLevels());
            for (ListenerAddress listener : started.listeners()) {
                services.put(service(listener), listener.host() + ":" + listener.port());
            }
            for (ListenerAddress listener : started.controllers()) {
                services.put(service(listener), listener.host() + ":" + listener.port());
            }
            started.metricsAddress()
                    .ifPresent(address -> services.put("metrics", "http://" + address));
            readyMs = ProcessAge.milliseconds();
            started.failure().thenAccept(reason -> end.complete(Optional.of(reason)));
            broker.complete(started);
        } finally {
            broker.cancel(false);
        }
    }

    private static Path directory(NodeOptions options) {
        try {
            if (options.ephemeral()) {
                return Files.createTempDirectory("millrace-");
            }
            Path data = options.data();
            return data == null ? Path.of("data") : data;
        } catch (IOException failed) {
            throw new BadSetting("cannot make a temporary folder: " + failed.getMessage());
        }
    }

    private static String service(ListenerAddress listener) {
        return listener.name().equals("PLAINTEXT")
                ? "kafka"
                : listener.name().toLowerCase(Locale.ROOT);
    }

    /// Names and addresses, in the order in which they are shown.
    public Map<String, String> services() {
        return services;
    }

    /// From the start of the process until it served.
    public long millisecondsToReady() {
        return readyMs;
    }

    /// Blocks until a signal ended the node; or it could not go on, for the reason that is
    /// returned.
    public Optional<String> awaitEnd() {
        return end.join();
    }

    /// The hook of the process's end.
    private void stop() {
        try {
            // When the start failed there is none.
            Broker started = broker.<@Nullable Broker>handle((it, _) -> it).join();
            if (started != null) {
                started.stop();
            }
            if (ephemeral) {
                deleteAll(directory);
            }
        } catch (RuntimeException failed) {
            LoggerFactory.getLogger(Node.class)
                    .atError()
                    .setCause(failed)
                    .log("The stop was not clean");
        } finally {
            end.complete(Optional.empty());
        }
    }

    private static void deleteAll(Path directory) {
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
