package io.millrace.benchmarks;

import io.millrace.config.Settings;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.Uuid;
import io.millrace.record.BatchBuilder;
import io.millrace.record.RecordHeader;
import io.millrace.storage.AppendOrigin;
import io.millrace.storage.DirectoryIdentity;
import io.millrace.storage.DirectorySettings;
import io.millrace.storage.FileDisk;
import io.millrace.storage.LogConfig;
import io.millrace.storage.LogDirectory;
import io.millrace.storage.LogId;
import io.millrace.storage.LogListener;
import io.millrace.storage.PartitionLog;
import io.millrace.storage.StorageThreads;
import io.millrace.transport.LoopGroup;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// How long it takes to open a directory of many small logs: after a clean stop, after a kill with
/// checkpoints of recovery points, and after one without.
///
/// Arguments: a folder on the disk in question, `group` or `os`, and how many logs (5,000).
final class LoadBench {
    private static final int ROUNDS = 5;
    private static final int RECORDS = 10;

    private final Path root;
    private final LogConfig config;
    private final LoopGroup loops = LoopGroup.start(1, 1 << 20);

    private LoadBench(Path root, String flush) {
        this.root = root;
        this.config = LogConfig.of(Map.of("millrace.flush", flush));
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        Path root = Files.createTempDirectory(Path.of(args[0]), "load-bench");
        int logs = args.length > 2 ? Integer.parseInt(args[2]) : 5000;
        LoadBench bench = new LoadBench(root.resolve("log"), args[1]);
        try {
            bench.create(logs);
            for (int round = 0; round < ROUNDS; round++) {
                bench.load("after a clean stop");
                bench.forget(false);
                bench.load("after a kill");
                bench.forget(true);
                bench.load("after a kill without checkpoints");
            }
        } finally {
            bench.loops.close().join();
            try (Stream<Path> all = Files.walk(root)) {
                for (Path path : all.sorted((a, b) -> b.compareTo(a)).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private interface Use {
        void of(LogDirectory directory) throws IOException, InterruptedException;
    }

    private void use(Use use) throws IOException, InterruptedException {
        List<ExecutorService> threads = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            threads.add(Executors.newSingleThreadExecutor());
        }
        LogDirectory directory = LogDirectory.open(
                root,
                new FileDisk(),
                Settings.read(DirectorySettings.class, Map.of()),
                new StorageThreads(threads.get(0), threads.get(1), threads.get(2)));
        try {
            use.of(directory);
        } finally {
            directory.close();
            threads.forEach(ExecutorService::shutdown);
            for (ExecutorService thread : threads) {
                thread.awaitTermination(1, TimeUnit.MINUTES);
            }
        }
    }

    private void create(int count) throws IOException, InterruptedException {
        use(directory -> {
            directory.format(new DirectoryIdentity("bench", 1, new Uuid(1, 1)));
            directory.load(_ -> config);
            CountDownLatch left = new CountDownLatch(count);
            loops.loops().getFirst().execute(() -> {
                for (int i = 0; i < count; i++) {
                    PartitionLog log =
                            directory.create(new LogId("topic", i), new Uuid(1, 2), config);
                    directory.attach(log, loops.loops().getFirst(), new Counter(left));
                    log.append(batch(), new AppendOrigin.Internal(1));
                }
            });
            left.await();
        });
    }

    private static ByteBuffer batch() {
        BatchBuilder builder = new BatchBuilder();
        builder.begin(0);
        for (int i = 0; i < RECORDS; i++) {
            builder.append(
                    i,
                    System.currentTimeMillis(),
                    null,
                    ByteBuffer.wrap("value".getBytes(StandardCharsets.UTF_8)),
                    RecordHeader.NONE);
        }
        ByteBuffer built = builder.finish();
        return ByteBuffer.allocate(built.remaining()).put(built).flip();
    }

    private void load(String when) throws IOException, InterruptedException {
        use(directory -> {
            long start = System.nanoTime();
            int found = directory.load(_ -> config).size();
            double ms = (System.nanoTime() - start) / 1e6;
            System.out.printf(Locale.ROOT, "%,6d logs %-34s %8.1f ms%n", found, when, ms);
        });
    }

    /// Makes the directory look as if the process had been killed.
    private void forget(boolean all) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.toList()) {
                String name = String.valueOf(file.getFileName());
                boolean isOfStop = name.equals(".kafka_cleanshutdown")
                        || name.endsWith("index")
                        || name.endsWith(".snapshot")
                        || name.equals("leader-epoch-checkpoint");
                if (isOfStop || all && name.equals("recovery-point-offset-checkpoint")) {
                    Files.delete(file);
                }
            }
        }
    }

    private record Counter(CountDownLatch left) implements LogListener {
        @Override
        public void advanced(PartitionLog log) {
            left.countDown();
        }

        @Override
        public void dropped(PartitionLog log, long fromOffset, ErrorCode error) {
            throw new IllegalStateException(log.id() + " was refused: " + error);
        }
    }
}
