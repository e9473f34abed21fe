package io.millrace.storage;

import io.millrace.host.FileRegion;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.Uuid;
import io.millrace.record.BatchBuilder;
import io.millrace.record.BatchReader;
import io.millrace.record.Codecs;
import io.millrace.sim.InvariantBroken;
import io.millrace.sim.SimLoop;
import io.millrace.sim.SimNode;
import io.millrace.sim.SimWorker;
import io.millrace.sim.SimWorld;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/// One life of a node, from its start to its end: recovers, lets the model check what it found, and
/// works.
final class SimulatedLife implements LogListener {
    private static final List<Path> PATHS = List.of(Path.of("/data/log"), Path.of("/data/more"));
    private static final int WIDEST_READ = 3_000;

    private final CrashRun run;
    private final SimWorld world;
    private final SimNode node;
    private final SimLoop loop;
    private final LogConfig config;
    private final ClientBatches batches = new ClientBatches(1 << 20);
    private final BatchReader reader = new BatchReader(1 << 20);
    private final BatchBuilder builder = new BatchBuilder();
    private final Codecs codecs = new Codecs();
    private final Map<String, PartitionLog> logs = new TreeMap<>();
    private final List<LogDirectory> directories = new ArrayList<>();
    private boolean isOffline;

    SimulatedLife(CrashRun run) throws IOException {
        this.run = run;
        this.world = run.world();
        this.node = new SimNode(world, "node");
        this.loop = node.loop();
        this.config = TestWorld.small(world.random().nextInt(2_000, 8_000), run.flush());
        SimWorker background = node.worker();
        Executor readers = node.workers(2);
        for (Path path : PATHS) {
            directories.add(LogDirectory.open(
                    path,
                    run.disk(),
                    TestWorld.SETTINGS,
                    new StorageThreads(node.worker(), readers, background)));
        }
    }

    SimNode node() {
        return node;
    }

    void stop() {
        directories.forEach(LogDirectory::close);
    }

    /// Starts, and checks everything that is there. False when the power went meanwhile.
    boolean recover() throws IOException {
        for (LogDirectory directory : directories) {
            for (PartitionLog log : directory.load(id -> config)) {
                directory.attach(log, loop, this);
                logs.merge(log.id().topic(), log, SimulatedLife::settle);
            }
            directory.start(loop, (which, reason) -> {
                isOffline = true;
                run.guard(() -> run.expectFailure(new IOException(reason)));
            });
            if (!directory.isOnline()) {
                run.expectFailure(new IOException("the directory is offline after the start"));
                return false;
            }
        }
        for (TopicHistory history : run.histories().values()) {
            if (!logs.containsKey(history.topic())) {
                history.isGone();
            }
        }
        for (PartitionLog log : logs.values()) {
            if (!check(log)) {
                return false;
            }
        }
        return true;
    }

    /// A move that was cut off may leave a log in both.
    private static PartitionLog settle(PartitionLog one, PartitionLog other) {
        PartitionLog better = LogMove.supersedes(other, one) ? other : one;
        PartitionLog loser = better == one ? other : one;
        loser.directory().delete(loser);
        return better;
    }

    private boolean check(PartitionLog log) {
        TopicHistory history = run.history(log.id().topic());
        long start = log.startOffset();
        long end = log.endOffset();
        history.checkRecovered(start, end);
        Set<Long> offsets = new HashSet<>();
        CompletableFuture<Void> read = new CompletableFuture<>();
        loop.execute(() -> log.replay(start, end, chunk -> {
                    history.checkRead(chunk, reader);
                    collect(chunk, offsets);
                })
                .whenComplete((nothing, failure) -> {
                    if (failure == null) {
                        read.complete(null);
                    } else {
                        read.completeExceptionally(failure);
                    }
                }));
        if (!run.until(read::isDone)) {
            return false;
        }
        if (read.isCompletedExceptionally() && isOffline) {
            return false;
        }
        read.join();
        history.recovered(start, end, offsets);
        history.checkProducers();
        return true;
    }

    private void collect(ByteBuffer chunk, Set<Long> offsets) {
        reader.begin(chunk);
        while (reader.nextBatch()) {
            while (reader.nextRecord()) {
                offsets.add(reader.offset());
            }
        }
    }

    /// Does some work on the loop, every now and then, so many times.
    void work(int times) {
        for (TopicHistory history : run.histories().values()) {
            loop.execute(() -> resend(history.topic(), run.producers(history.topic())));
        }
        long atMs = 1;
        for (int i = 0; i < times; i++) {
            atMs += world.random().nextInt(4) == 0 ? world.random().nextInt(60) : 0;
            loop.schedule(atMs, this::workOnce);
        }
        if (world.chance(0.2)) {
            loop.schedule(
                    atMs / 2, () -> world.jumpWallClock(world.random().nextLong(-5_000, 60_000)));
        }
        run.until(() -> false, atMs + world.random().nextInt(200));
    }

    private void workOnce() {
        if (isOffline) {
            return;
        }
        String topic = run.topics().get(world.random().nextInt(run.topics().size()));
        PartitionLog log = logs.computeIfAbsent(topic, this::create);
        List<SimulatedProducer> producers = run.producers(topic);
        SimulatedProducer producer = producers.get(world.random().nextInt(producers.size()));
        switch (world.random().nextInt(24)) {
            case 0, 1, 2 -> read(log);
            case 3 -> deleteSome(log);
            case 5 -> log.move().to(anyDirectory());
            case 4 -> producer.sent().forEach(batch -> send(topic, producer, batch));
            default -> {
                resend(topic, List.of(producer));
                if (producer.canSend() && producer.unsent().isEmpty()) {
                    send(topic, producer, producer.next(world.random()));
                }
            }
        }
    }

