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
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.slf4j.LoggerFactory;

/// Everything that runs in this process, from its start until a signal ends it.
public final class Node {
    private final Broker broker;
    private final Map<String, String> services = new LinkedHashMap<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final long readyMs;

    private Node(Broker broker) {
        this.broker = broker;
        for (ListenerAddress listener : broker.listeners()) {
            services.put(service(listener), listener.host() + ":" + listener.port());
        }
        broker.metricsAddress().ifPresent(address -> services.put("metrics", "http://" + address));
        this.readyMs = ProcessAge.milliseconds();
    }

    /// @throws BadSetting when it cannot be started as the operator wants it
    public static Node start(NodeOptions options) {
        LogSetup.level("INFO");
        Path directory = directory(options);
        Map<String, String> settings = options.merged(directory);
        var node = new Node(Broker.start(BrokerConfig.of(settings), new LogbackLevels()));
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> node.stop(options, directory), "stop"));
        return node;
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
                : listener.name().toLowerCase(java.util.Locale.ROOT);
    }

    /// Names and addresses, in the order in which they are shown.
    public Map<String, String> services() {
        return services;
    }

    /// From the start of the process until it served.
    public long millisecondsToReady() {
        return readyMs;
    }

    /// Blocks until a signal ended the node.
    public void awaitStop() throws InterruptedException {
        stopped.await();
    }

    private void stop(NodeOptions options, Path directory) {
        try {
            broker.stop();
            if (options.ephemeral()) {
                deleteAll(directory);
            }
        } catch (RuntimeException failed) {
            LoggerFactory.getLogger(Node.class)
                    .atError()
                    .setCause(failed)
                    .log("The stop was not clean");
        } finally {
            stopped.countDown();
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
