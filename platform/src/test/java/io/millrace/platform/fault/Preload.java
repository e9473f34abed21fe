package io.millrace.platform.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Assumptions;

/// Libraries that stand between a process and its files, built when a test wants one.
final class Preload {
    private Preload() {}

    /// Builds `src/test/native/<name>.c`. Without a C compiler, or elsewhere than on Linux, the
    /// test is skipped.
    static Path build(String name) throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                System.getProperty("os.name").equals("Linux"), "preloading is done on Linux");
        Path target = Files.createDirectories(Path.of("target").toAbsolutePath());
        Path fresh = Files.createTempFile(target, name, ".so");
        Path source = Path.of("src/test/native", name + ".c");
        Process compiler;
        try {
            compiler = new ProcessBuilder(
                            "cc",
                            "-shared",
                            "-fPIC",
                            "-O2",
                            "-Wall",
                            "-Werror",
                            "-o",
                            fresh.toString(),
                            source.toString(),
                            "-ldl")
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException missing) {
            Files.delete(fresh);
            return Assumptions.abort("there is no C compiler");
        }
        String output = new String(compiler.getInputStream().readAllBytes(), UTF_8);
        if (compiler.waitFor() != 0) {
            throw new IOException(output);
        }
        return Files.move(
                fresh, target.resolve("lib" + name + ".so"), StandardCopyOption.ATOMIC_MOVE);
    }
}
