package io.millrace.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Something that the machine must offer.
interface Need {
    Path DROP_CACHES = Path.of("/proc/sys/vm/drop_caches");

    /// What is missing, in a sentence; empty when all is well.
    String missing(Path work) throws IOException;

    Need ROOT = _ -> Files.isWritable(DROP_CACHES)
            ? ""
            : "needs root, to empty the page cache (" + DROP_CACHES + " is not writable)";

    Need COMPILER = _ -> {
        for (String folder : System.getenv().getOrDefault("PATH", "").split(":")) {
            if (Files.isExecutable(Path.of(folder, "cc"))) {
                return "";
            }
        }
        return "needs a C compiler, cc, to make syncs slower";
    };

    /// Files that the load generator itself may have open.
    static Need openFiles(long count) {
        return _ -> {
            for (String line : Files.readAllLines(Path.of("/proc/self/limits"))) {
                if (line.startsWith("Max open files")) {
                    String limit = line.split("\\s+")[3];
                    return limit.equals("unlimited") || Long.parseLong(limit) >= count
                            ? ""
                            : "needs " + count + " open files and the limit is " + limit
                                    + " (ulimit -Hn)";
                }
            }
            return "";
        };
    }

    static Need disk(long bytes) {
        return work -> {
            long free = Files.getFileStore(work).getUsableSpace();
            return free >= bytes
                    ? ""
                    : String.format(
                            "needs %.1f GB of disk and %s has %.1f GB",
                            bytes / 1e9, work, free / 1e9);
        };
    }
}
