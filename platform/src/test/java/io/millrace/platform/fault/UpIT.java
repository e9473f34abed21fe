package io.millrace.platform.fault;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `up` says is true: the program as it is put together, not its parts.
final class UpIT {
    private static final String LOGGER = "io.millrace.broker.Broker";

    @TempDir
    private Path folder;

    private NodeProcess up() throws Exception {
        return NodeProcess.launch(
                folder,
                Map.of(),
                "up",
                "--listen",
                "127.0.0.1:0",
                "--set",
                "metrics.listen=127.0.0.1:0");
    }

    private static String line(NodeProcess node, String pattern) throws Exception {
        Matcher matcher = Pattern.compile("(?m)^" + pattern + "$").matcher(node.output());
        assertTrue(matcher.find(), () -> "no '" + pattern + "' was printed");
        return matcher.group(1);
    }

    /// Without `--data`, it lies in `./data`, which is a relative path.
    @Test
    void itTellsItsAddressesAndWhenItWasReady() throws Exception {
        for (int start = 0; start < 2; start++) {
            long launched = System.nanoTime();
            try (NodeProcess node = up().awaitReady()) {
                long waitedMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - launched);
                long toldMs = Long.parseLong(line(node, "ready in (\\d+) ms"));
                assertTrue(toldMs > 0 && toldMs <= waitedMs + 20, toldMs + " of " + waitedMs);
                line(node, "kafka (127\\.0\\.0\\.1:\\d+)");
                String metrics = line(node, "metrics (http://127\\.0\\.0\\.1:\\d+)");
                assertEquals(200, status(metrics + "/ready"));
                node.terminate();
            }
        }
    }

    private static int status(String url) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }

    @Test
    void theLevelsOfItsLoggersCanBeChanged() throws Exception {
        try (NodeProcess node = up().awaitReady();
                Admin admin = Admin.create(
                        Map.of("bootstrap.servers", line(node, "kafka (127\\.0\\.0\\.1:\\d+)")))) {
            ConfigResource loggers = new ConfigResource(ConfigResource.Type.BROKER_LOGGER, "1");
            AlterConfigOp change =
                    new AlterConfigOp(new ConfigEntry(LOGGER, "DEBUG"), AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(Map.of(loggers, List.of(change)))
                    .all()
                    .get();
            ConfigEntry level = requireNonNull(
                            admin.describeConfigs(List.of(loggers)).all().get().get(loggers))
                    .get(LOGGER);
            assertEquals("DEBUG", level.value());
        }
    }
}
