package io.millrace.storage;

import io.millrace.host.Disk;
import io.millrace.host.Loop;
import io.millrace.protocol.ErrorCode;
import io.millrace.record.BatchBuilder;
import io.millrace.record.BatchReader;
import io.millrace.record.RecordHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/// One thread that plays a loop, the writer, the readers and the background, each from a queue of
/// its own, with a clock that only moves when told to. So a test knows what has happened and what
/// has not.
final class TestWorld {
    final TestLoop loop = new TestLoop();
    final Queue<Runnable> writer = new ArrayDeque<>();
    final Queue<Runnable> readers = new ArrayDeque<>();
    final Queue<Runnable> background = new ArrayDeque<>();
    final List<String> heard = new ArrayList<>();
    final ClientBatches batches = new ClientBatches(16 * 1024 * 1024);
    final Disk disk;
    final Path path;
    private final BatchBuilder builder = new BatchBuilder();

    TestWorld(Disk disk, Path path) {
        this.disk = disk;
        this.path = path;
    }

    static final DirectorySettings SETTINGS = new DirectorySettings(
            1,
            60_000,
            60_000,
            300_000,
            30_000,
            86_400_000,
            600_000,
            64 * 1024 * 1024,
            1024 * 1024,
            15_000);

    LogDirectory open() {
        return open(path);
    }

    private LogDirectory open(Path at) {
        return LogDirectory.open(
                at, disk, SETTINGS, new StorageThreads(writer::add, readers::add, background::add));
    }

    /// Opens and loads, with the same settings for every log.
    LogDirectory load(LogConfig config) throws IOException {
        return load(path, config);
    }

    /// One of more than one directory, which share the threads.
    LogDirectory load(Path at, LogConfig config) throws IOException {
        LogDirectory directory = open(at);
        for (PartitionLog log : directory.load(_ -> config)) {
            directory.attach(log, loop, new Heard());
        }
        directory.start(loop, (_, reason) -> heard.add("offline"));
        run();
        return directory;
    }

    PartitionLog create(LogDirectory directory, String topic, LogConfig config) {
        PartitionLog log = directory.create(
                new LogId(topic, 0), new io.millrace.protocol.Uuid(7, topic.hashCode()), config);
        directory.attach(log, loop, new Heard());
        return log;
    }

    PartitionLog log(LogDirectory directory, String topic) {
        return directory.logs().stream()
                .filter(l -> l.id().topic().equals(topic))
                .findFirst()
                .orElseThrow();
    }

    /// Until nothing is left to do but wait.
    void run() {
        boolean worked = true;
        while (worked) {
            worked = loop.runReady() | runAll(writer) | runAll(readers) | runAll(background);
        }
    }

    /// At most one task of each thread; false when there was none.
    boolean step() {
        boolean worked = false;
        for (Queue<Runnable> queue : List.of(loop.tasks, writer, readers, background)) {
            Runnable next = queue.poll();
            if (next != null) {
                next.run();
                worked = true;
            }
        }
        return worked;
    }

    void advance(long ms) {
        long until = loop.now + ms;
        run();
        while (!loop.timers.isEmpty() && loop.timers.peek().at <= until) {
            loop.now = Math.max(loop.now, loop.timers.peek().at);
            run();
        }
        loop.now = until;
        run();
    }

    static boolean runAll(Queue<Runnable> queue) {
        boolean worked = false;
        for (Runnable next = queue.poll(); next != null; next = queue.poll()) {
            next.run();
            worked = true;
        }
        return worked;
    }

    <T> T await(CompletableFuture<T> future) {
        run();
        if (!future.isDone()) {
            throw new AssertionError("not done although there is nothing left to do");
        }
        return future.join();
    }

    AppendResult append(PartitionLog log, String... values) {
        return log.append(batch(loop.now, values), new AppendOrigin.Internal(1));
    }

    /// One batch; a value `k=v` has a key, `k=` is a tombstone.
    ByteBuffer batch(long timestampMs, String... values) {
        builder.begin(0);
        long offset = 0;
        for (String value : values) {
            int equals = value.indexOf('=');
            ByteBuffer key = equals < 0 ? null : bytes(value.substring(0, equals));
            String rest = value.substring(equals + 1);
            builder.append(
                    offset++,
                    timestampMs,
                    key,
                    equals >= 0 && rest.isEmpty() ? null : bytes(rest),
                    RecordHeader.NONE);
        }
        return copy(builder.finish());
    }

