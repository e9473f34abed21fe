package io.millrace.platform.conformance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Apache Kafka, broker and controller in one process.
final class KafkaBackend implements Backend {
    private static final long START_MS = 60_000;

    private final Process process;
    private final int port;
    private final Path data;

    private KafkaBackend(Process process, int port, Path data) {
        this.process = process;
        this.port = port;
        this.data = data;
    }

    static KafkaBackend start(Path folder, Map<String, String> settings)
            throws IOException, InterruptedException {
        int[] ports = freePorts();
        Path data = folder.resolve("kafka-data");
        Path properties = folder.resolve("kafka.properties");
        List<String> lines = new ArrayList<>();
        all(ports, data, settings).forEach((key, value) -> lines.add(key + "=" + value));
        Files.write(properties, lines);
        Path log = folder.resolve("kafka.log");
        String file = properties.toString();
        List<String> format = List.of("format", "-t", "4L6g3nShT-eMCtK--X86sw", "-c", file);
        if (launch(log, "kafka.tools.StorageTool", format).waitFor() != 0) {
            throw new IOException("cannot format: " + Files.readString(log));
        }
        Process process = launch(log, "kafka.Kafka", List.of(file));
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        KafkaBackend backend = new KafkaBackend(process, ports[0], data);
        backend.await(log);
        return backend;
    }

    private static Process launch(Path log, String mainClass, List<String> arguments)
            throws IOException {
        return new ProcessBuilder(Jvm.command("512m", mainClass, arguments))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    private static Map<String, String> all(int[] ports, Path data, Map<String, String> settings) {
        Map<String, String> all = new TreeMap<>();
        all.put("process.roles", "broker,controller");
        all.put("node.id", "1");
        all.put("controller.quorum.voters", "1@127.0.0.1:" + ports[1]);
        all.put("controller.listener.names", "CONTROLLER");
        all.put(
                "listeners",
                "PLAINTEXT://127.0.0.1:" + ports[0] + ",CONTROLLER://127.0.0.1:" + ports[1]);
        all.put("log.dirs", data.toString());
        all.put("offsets.topic.replication.factor", "1");
        all.put("log.cleaner.backoff.ms", "200");
        all.put("offsets.topic.num.partitions", "3");
        all.put("transaction.state.log.replication.factor", "1");
        all.put("transaction.state.log.min.isr", "1");
        all.put("share.coordinator.state.topic.replication.factor", "1");
        all.put("share.coordinator.state.topic.min.isr", "1");
        all.putAll(settings);
        return all;
    }

    private static int[] freePorts() throws IOException {
        try (ServerSocket first = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerSocket second = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new int[] {first.getLocalPort(), second.getLocalPort()};
        }
    }

    private void await(Path log) throws IOException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(START_MS);
        while (!accepts()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                process.destroyForcibly();
                throw new IOException("Kafka does not start: " + Files.readString(log));
            }
            LockSupport.parkNanos(50_000_000);
        }
    }

    private boolean accepts() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public String bootstrap() {
        return "127.0.0.1:" + port;
    }

    @Override
    public Path logDirectory() {
        return data;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
