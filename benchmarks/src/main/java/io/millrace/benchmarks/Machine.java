package io.millrace.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// The figures of the machine, to stand above results.
final class Machine {
    private Machine() {}

    static String describe(Path folder) throws IOException {
        DiskProbe disk = DiskProbe.measure(folder);
        var store = Files.getFileStore(folder);
        return String.format(
                Locale.ROOT,
                "%d × %s; %s of memory; %s, fdatasync p50 %.2f ms, %.0f MB/s fsynced, "
                        + "%.0f GB free; Linux %s; JDK %s; load %s",
                Runtime.getRuntime().availableProcessors(),
                field("/proc/cpuinfo", "model name"),
                field("/proc/meminfo", "MemTotal"),
                store.type(),
                disk.syncMs(),
                disk.megabytesASecond(),
                store.getUsableSpace() / 1e9,
                System.getProperty("os.version"),
                Runtime.version(),
                Files.readString(Path.of("/proc/loadavg")).strip().split(" ")[0]);
    }

    private static String field(String file, String name) throws IOException {
        return Files.readAllLines(Path.of(file)).stream()
                .filter(line -> line.startsWith(name))
                .findFirst()
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .orElse("?");
    }
}
