package io.millrace.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Apache Kafka, combined broker and controller, with the settings of its own `server.properties`
/// and the JVM flags of its own start script.
record KafkaPeer(Children children, Path java, String classpath, Path log4j) implements Peer {
    private static final List<String> START_FLAGS = List.of(
            "-Xmx1G",
            "-Xms1G",
            "-server",
            "-XX:+UseG1GC",
            "-XX:MaxGCPauseMillis=20",
            "-XX:InitiatingHeapOccupancyPercent=35",
            "-XX:+ExplicitGCInvokesConcurrent",
            "-Djava.awt.headless=true");

    @Override
    public void prepare(Path data, int port, Map<String, String> settings)
            throws IOException, InterruptedException {
        var command = java(List.of());
        command.addAll(List.of("kafka.tools.StorageTool", "format", "--standalone"));
        command.addAll(List.of("-t", "4L6g3nShT-eMCtK--X86sw"));
        command.addAll(List.of("-c", writeProperties(data, port, settings).toString()));
        children.output(new ProcessBuilder(command));
    }

    @Override
    public List<String> command(Path data, int port, Map<String, String> settings)
            throws IOException {
        var command = java(START_FLAGS);
        command.addAll(
                List.of("kafka.Kafka", writeProperties(data, port, settings).toString()));
        return command;
    }

    /// A Java command that has Kafka's classes.
    List<String> java(List<String> flags) {
        var command = new ArrayList<String>();
        command.add(java.toString());
        command.addAll(flags);
        command.add("-Dlog4j2.configurationFile=" + log4j);
        command.addAll(List.of("-cp", classpath));
        return command;
    }

    private static Path writeProperties(Path data, int port, Map<String, String> settings)
            throws IOException {
        String listeners =
                "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + (port + 1);
        var all = new LinkedHashMap<String, String>();
        all.put("process.roles", "broker,controller");
        all.put("node.id", "1");
        all.put("controller.quorum.bootstrap.servers", "127.0.0.1:" + (port + 1));
        all.put("listeners", listeners);
        all.put("advertised.listeners", listeners);
        all.put("inter.broker.listener.name", "PLAINTEXT");
        all.put("controller.listener.names", "CONTROLLER");
        all.put("num.network.threads", "3");
        all.put("num.io.threads", "8");
        all.put("socket.send.buffer.bytes", "102400");
        all.put("socket.receive.buffer.bytes", "102400");
        all.put("socket.request.max.bytes", "104857600");
        all.put("log.dirs", data.toString());
        all.put("num.partitions", "1");
        all.put("num.recovery.threads.per.data.dir", "2");
        all.put("offsets.topic.replication.factor", "1");
        all.put("transaction.state.log.replication.factor", "1");
        all.put("transaction.state.log.min.isr", "1");
        all.put("log.retention.hours", "168");
        all.putAll(settings);
        Path file = data.resolveSibling(data.getFileName() + ".properties");
        var text = new StringBuilder();
        all.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
        return Files.writeString(file, text);
    }
}