    static ByteBuffer copy(ByteBuffer bytes) {
        return ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
    }

    static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    /// `offset:value` of everything from an offset on.
    List<String> readAll(PartitionLog log, long from) {
        List<String> all = new ArrayList<>();
        await(log.replay(from, log.writtenEnd(), chunk -> all.addAll(records(chunk))));
        all.removeIf(text -> Long.parseLong(text.substring(0, text.indexOf(':'))) < from);
        return all;
    }

    static List<String> records(ByteBuffer chunk) {
        List<String> all = new ArrayList<>();
        try (BatchReader reader = new BatchReader(1 << 30)) {
            reader.begin(chunk);
            while (reader.nextBatch()) {
                while (reader.nextRecord()) {
                    ByteBuffer key = reader.key();
                    ByteBuffer value = reader.value();
                    all.add(reader.offset() + ":"
                            + (key == null ? "" : StandardCharsets.UTF_8.decode(key) + "=")
                            + (value == null ? "" : StandardCharsets.UTF_8.decode(value)));
                }
            }
        }
        return all;
    }

    static LogConfig config(UnaryOperator<java.util.Map<String, String>> change) {
        return LogConfig.of(change.apply(new java.util.TreeMap<>()));
    }

    static LogConfig small(int segmentBytes) {
        return small(segmentBytes, FlushMode.GROUP);
    }

    /// Kafka's smallest segment is too large for most tests.
    static LogConfig small(int segmentBytes, FlushMode flush) {
        return small(segmentBytes, flush, Long.MAX_VALUE);
    }

    static LogConfig small(int segmentBytes, FlushMode flush, long flushMessages) {
        return withSegments(LogConfig.of(java.util.Map.of()), segmentBytes, flush, flushMessages);
    }

    static LogConfig withSegments(
            LogConfig usual, int segmentBytes, FlushMode flush, long flushMessages) {
        return new LogConfig(
                usual.cleanupPolicy(),
                segmentBytes,
                usual.segmentMs(),
                usual.segmentJitterMs(),
                usual.segmentIndexBytes(),
                200,
                usual.retentionMs(),
                usual.retentionBytes(),
                usual.fileDeleteDelayMs(),
                usual.deleteRetentionMs(),
                usual.minCompactionLagMs(),
                usual.maxCompactionLagMs(),
                usual.minCleanableDirtyRatio(),
                usual.maxMessageBytes(),
                usual.timestampType(),
                usual.timestampBeforeMaxMs(),
                usual.timestampAfterMaxMs(),
                usual.compressionType(),
                usual.gzipLevel(),
                usual.lz4Level(),
                usual.zstdLevel(),
                flushMessages,
                usual.flushMs(),
                flush);
    }

    final class Heard implements LogListener {
        @Override
        public void advanced(PartitionLog log) {
            heard.add(log.id().topic() + " safe " + log.safeEnd());
        }

        @Override
        public void dropped(PartitionLog log, long fromOffset, ErrorCode error) {
            heard.add(log.id().topic() + " dropped " + fromOffset + " " + error);
        }
    }

    static final class TestLoop implements Loop {
        private record Timer(long at, long order, Runnable task) {}

        final Queue<Runnable> tasks = new ArrayDeque<>();
        final PriorityQueue<Timer> timers = new PriorityQueue<>(
                (a, b) -> a.at != b.at ? Long.compare(a.at, b.at) : Long.compare(a.order, b.order));
        long now = 1_700_000_000_000L;
        long nanosALook; // so much passes between two looks at the clock
        private long looks;
        private long order;
        private long random = 42;

        boolean runReady() {
            boolean worked = runAll(tasks);
            worked |= runTimers();
            return worked | runAll(tasks);
        }

        /// Those that are due.
        boolean runTimers() {
            boolean worked = false;
            while (!timers.isEmpty() && timers.peek().at <= now) {
                timers.poll().task.run();
                worked = true;
            }
            return worked;
        }

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }

        @Override
        public Scheduled schedule(long delayMs, Runnable task) {
            Timer timer = new Timer(now + delayMs, order++, task);
            timers.add(timer);
            return () -> timers.remove(timer);
        }

        @Override
        public long nowMs() {
            return now;
        }

        @Override
        public long nanoTime() {
            return now * 1_000_000 + nanosALook * looks++;
        }

        @Override
        public long random() {
            random = random * 6364136223846793005L + 1442695040888963407L;
            return random;
        }

        @Override
        public boolean isCurrent() {
            return true;
        }
    }
}
