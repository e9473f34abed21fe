package io.millrace.broker.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;

/// A single Kafka node, broker and controller in one, from the jars on the test's class path.
public final class KafkaProcess implements AutoCloseable {
    private static final int START_SECONDS = 60;
    private static final int STOP_SECONDS = 30;

    private final Process process;
    private final Map<String, String> settings;
    private final int port;

    private KafkaProcess(Process process, Map<String, String> settings, int port) {
        this.process = process;
        this.settings = settings;
        this.port = port;
    }

    /// The settings of a node whose log directory is `data`, on free ports.
    public static Map<String, String> settings(Path data) throws IOException {
        int broker = freePort();
        int controller = freePort();
        Map<String, String> settings = new TreeMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", "1");
        settings.put("controller.quorum.bootstrap.servers", "localhost:" + controller);
        settings.put(
                "listeners",
                "PLAINTEXT://localhost:" + broker + ",CONTROLLER://localhost:" + controller);
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("inter.broker.listener.name", "PLAINTEXT");
        settings.put("listener.security.protocol.map", "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT");
        settings.put("log.dirs", data.toString());
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("group.initial.rebalance.delay.ms", "0");
        return settings;
    }

    /// The port of the broker's listener.
    public static int port(Map<String, String> settings) {
        String listener = settings.getOrDefault("listeners", "");
        int from = listener.indexOf("localhost:") + "localhost:".length();
        return Integer.parseInt(listener.substring(from, listener.indexOf(',')));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /// Prepares an empty directory as Kafka's storage tool does.
    public static void format(Path work, Map<String, String> settings, String clusterId)
            throws IOException, InterruptedException {
        Process tool = launch(
                work,
                "format",
                "kafka.tools.StorageTool",
                List.of(
                        "format",
                        "--standalone",
                        "-t",
                        clusterId,
                        "-c",
                        write(work, settings).toString()));
        assertTrue(tool.waitFor(START_SECONDS, TimeUnit.SECONDS), "the storage tool hangs");
        assertEquals(0, tool.exitValue(), () -> log(work, "format"));
    }

    /// Starts a node and waits until it serves.
    public static KafkaProcess start(Path work, Map<String, String> settings) throws Exception {
        int port = port(settings);
        Process process = launch(
                work, "kafka", "kafka.Kafka", List.of(write(work, settings).toString()));
        KafkaProcess kafka = new KafkaProcess(process, settings, port);
        try (Admin admin = kafka.admin()) {
            assertEquals(
                    1,
                    admin.describeCluster()
                            .nodes()
                            .get(START_SECONDS, TimeUnit.SECONDS)
                            .size());
        } catch (Exception | AssertionError e) {
            process.destroyForcibly();
            throw new AssertionError("Kafka did not start: " + log(work, "kafka"), e);
        }
        return kafka;
    }

    private static Path write(Path work, Map<String, String> settings) throws IOException {
        List<String> lines = new ArrayList<>();
        settings.forEach((key, value) -> lines.add(key + "=" + value));
        return Files.write(work.resolve("server.properties"), lines);
    }

    private static Process launch(Path work, String name, String main, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(work.resolve(name + ".log").toFile())
                .start();
    }

    private static String log(Path work, String name) {
        try {
            List<String> lines = Files.readAllLines(work.resolve(name + ".log"));
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
        } catch (IOException e) {
            return e.toString();
        }
    }

    public Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrap()));
    }

    public String bootstrap() {
        return "localhost:" + port;
    }

    public int port() {
        return port;
    }

    public Map<String, String> settings() {
        return settings;
    }

    /// Stops it cleanly.
    public void stop() throws InterruptedException {
        process.destroy();
        assertTrue(process.waitFor(STOP_SECONDS, TimeUnit.SECONDS), "Kafka does not stop");
    }

    /// Kills it, and returns when it writes no more into a folder that goes next.
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
