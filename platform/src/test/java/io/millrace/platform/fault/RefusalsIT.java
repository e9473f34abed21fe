package io.millrace.platform.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the program does not start with: one line that says what to do, and an exit code.
final class RefusalsIT {
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    @TempDir
    private Path folder;

    /// Runs `up` with these arguments besides a free port, and returns its one line.
    private String refusal(int exitCode, String... arguments)
            throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("up", "--listen", "127.0.0.1:0"));
        all.addAll(List.of(arguments));
        return line(exitCode, all.toArray(String[]::new));
    }

    private String line(int exitCode, String... arguments)
            throws IOException, InterruptedException {
        try (NodeProcess node = NodeProcess.launch(folder.resolve("output"), Map.of(), arguments)) {
            assertEquals(exitCode, node.exitCode(), node.errors());
            assertEquals("", node.output());
            List<String> lines = node.errors().lines().toList();
            assertEquals(1, lines.size(), node.errors());
            assertTrue(lines.getFirst().startsWith("millrace: "), node.errors());
            return lines.getFirst();
        }
    }

    private static void assertSays(String line, String... parts) {
        for (String part : parts) {
            assertTrue(line.contains(part), () -> "'" + part + "' in: " + line);
        }
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private void runOnce(String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of("up", "--listen", "127.0.0.1:0"));
        all.addAll(List.of(arguments));
        try (NodeProcess node = NodeProcess.launch(
                folder.resolve("output"), Map.of(), all.toArray(String[]::new))) {
            node.awaitReady().terminate();
        }
    }

    @Test
    void wrongCommandLines() throws IOException, InterruptedException {
        assertSays(line(USAGE, "upp"), "upp", "--help");
        assertSays(refusal(USAGE, "--dta", data()), "--dta", "--help");
        assertSays(line(FAILED, "up", "--listen", "nowhere"), "nowhere", "HOST:PORT");
        assertSays(refusal(FAILED, "--roles", "brokr"), "brokr", "broker");
        assertSays(refusal(FAILED, "--set", "nonsense"), "nonsense", "key=value");
        assertFalse(Files.exists(folder.resolve("data")));
    }

    @Test
    void wrongSettings() throws IOException, InterruptedException {
        String both = refusal(
                FAILED, "--data", data(), "--set", "no.such.key=1", "--set", "num.partitions=x");
        assertSays(both, "no.such.key", "num.partitions", "x");
        String twice = refusal(
                FAILED, "--data", data(), "--set", "num.partitions=1", "--set", "num.partitions=2");
        assertSays(twice, "num.partitions", "twice");
        Path file = folder.resolve("settings");
        assertSays(refusal(FAILED, "--config", file.toString()), file.toString(), "no such file");
        Files.writeString(file, "num.partitions=1\nlog.retention.ms=5\nnum.partitions=1\n");
        assertSays(refusal(FAILED, "--config", file.toString()), "num.partitions", "twice");
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertSays(refusal(FAILED, "--config", file.toString()), file.toString(), "UTF-8");
        String folderAsFile = folder.toString();
        assertSays(refusal(FAILED, "--config", folderAsFile), folderAsFile, "properties file");
        assertFalse(Files.exists(folder.resolve("data")));
    }

    @Test
    void directoriesThatCannotBeUsed() throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve("file"), "not a folder");
        assertSays(refusal(FAILED, "--data", file.toString()), file.toString(), "cannot be used");
        assertSays(refusal(FAILED, "--data", "/proc/millrace"), "/proc/millrace", "cannot be used");
    }

    @Test
    void addressesThatAreTaken() throws IOException, InterruptedException {
        try (ServerSocket taken = new ServerSocket()) {
            taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            String address = "127.0.0.1:" + taken.getLocalPort();
            assertSays(line(FAILED, "up", "--data", data(), "--listen", address), address);
        }
        assertSays(line(FAILED, "up", "--data", data(), "--listen", "192.0.2.1:9092"), "192.0.2.1");
    }

    @Test
    void aDirectoryThatAnotherProcessHas() throws IOException, InterruptedException {
        try (NodeProcess node = NodeProcess.launch(
                folder.resolve("output"),
                Map.of(),
                "up",
                "--data",
                data(),
                "--listen",
                "127.0.0.1:0")) {
            node.awaitReady();
            assertSays(refusal(FAILED, "--data", data()), data(), "in use by another process");
        }
    }

    @Test
    void directoriesOfOtherNodesAndClusters() throws IOException, InterruptedException {
        runOnce("--data", data());
        assertSays(refusal(FAILED, "--data", data(), "--set", "node.id=7"), "node 1", "node.id=1");
        String other = folder.resolve("other").toString();
        runOnce("--data", other);
        String both = "log.dirs=" + data() + "/log," + other + "/log";
        assertSays(refusal(FAILED, "--set", both), other, "cluster");
    }

    /// Given up starts leave everything as it was: after a crash the log is still read whole.
    @Test
    void aDamagedDirectory() throws IOException, InterruptedException {
        runOnce("--data", data());
        Path log = folder.resolve("data/log");
        Path mark = log.resolve(".kafka_cleanshutdown");
        assertTrue(Files.exists(mark));
        Path points = log.resolve("recovery-point-offset-checkpoint");
        String good = Files.readString(points);
        Files.writeString(points, "0\nmany\n");
        assertSays(refusal(FAILED, "--data", data()), "recovery-point", "restore", "start again");
        assertEquals("0\nmany\n", Files.readString(points));
        Files.delete(mark);
        assertSays(refusal(FAILED, "--data", data(), "--set", "node.id=7"), "node.id=1");
        assertFalse(Files.exists(mark));
        Files.writeString(points, good);
        runOnce("--data", data());
        assertTrue(Files.exists(mark));
    }
}