    private PartitionLog create(String topic) {
        LogDirectory directory = anyDirectory();
        PartitionLog log =
                directory.create(new LogId(topic, 0), new Uuid(1, topic.hashCode()), config);
        directory.attach(log, loop, this);
        return log;
    }

    private LogDirectory anyDirectory() {
        return directories.get(world.random().nextInt(directories.size()));
    }

    private void resend(String topic, List<SimulatedProducer> producers) {
        for (SimulatedProducer producer : producers) {
            for (SimulatedProducer.Batch batch : producer.unsent()) {
                if (!send(topic, producer, batch)) {
                    break;
                }
            }
        }
    }

    /// False when it was not taken for now.
    private boolean send(String topic, SimulatedProducer producer, SimulatedProducer.Batch batch) {
        PartitionLog log = logs.computeIfAbsent(topic, this::create);
        TopicHistory history = run.history(topic);
        ByteBuffer bytes =
                producer.encode(batch, builder, codecs, run.recognisedLife(), loop.nowMs());
        AppendResult result = log.append(bytes, new AppendOrigin.Client(run.epoch(), batches));
        switch (result) {
            case AppendResult.Appended appended -> {
                long offset = appended.baseOffset();
                for (String value : batch.values) {
                    history.append(offset++, value);
                }
                batch.end = appended.endOffset();
            }
            case AppendResult.Duplicate duplicate -> {
                if (!batch.values.equals(
                        history.values(duplicate.baseOffset(), duplicate.endOffset()))) {
                    throw new InvariantBroken(
                            "NoDuplicateWithIdempotence",
                            topic + ": " + batch.values + " is taken for what lies at "
                                    + duplicate);
                }
                batch.end = duplicate.endOffset();
            }
            case AppendResult.TooLong tooLong -> throw new AssertionError(tooLong);
            case AppendResult.Rejected rejected -> {
                return refused(history, batch, rejected);
            }
        }
        producer.acknowledged(run.acknowledges(log));
        return true;
    }

    /// A snapshot keeps the last batch of a producer only, as Kafka's does: earlier ones in flight
    /// are refused when they come again after a crash, though they are in the log. That is an
    /// error, but no loss.
    private boolean refused(
            TopicHistory history, SimulatedProducer.Batch batch, AppendResult.Rejected rejected) {
        if (rejected.error() == ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER
                && history.contains(batch.values.getLast())) {
            batch.end = history.offsetOf(batch.values.getLast()) + 1;
            return true;
        }
        if (rejected.error() != ErrorCode.KAFKA_STORAGE_ERROR) {
            throw new InvariantBroken(
                    "RetriesAreTaken", history.topic() + ": " + batch.values + " is " + rejected);
        }
        return false;
    }

    private void read(PartitionLog log) {
        long end = run.acknowledges(log);
        long start = log.startOffset();
        long from = start + (end > start ? world.random().nextLong(end - start + 1) : 0);
        show(log, log.read(from, world.random().nextInt(WIDEST_READ), true, end));
    }

    private void show(PartitionLog log, ReadResult result) {
        TopicHistory history = run.history(log.id().topic());
        switch (result) {
            case ReadResult.Ready ready -> {
                if (ready.records() instanceof FileRegion region) {
                    ByteBuffer bytes = ByteBuffer.allocate(region.sizeInBytes());
                    try {
                        region.file().read(bytes, region.position());
                        history.checkRead(bytes.flip(), reader);
                    } catch (IOException failed) {
                        run.expectFailure(failed);
                    }
                }
                ready.release();
            }
            case ReadResult.Cold cold ->
                cold.later().whenComplete((later, failure) -> {
                    if (later != null) {
                        run.guard(() -> show(log, later));
                    }
                });
            case ReadResult.OutOfRange outside -> {
                if (log.isOnline()
                        && outside.startOffset() == log.startOffset()
                        && outside.startOffset() == 0) {
                    throw new InvariantBroken("AcknowledgedIsRead", log.id() + ": " + outside);
                }
            }
            case ReadResult.Failed failed -> {
                if (!isOffline && log.directory().isOnline()) {
                    throw new InvariantBroken("AcknowledgedIsRead", log.id() + ": " + failed);
                }
            }
        }
    }

    private void deleteSome(PartitionLog log) {
        long end = log.safeEnd();
        if (end <= log.startOffset() || !world.chance(0.5)) {
            return;
        }
        long to = log.startOffset() + world.random().nextLong(end - log.startOffset());
        TopicHistory history = run.history(log.id().topic());
        log.highWatermark(end);
        history.startMoves(to);
        log.deleteBefore(to).whenComplete((nothing, failure) -> {
            if (failure == null) {
                history.startIsDurable(to);
            }
        });
    }

    @Override
    public void advanced(PartitionLog log) {
        String topic = log.id().topic();
        long end = run.acknowledges(log);
        run.history(topic).acknowledge(end);
        run.producers(topic).forEach(producer -> producer.acknowledged(end));
    }

    @Override
    public void dropped(PartitionLog log, long fromOffset, ErrorCode error) {
        run.producers(log.id().topic()).forEach(SimulatedProducer::connectionLost);
        if (log.isOnline()) {
            run.history(log.id().topic()).drop(fromOffset);
        }
    }
}
