package io.millrace.broker.handler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.broker.kafka.KafkaProcess;
import io.millrace.broker.kafka.RawClient;
import io.millrace.broker.kafka.Rendering;
import io.millrace.broker.metadata.PlainDisk;
import io.millrace.broker.metadata.SnapshotSettings;
import io.millrace.broker.metadata.TestNode;
import io.millrace.config.Settings;
import io.millrace.protocol.Uuid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The same questions to Kafka and to our handlers: the same answers, but for the texts.
final class AdminOracleIT {
    static final String CLUSTER_ID = "4L6g3nShT-eMCtK--X86sw";

    @TempDir
    Path work;

    @Test
    void administratorsGetKafkasAnswers() throws Exception {
        Path theirs = Files.createDirectory(work.resolve("theirs"));
        Path ours = Files.createDirectory(work.resolve("ours"));
        Map<String, String> settings = KafkaProcess.settings(theirs);
        KafkaProcess.format(work, settings, CLUSTER_ID);
        Uuid directoryId = new Uuid(3, 4);
        TestNode node = TestNode.open(
                new TestNode.Files(new PlainDisk(), ours, directoryId),
                1,
                Settings.read(SnapshotSettings.class, Map.of()),
                settings);
        node.listenOn(KafkaProcess.port(settings));
        node.register(directoryId, true);
        OwnPeer own = new OwnPeer(node);
        List<String> differences = new ArrayList<>();
        try (KafkaProcess kafka = KafkaProcess.start(work, settings);
                RawClient client = new RawClient(kafka.port())) {
            for (AdminScript.Step step : AdminScript.steps()) {
                String actual = Rendering.of(own.call(step.request(), step.version()));
                differences.addAll(difference(client, step, actual));
            }
            kafka.stop();
        }
        assertEquals("", String.join("\n\n", differences));
    }

    /// Kafka answers questions from what its broker has heard of the metadata log, which may be a
    /// moment behind the change that it answered before.
    private static List<String> difference(RawClient client, AdminScript.Step step, String actual)
            throws IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (true) {
            List<String> differences = new ArrayList<>();
            String expected = Rendering.of(client.call(step.request(), step.version()));
            KnownDifferences.compare(step.name(), expected, actual, differences);
            if (differences.isEmpty() || !isQuestion(step) || System.nanoTime() > deadline) {
                return differences;
            }
        }
    }

    private static boolean isQuestion(AdminScript.Step step) {
        String api = step.request().api().apiName();
        return api.startsWith("Describe") || api.startsWith("List") || api.equals("Metadata");
    }
}
