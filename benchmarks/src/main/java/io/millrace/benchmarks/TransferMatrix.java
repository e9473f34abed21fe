package io.millrace.benchmarks;

import java.util.ArrayList;
import java.util.List;

/// Record sizes by compressions by batches, and the slower disk.
final class TransferMatrix {
    private static final List<Side> IN_MEMORY = List.of(Side.KAFKA, Side.OS);
    private static final List<Side> ALL =
            List.of(Side.KAFKA, Side.KAFKA_FSYNC, Side.OS, Side.GROUP);
    private static final List<Side> SLOW =
            List.of(Side.KAFKA_SLOW, Side.KAFKA_FSYNC_SLOW, Side.GROUP_SLOW);
    private static final int ROUNDS = 2;
    private static final int SECONDS = 21;

    private TransferMatrix() {}

    /// How many records of a size are written in some seconds.
    private record Size(String name, int bytes, long plain, long compressed) {}

    private static final Size SMALL = new Size("100", 100, 2_000_000, 1_200_000);
    private static final Size LARGE = new Size("1k", 1024, 400_000, 250_000);

    static List<Scenario> cells() {
        var cells = new ArrayList<Scenario>();
        for (Size size : List.of(SMALL, LARGE)) {
            for (String compression : List.of("none", "lz4", "zstd")) {
                boolean isPlain = compression.equals("none");
                cells.add(cell(size, compression, "stock", isPlain ? ALL : IN_MEMORY));
                cells.add(cell(size, compression, "large", IN_MEMORY));
            }
        }
        return cells;
    }

    /// The flush modes beside each other also with compression: by name only, for they take long.
    static List<Scenario> compressedWithSync() {
        var cells = new ArrayList<Scenario>();
        for (Size size : List.of(SMALL, LARGE)) {
            for (String compression : List.of("lz4", "zstd")) {
                cells.add(
                        named("fsync-" + size.name() + "-" + compression, size, compression, ALL));
            }
        }
        return cells;
    }

    static Scenario slowDisk() {
        return new SlowDiskScenario(named("slow-disk-1k", LARGE, "none", SLOW));
    }

    /// A whole minute from the start.
    static Scenario firstMinute() {
        return new TransferScenario(
                new Plan(
                        "first-minute-1k",
                        "1 KiB, none, stock batches: a minute cold, a minute warm",
                        1,
                        150,
                        IN_MEMORY),
                LARGE.bytes(),
                8 * LARGE.plain(),
                List.of());
    }

    private static Scenario cell(Size size, String compression, String batches, List<Side> sides) {
        String name = "transfer-" + size.name() + "-" + compression + "-" + batches;
        var properties = new ArrayList<String>();
        properties.add("compression.type=" + compression);
        if (batches.equals("large")) {
            properties.addAll(PerfTool.LARGE);
        }
        String what = size.bytes() + " B, " + compression + ", " + batches + " batches";
        return scenario(new Plan(name, what, ROUNDS, SECONDS, sides), size, properties);
    }

    private static TransferScenario named(
            String name, Size size, String compression, List<Side> sides) {
        String what = size.bytes() + " B, " + compression + ", stock batches, with syncs";
        return scenario(
                new Plan(name, what, ROUNDS, SECONDS, sides),
                size,
                List.of("compression.type=" + compression));
    }

    private static TransferScenario scenario(Plan plan, Size size, List<String> properties) {
        boolean isPlain = properties.contains("compression.type=none");
        long records = isPlain ? size.plain() : size.compressed();
        return new TransferScenario(plan, size.bytes(), records, properties);
    }
}
