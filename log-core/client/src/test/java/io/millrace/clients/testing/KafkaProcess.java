package io.millrace.clients.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// One Kafka node, broker and controller, in a process and a temporary folder of its own, on free
/// ports. `close` ends the process and removes the folder.
public final class KafkaProcess implements AutoCloseable {
    private static final long READY_WITHIN_NANOS = TimeUnit.SECONDS.toNanos(90);

    private final Path folder;
    private final String address;
    private final Process process;

    private KafkaProcess(Path folder, String address, Process process) {
        this.folder = folder;
        this.address = address;
        this.process = process;
    }

    public static KafkaProcess start() {
        return start(Map.of());
    }

    /// Kafka whose clients come through the proxy, since that is the address it gives out.
    public static KafkaProcess behind(BreakingProxy proxy) {
        KafkaProcess started = start(Map.of("proxy.port", Integer.toString(proxy.port())));
        proxy.target(
                Integer.parseInt(started.address.substring(started.address.lastIndexOf(':') + 1)));
        return new KafkaProcess(started.folder, "127.0.0.1:" + proxy.port(), started.process);
    }

    /// @param overrides server properties beside those that a single node needs
    public static KafkaProcess start(Map<String, String> overrides) {
        try {
            Path folder = Files.createTempDirectory("kafka-process");
            int port = freePort();
            int controllerPort = freePort();
            Path properties = folder.resolve("server.properties");
            Files.write(properties, properties(folder, port, controllerPort, overrides));
            Process process = new ProcessBuilder(command(properties))
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("kafka.log").toFile())
                    .start();
            KafkaProcess kafka = new KafkaProcess(folder, "127.0.0.1:" + port, process);
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            kafka.awaitReady(port);
            return kafka;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(Path properties) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = System.getProperty(
                "surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>(List.of(
                java, "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", classPath));
        command.addAll(List.of(KafkaMain.class.getName(), properties.toString(), id()));
        return command;
    }

    private static String id() {
        UUID random = UUID.randomUUID();
        String id = new org.apache.kafka.common.Uuid(
                        random.getMostSignificantBits(), random.getLeastSignificantBits())
                .toString();
        return id.startsWith("-") ? id() : id;
    }

    private static List<String> properties(
            Path folder, int port, int controllerPort, Map<String, String> overrides) {
        Map<String, String> all = new TreeMap<>();
        all.put("process.roles", "broker,controller");
        all.put("node.id", "1");
        all.put(
                "listeners",
                "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        all.put(
                "advertised.listeners",
                "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        all.put("controller.listener.names", "CONTROLLER");
        all.put("controller.quorum.bootstrap.servers", "127.0.0.1:" + controllerPort);
        all.put("log.dirs", folder.resolve("log").toString());
        all.put("offsets.topic.replication.factor", "1");
        all.put("offsets.topic.num.partitions", "4");
        all.put("transaction.state.log.replication.factor", "1");
        all.put("transaction.state.log.num.partitions", "4");
        all.put("transaction.state.log.min.isr", "1");
        all.put("group.initial.rebalance.delay.ms", "0");
        all.put("group.consumer.heartbeat.interval.ms", "1000");
        all.put("group.consumer.min.heartbeat.interval.ms", "1000");
        all.put("group.min.session.timeout.ms", "1000");
        all.putAll(overrides);
        String proxyPort = all.remove("proxy.port");
        if (proxyPort != null) {
            all.put(
                    "advertised.listeners",
                    "PLAINTEXT://127.0.0.1:" + proxyPort + ",CONTROLLER://127.0.0.1:"
                            + controllerPort);
        }
        return all.entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .toList();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitReady(int port) throws IOException {
        long start = System.nanoTime();
        while (!accepts(port)) {
            if (!process.isAlive() || System.nanoTime() - start > READY_WITHIN_NANOS) {
                String log = Files.readString(folder.resolve("kafka.log"));
                close();
                throw new IllegalStateException("Kafka did not start:\n" + log);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /// HOST:PORT.
    public String bootstrap() {
        return address;
    }

    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(30, TimeUnit.SECONDS);
            deleteAll(folder);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void deleteAll(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                    throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
                    throws IOException {
                Files.delete(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
