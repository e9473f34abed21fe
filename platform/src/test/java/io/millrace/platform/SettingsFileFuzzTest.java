package io.millrace.platform;

import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.millrace.broker.BrokerConfig;
import io.millrace.buildtools.fuzz.Budget;
import io.millrace.buildtools.fuzz.Mutations;
import io.millrace.protocol.BadSetting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever stands in the file that `--config` names, a node starts with it or says why not.
final class SettingsFileFuzzTest {
    private static final int RUNS = 500;
    private static final Budget BUDGET = new Budget(8 << 20, 1_000);

    @TempDir
    private static Path folder;

    static List<byte[]> files() {
        return Stream.of(
                        "",
                        "node.id=1\nlisteners=PLAINTEXT://127.0.0.1:9092\n",
                        "# Kafka's\nprocess.roles=broker,controller\nlog.dirs=/a,/b\n"
                                + "controller.quorum.voters=1@localhost:9093\n",
                        "log.retention.hours: 168 \nlog.segment.bytes 1073741824\n",
                        "num.partitions = 3\ncompression.type = zst\\u0064\n",
                        "listener.security.protocol.map=A:PLAINTEXT,B:SSL\nlisteners=A://:1,B://:2",
                        "log.cleanup.policy=compact,\\\n   delete\nunknown.key=x\n",
                        "offsets.topic.replication.factor=1\ngroup.coordinator.rebalance.protocols="
                                + "classic,consumer\nmetrics.listen=off\n")
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    /// Found by the search below.
    @Test
    void blanksBehindANumberOfHoursAreNothing() throws IOException {
        Path file = Files.writeString(folder.resolve("blank.properties"), "log.roll.hours=1 \n");
        NodeOptions options = new NodeOptions(null, null, List.of(), file, Map.of(), false);
        BrokerConfig.of(options.merged(folder));
    }

    @MethodSource("files")
    @FuzzTest
    void aNodeStartsOrSaysWhyNot(byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("node.properties"), bytes);
        BUDGET.spend(bytes.length, () -> {
            try {
                NodeOptions options = new NodeOptions(null, null, List.of(), file, Map.of(), false);
                BrokerConfig.of(options.merged(folder));
            } catch (BadSetting refused) {
                assertFalse(String.valueOf(refused.getMessage()).isBlank());
            }
        });
    }

    @Test
    void mutatedFilesStartOrSayWhyNot() {
        Mutations.run(RUNS, files(), bytes -> {
            try {
                aNodeStartsOrSaysWhyNot(bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
