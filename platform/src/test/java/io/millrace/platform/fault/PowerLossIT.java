package io.millrace.platform.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real process loses power under load: it is killed, and everything that it had not synced is
/// taken back from its files, which outlive a mere kill in the page cache.
final class PowerLossIT {
    private static Path library;

    @TempDir
    private Path folder;

    @BeforeAll
    static void build() throws IOException, InterruptedException {
        library = Preload.build("powerloss");
    }

    @Test
    void whatWasAcknowledgedOutlivesLossesOfPower()
            throws IOException, InterruptedException, ExecutionException {
        int port = NodeProcess.freePort();
        String bootstrap = "127.0.0.1:" + port;
        Ledger ledger = new Ledger();
        Audit audit = new Audit(bootstrap);
        NodeProcess node = start(port, 0, "group");
        try (Load load = new Load(bootstrap, ledger)) {
            load.prepare();
            load.start();
            int round = 0;
            for (PowerLoss.Fate fate : PowerLoss.Fate.values()) {
                ledger.awaitMore(1500, 100, 5);
                node.kill();
                PowerLoss.Result lost = strike(round, fate);
                assertTrue(lost.syncs() > 100, "the library saw too few syncs: " + lost);
                assertTrue(
                        round > 0 || lost.wholeSyncs() > 0,
                        "the library saw no sync of the file system: " + lost);
                Ledger.Sums before = ledger.sums();
                node = start(port, ++round, "group");
                assertEquals(List.of(), audit.missing(before.records()), fate + " " + lost);
                assertEquals(List.of(), audit.commits(before.commits()), fate + " " + lost);
                assertEquals(
                        List.of(),
                        audit.topics(before.topics(), before.deleted()),
                        fate + " " + lost);
            }
            ledger.awaitMore(500, 20, 1);
            load.finish();
            assertEquals(List.of(), audit.records(ledger.records()));
        } finally {
            node.close();
        }
    }

    /// The same without syncs must lose something, or the test above proves nothing.
    @Test
    void whatWasNotSyncedIsLost() throws IOException, InterruptedException, ExecutionException {
        int port = NodeProcess.freePort();
        String bootstrap = "127.0.0.1:" + port;
        Ledger ledger = new Ledger();
        NodeProcess node = start(port, 0, "os");
        try {
            try (Load load = new Load(bootstrap, ledger)) {
                load.prepare();
                load.start();
                ledger.awaitMore(1500, 100, 5);
                node.kill();
            }
            strike(0, PowerLoss.Fate.EVERYTHING);
            Ledger.Sums before = ledger.sums();
            node = start(port, 1, "os");
            List<String> lost = new ArrayList<>(new Audit(bootstrap).missing(before.records()));
            assertTrue(lost.size() > 100, "lost: " + lost.size());
        } finally {
            node.close();
        }
    }

    private NodeProcess start(int port, int round, String flush) throws IOException {
        Path data = Files.createDirectories(folder.resolve("data"));
        Path graves = Files.createDirectories(folder.resolve("graves-" + round));
        return NodeProcess.launch(
                        folder.resolve("output"),
                        Map.of(
                                "LD_PRELOAD", library.toString(),
                                "POWERLOSS_ROOT", data.toString(),
                                "POWERLOSS_LOG", log(round).toString(),
                                "POWERLOSS_GRAVE", graves.toString()),
                        "up",
                        "--data",
                        data.toString(),
                        "--listen",
                        "127.0.0.1:" + port,
                        "--set",
                        "log.flush=" + flush,
                        "--set",
                        "offsets.topic.num.partitions=8",
                        "--set",
                        "log.flush.offset.checkpoint.interval.ms=500",
                        "--set",
                        "log.initial.task.delay.ms=100",
                        "--set",
                        "log.segment.delete.delay.ms=300",
                        "--set",
                        "metadata.log.max.record.bytes.between.snapshots=20000")
                .awaitReady();
    }

    private Path log(int round) {
        return folder.resolve("events-" + round);
    }

    private PowerLoss.Result strike(int round, PowerLoss.Fate fate) throws IOException {
        return PowerLoss.strike(
                folder.resolve("data"), folder.resolve("graves-" + round), log(round), fate);
    }
}
