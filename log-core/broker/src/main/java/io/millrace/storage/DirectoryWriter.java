package io.millrace.storage;

import io.millrace.host.Disk;
import io.millrace.host.DiskFile;
import io.millrace.host.DiskFull;
import io.millrace.host.Loop;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Group commit: each round takes everything that came while the last one was running, writes it
/// with one call a log, syncs what must be durable, and tells each loop once.
///
/// ```
/// loops --append--> queue --round: write | tell `os` logs | sync | tell `group` logs --> loops
/// ```
/// A round that only puts a little into the page cache runs on the loop that asked for it, once
/// that has worked off what its sockets brought: handing such a round over costs more than the
/// round. When one took long, because the kernel holds writers back, the writer does all of them
/// for a while.
///
/// A failure is never tried again. Lack of space fails one log's appends; everything else ends the
/// directory.
///
/// Owner thread: `submit` any; rounds run on the writer's executor or on a loop, one at a time.
final class DirectoryWriter {
    /// Hears how the directory's disk is doing; on the writer.
    interface Health {
        void full(String reason);

        void failed(String reason, Throwable cause);

        boolean isOffline();
    }

    private static final long QUICK_BYTES = 128 << 10;
    private static final long SLOW_NANOS = 10_000_000;
    private static final long REST_NANOS = 2_000_000_000L;

    private record Advance(LogTail tail, long writtenEnd, long flushedEnd) {}

    /// A round that a loop may be held up by.
    private record QuickRound(DirectoryWriter writer, Loop loop) implements Runnable {
        @Override
        public void run() {
            writer.quickRound(loop);
        }
    }

    private final Disk disk;
    private final Executor executor;
    private final WriteQueue queue;
    private final Health health;
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final Runnable round = this::round;
    private final Gathering gathering = new Gathering();
    private volatile @Nullable Wait wait;
    private volatile long restsUntil = Long.MIN_VALUE / 2; // by a loop's nanoTime
    private final List<LogTail> touched = new ArrayList<>();
    private final Map<Loop, List<Advance>> advances = new IdentityHashMap<>();

    DirectoryWriter(Disk disk, Executor executor, WriteQueue queue, Health health) {
        this.disk = disk;
        this.executor = executor;
        this.queue = queue;
        this.health = health;
    }

    void submit(WriteOp op) {
        int queued = queue.add(op);
        if (scheduled.compareAndSet(false, true)) {
            begin(op);
            return;
        }
        Wait waiting = wait;
        if (waiting != null && queued >= waiting.wanted) {
            waiting.end(true);
        }
    }

    /// Sees to it that a round runs, for this and what else is queued then.
    private void begin(WriteOp first) {
        PartitionLog log = first.tail().log();
        if (!log.isAttached()) {
            executor.execute(round);
            return;
        }
        Loop loop = log.loop();
        if (first.isQuick() && loop.nanoTime() - restsUntil >= 0) {
            loop.execute(new QuickRound(this, loop));
            return;
        }
        long nanos = first instanceof WriteOp.Append ? gathering.waitNanos(queue.size()) : 0;
        if (nanos == 0) {
            executor.execute(round);
        } else {
            new Wait(loop, gathering.wanted()).begin(nanos);
        }
    }

    /// Until the round is as large as the one before, or for a time.
    private final class Wait {
        private final Loop loop;
        private final int wanted;
        private final AtomicBoolean isOver = new AtomicBoolean();
        private Loop.@Nullable Scheduled timer;

        Wait(Loop loop, int wanted) {
            this.loop = loop;
            this.wanted = wanted;
        }

        void begin(long nanos) {
            wait = this;
            if (loop.isCurrent()) {
                startTimer(nanos);
            } else {
                loop.execute(() -> startTimer(nanos));
            }
        }

        private void startTimer(long nanos) {
            if (queue.size() >= wanted) {
                end(true);
            } else if (!isOver.get()) {
                timer = loop.scheduleNanos(nanos, () -> end(false));
            }
        }

