package io.millrace.platform.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.broker.Broker;
import io.millrace.broker.BrokerConfig;
import io.millrace.platform.Millrace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Progress as a person sees it: commands in processes of their own, on a pseudo terminal that
/// `script` makes, and in pipes.
@Timeout(120)
final class TerminalIT {
    /// An old progress line is taken away before a new one.
    private static final String CLEARED = "\r\033[K";

    @TempDir
    static Path folder;

    private static Broker broker;

    @BeforeAll
    static void start() {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/script")), "script of util-linux is missing");
        broker = Broker.start(BrokerConfig.of(Map.of(
                "log.dirs",
                folder.resolve("log").toString(),
                "listeners",
                "PLAINTEXT://127.0.0.1:0",
                "metrics.listen",
                "off")));
    }

    @AfterAll
    static void stop() {
        if (broker != null) {
            broker.stop();
        }
    }

    @Test
    void loadShowsItsRate() throws Exception {
        String shown = onTerminal(millrace("perf produce seen -n 3000 -r 1500"));
        assertTrue(shown.matches("(?s).*[\\d,]+ records, [\\d,]+/s.*"), shown);
        assertTrue(shown.contains(CLEARED), shown);
        assertTrue(shown.contains("TEST"), shown);
        assertFalse(
                shown.substring(shown.lastIndexOf(CLEARED)).contains("/s"),
                "the result stands below progress: " + shown);
    }

    @Test
    void producingFromAPipeShowsProgress() throws Exception {
        String shown = onTerminal(slowly() + " | " + millrace("produce piped"));
        assertTrue(shown.matches("(?s).*[\\d,]+ records, [\\d,]+/s.*"), shown);
        assertTrue(shown.endsWith(CLEARED), shown);
    }

    @Test
    void consumingIntoAFileShowsProgress() throws Exception {
        fill("filed");
        Path file = folder.resolve("filed.txt");
        String shown = onTerminal(millrace("consume filed -o start -n 4") + " >" + file + " & "
                + slowly() + " | " + millrace("produce filed") + " 2>/dev/null; wait");
        assertTrue(shown.matches("(?s).*[\\d,]+ records, [\\d,]+/s.*"), shown);
        assertEquals(4, Files.readAllLines(file).size());
    }

    @Test
    void recordsOnTheTerminalStandOnLinesOfTheirOwn() throws Exception {
        fill("lines");
        String shown = onTerminal(millrace("consume lines -o start -n 4") + " & " + slowly() + " | "
                + millrace("produce lines") + " 2>/dev/null; wait");
        for (String line : shown.split("\r\n", -1)) {
            int cleared = line.lastIndexOf(CLEARED);
            String last = cleared < 0 ? line : line.substring(cleared + CLEARED.length());
            assertFalse(last.contains("/s") && last.contains("value"), shown);
        }
        assertTrue(shown.contains("value"), shown);
    }

    @Test
    void aPipeStaysSilent() throws Exception {
        String all = run(List.of(
                "sh", "-c", millrace("perf produce quiet -n 2000 -r 1500 --json") + " 2>&1"));
        assertTrue(all.startsWith("[{\"test\""), all);
        assertFalse(all.contains(CLEARED), all);
        String shown = onTerminal(millrace("perf produce quiet -n 2000 -r 1500 --json") + " | cat");
        assertFalse(shown.contains(CLEARED), shown);
    }

    private static void fill(String topic) {
        TestCommands.run("value\nvalue\n", "produce", topic, "-b", bootstrap()).mustBeFine();
    }

    /// Two lines with a while between them, in which progress is shown.
    private static String slowly() {
        return "(echo value; sleep 2; echo value; sleep 2)";
    }

    private static String bootstrap() {
        return "127.0.0.1:" + broker.port();
    }

    private static String millrace(String command) {
        String classPath = System.getProperty(
                "surefire.test.class.path", System.getProperty("java.class.path"));
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return java + " -Xmx128m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
                + " --enable-native-access=ALL-UNNAMED -cp '" + classPath + "' "
                + Millrace.class.getName() + " " + command + " -b " + bootstrap();
    }

    private static String onTerminal(String command) throws Exception {
        Path script = Files.createTempFile(folder, "command", ".sh");
        Files.writeString(script, command + "\n");
        return run(List.of("script", "-qec", "sh " + script, "/dev/null"));
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(new ArrayList<>(command))
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true)
                .start();
        try {
            String all =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(process.waitFor(60, TimeUnit.SECONDS));
            assertEquals(0, process.exitValue(), all);
            return all;
        } finally {
            process.destroyForcibly();
        }
    }
}
