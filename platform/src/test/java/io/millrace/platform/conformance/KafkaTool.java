package io.millrace.platform.conformance;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// One of Kafka's own command-line tools, run as its script would run it.
record KafkaTool(Path folder, String mainClass) {
    private static final int PATIENCE_SECONDS = 60;

    /// What a tool said, and how it ended.
    record Outcome(int exit, String text) {
        /// What it said, if it ended well.
        String well() {
            if (exit != 0) {
                throw new AssertionError("exit code " + exit + ": " + text);
            }
            return text;
        }
    }

    Outcome run(String... arguments) throws IOException, InterruptedException {
        return runWith("", arguments);
    }

    Outcome runWith(String input, String... arguments) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "tool", ".out");
        Process process = new ProcessBuilder(Jvm.command("256m", mainClass, List.of(arguments)))
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        try (OutputStream stream = process.getOutputStream()) {
            stream.write(input.getBytes(StandardCharsets.UTF_8));
        }
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new AssertionError(mainClass + " does not end: " + Files.readString(out));
        }
        return new Outcome(process.exitValue(), Files.readString(out));
    }
}