        void end(boolean cameTrue) {
            if (!isOver.compareAndSet(false, true)) {
                return;
            }
            wait = null;
            if (cameTrue && timer != null && loop.isCurrent()) {
                timer.cancel();
            }
            gathering.waited(cameTrue);
            executor.execute(round);
        }
    }

    private void quickRound(Loop loop) {
        List<WriteOp> ops = queue.takeQuick(QUICK_BYTES);
        if (ops.isEmpty()) {
            executor.execute(round);
            return;
        }
        long begun = loop.nanoTime();
        guarded(ops);
        long ended = loop.nanoTime();
        if (ended - begun > SLOW_NANOS) {
            restsUntil = ended + REST_NANOS;
        }
        next();
    }

    private void round() {
        guarded(queue.takeAll());
        next();
    }

    private void guarded(List<WriteOp> ops) {
        try {
            process(ops);
        } catch (RuntimeException bug) {
            health.failed("A bug in the writer: " + bug, bug);
        }
    }

    private void next() {
        WriteOp first = queue.peek();
        if (first == null) {
            scheduled.set(false);
            first = queue.peek();
            if (first == null || !scheduled.compareAndSet(false, true)) {
                return;
            }
        }
        begin(first);
    }

    /// At the end of the node's life, on the thread that ends it: does what is left.
    void drain() {
        while (!queue.isEmpty()) {
            process(queue.takeAll());
        }
    }

    private synchronized void process(List<WriteOp> ops) {
        long bytes = 0;
        for (WriteOp op : ops) {
            bytes += op.queuedBytes();
            if (op.tail().add(op)) {
                touched.add(op.tail());
            }
        }
        try {
            if (!health.isOffline()) {
                writeAll();
                tell(FlushMode.OS);
                syncGroup(ops);
                tell(FlushMode.GROUP);
            }
        } catch (IOException e) {
            health.failed(String.valueOf(e.getMessage()), e);
        } finally {
            for (LogTail tail : touched) {
                tail.dropAll("the log directory is offline");
            }
            touched.clear();
            queue.done(bytes);
        }
    }

    private void writeAll() throws IOException {
        for (LogTail tail : touched) {
            try {
                tail.write();
            } catch (DiskFull e) {
                health.full(String.valueOf(e.getMessage()));
                PartitionLog log = tail.log();
                long from = tail.writtenEnd();
                log.loop().execute(() -> log.droppedByWriter(from));
            }
        }
    }

    /// One sync for all logs of the round that want it, and for nobody else.
    private void syncGroup(List<WriteOp> ops) throws IOException {
        Set<DiskFile> files = new LinkedHashSet<>();
        Set<Path> directories = new LinkedHashSet<>();
        for (LogTail tail : touched) {
            if (tail.needsSync()) {
                tail.collectUnsynced(files, directories);
            }
        }
        if (!files.isEmpty() || !directories.isEmpty()) {
            PartitionLog first = ops.getFirst().tail().log();
            long begun = first.isAttached() ? first.loop().nanoTime() : 0;
            disk.syncAll(List.copyOf(files), List.copyOf(directories));
            long ended = first.isAttached() ? first.loop().nanoTime() : 0;
            gathering.synced(ops.size(), ended - begun);
        }
        for (LogTail tail : touched) {
            if (tail.needsSync()) {
                tail.synced();
            }
        }
    }

    private void tell(FlushMode mode) {
        for (LogTail tail : touched) {
            if (tail.roundFlush() == mode && tail.log().isAttached()) {
                advances.computeIfAbsent(tail.log().loop(), _ -> new ArrayList<>())
                        .add(new Advance(tail, tail.writtenEnd(), tail.flushedEnd()));
            }
        }
        advances.forEach((loop, some) -> loop.execute(() -> {
            for (Advance advance : some) {
                advance.tail.log().advanced(advance.writtenEnd, advance.flushedEnd);
            }
        }));
        advances.clear();
    }
}
