package io.millrace.platform.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A signal ends the program cleanly, whenever it comes.
final class StopIT {
    private static final int INTERRUPTED = 130;
    private static final int TERMINATED = 143;

    @TempDir
    private Path folder;

    private NodeProcess up(String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("up", "--listen", "127.0.0.1:0"));
        arguments.addAll(List.of(more));
        return NodeProcess.launch(
                folder.resolve("output"),
                Map.of("JDK_JAVA_OPTIONS", "-Djava.io.tmpdir=" + folder),
                arguments.toArray(String[]::new));
    }

    private Path mark() {
        return folder.resolve("data/log/.kafka_cleanshutdown");
    }

    private NodeProcess onData() throws IOException {
        return up("--data", folder.resolve("data").toString());
    }

    @Test
    void aServingNodeStopsCleanly() throws IOException, InterruptedException {
        try (NodeProcess node = onData().awaitReady()) {
            assertFalse(Files.exists(mark()));
            assertEquals(TERMINATED, node.terminate());
            assertTrue(Files.exists(mark()), node.errors());
        }
        try (NodeProcess node = onData().awaitReady()) {
            assertFalse(Files.exists(mark()));
            new ProcessBuilder("kill", "-INT", String.valueOf(node.pid()))
                    .start()
                    .waitFor();
            assertEquals(INTERRUPTED, node.exitCode());
            assertTrue(Files.exists(mark()), node.errors());
        }
    }

    /// As soon as it has begun to touch its directory.
    @Test
    void aStartingNodeStopsCleanly() throws IOException, InterruptedException {
        try (NodeProcess node = onData()) {
            while (node.isAlive() && !Files.exists(folder.resolve("data/log/meta.properties"))) {
                Thread.onSpinWait();
            }
            assertEquals(TERMINATED, node.terminate());
            assertTrue(Files.exists(mark()), node.errors());
        }
        try (NodeProcess node = onData()) {
            node.awaitReady();
        }
    }

    @Test
    void aTemporaryFolderIsRemoved() throws IOException, InterruptedException {
        try (NodeProcess node = up("--ephemeral").awaitReady()) {
            assertEquals(TERMINATED, node.terminate());
        }
        try (NodeProcess node = up("--ephemeral", "--set", "no.such.key=1")) {
            assertEquals(1, node.exitCode());
        }
        try (var names = Files.list(folder)) {
            assertEquals(List.of(folder.resolve("output")), names.toList());
        }
    }
}
