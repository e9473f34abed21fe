package io.millrace.platform.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real process is killed under load, ten times on one data directory, and its clients stay.
final class KillIT {
    private static final int KILLS = 10;

    @TempDir
    private Path folder;

    @Test
    void whatWasAcknowledgedOutlivesKills()
            throws IOException, InterruptedException, ExecutionException {
        int port = NodeProcess.freePort();
        String bootstrap = "127.0.0.1:" + port;
        Ledger ledger = new Ledger();
        Audit audit = new Audit(bootstrap);
        NodeProcess node = start(port);
        try (Load load = new Load(bootstrap, ledger);
                Members members = new Members(bootstrap, ledger)) {
            load.prepare();
            load.start();
            members.start();
            for (int kill = 0; kill < KILLS; kill++) {
                ledger.awaitMore(400, 30, 2);
                members.awaitMore(200);
                node.kill();
                Ledger.Sums before = ledger.sums();
                node = start(port);
                assertEquals(List.of(), audit.commits(before.commits()));
                assertEquals(List.of(), audit.topics(before.topics(), before.deleted()));
            }
            load.finish();
            members.finish();
            assertEquals(List.of(), audit.records(ledger.records()));
        } finally {
            node.close();
        }
    }

    private NodeProcess start(int port) throws IOException {
        return NodeProcess.launch(
                        folder.resolve("output"),
                        Map.of(),
                        "up",
                        "--data",
                        folder.resolve("data").toString(),
                        "--listen",
                        "127.0.0.1:" + port,
                        "--set",
                        "offsets.topic.num.partitions=8",
                        "--set",
                        "log.flush.offset.checkpoint.interval.ms=500",
                        "--set",
                        "log.initial.task.delay.ms=100")
                .awaitReady();
    }
}
