package io.millrace.storage;

import static java.util.Objects.requireNonNull;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.millrace.protocol.ErrorCode;
import io.millrace.protocol.Uuid;
import io.millrace.record.BatchBuilder;
import io.millrace.record.RecordHeader;
import io.millrace.sim.InvariantBroken;
import io.millrace.sim.PowerLoss;
import io.millrace.sim.Seeds;
import io.millrace.sim.SimDisk;
import io.millrace.sim.SimNode;
import io.millrace.sim.SimWorld;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/// Retention, compaction, DeleteRecords and moves are at work on the logs of a node that lives
/// several times, each life ending in a loss of power, a kill or a clean stop. Nothing goes that
/// had to stay, nothing comes back, and each key keeps its last value.
class CleaningSimulationTest {
    private static final List<Path> PATHS = List.of(Path.of("/data/log"), Path.of("/data/more"));
    private static final List<String> TOPICS = List.of("time", "size", "keys", "both");
    private static final int KEYS = 8;
    private static final long RETENTION_MS = 400;
    private static final long TOMBSTONES_MS = 300;

    /// Every check is due every few milliseconds.
    private static final DirectorySettings BUSY = new DirectorySettings(
            1, 40, 40, 25, 10, 86_400_000, 600_000, 64 * 1024 * 1024, 1024 * 1024, 15);

    @BeforeAll
    static void beSilent() {
        if (LoggerFactory.getLogger("io.millrace.storage") instanceof Logger logger) {
            logger.setLevel(Level.OFF);
        }
    }

    @AfterAll
    static void speakAgain() {
        if (LoggerFactory.getLogger("io.millrace.storage") instanceof Logger logger) {
            logger.setLevel(null);
        }
    }

    @Test
    void whatMustStayStaysAndWhatIsGoneStaysGone() {
        Seeds.forEach(seed -> new Run(seed).live());
    }

    static LogConfig config(String topic) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("file.delete.delay.ms", "20");
        settings.put("delete.retention.ms", String.valueOf(TOMBSTONES_MS));
        settings.put("min.cleanable.dirty.ratio", "0.2");
        switch (topic) {
            case "time" -> settings.put("retention.ms", String.valueOf(RETENTION_MS));
            case "size" -> settings.put("retention.bytes", "2500");
            case "keys" -> settings.put("cleanup.policy", "compact");
            default -> {
                settings.put("cleanup.policy", "compact,delete");
                settings.put("retention.ms", String.valueOf(RETENTION_MS));
            }
        }
        return TestWorld.withSegments(LogConfig.of(settings), 700, FlushMode.GROUP, Long.MAX_VALUE);
    }

    private static final class Run {
        private final SimWorld world;
        private final SimDisk disk;
        private final BatchBuilder builder = new BatchBuilder();
        private final Map<String, KeyedHistory> histories = new TreeMap<>();
        private final Map<String, PartitionLog> logs = new TreeMap<>();
        private final List<LogDirectory> directories = new ArrayList<>();
        private SimNode node;
        private int counter;

        Run(long seed) {
            world = new SimWorld(seed);
            disk = new SimDisk(world);
            node = new SimNode(world, "node");
            TOPICS.forEach(topic -> histories.put(topic, new KeyedHistory(topic, config(topic))));
        }

        void live() {
            int lives = 2 + world.random().nextInt(4);
            for (int life = 0; life < lives; life++) {
                start();
                work();
            }
            disk.faults().none();
            start();
            world.runFor(2_000);
            logs.values().forEach(this::check);
        }

        private KeyedHistory history(String topic) {
            return requireNonNull(histories.get(topic));
        }

        private void start() {
            node = new SimNode(world, "node");
            logs.clear();
            directories.clear();
            var background = node.worker();
            for (Path path : PATHS) {
                LogDirectory directory = LogDirectory.open(
                        path,
                        disk,
                        BUSY,
                        new StorageThreads(node.worker(), node.workers(2), background));
                directories.add(directory);
                for (PartitionLog log : directory.load(id -> config(id.topic()))) {
                    directory.attach(log, node.loop(), new Heard());
                    logs.merge(log.id().topic(), log, Run::settle);
                }
                if (!directory.isOnline()) {
                    throw new InvariantBroken(
                            "RecoversFromAnyPowerLoss",
                            directory.offlineReason().orElse(""));
                }
                directory.start(node.loop(), (_, reason) -> {
                    throw new InvariantBroken("RecoversFromAnyPowerLoss", reason);
                });
            }
            for (String topic : TOPICS) {
                PartitionLog log = logs.get(topic);
                if (log == null) {
                    history(topic).isGone();
                } else {
                    history(topic).recovered(log);
                    check(log);
                }
            }
        }

        private static PartitionLog settle(PartitionLog one, PartitionLog other) {
            PartitionLog better = LogMove.supersedes(other, one) ? other : one;
            PartitionLog loser = better == one ? other : one;
            loser.directory().delete(loser);
            return better;
        }

        private void check(PartitionLog log) {
            KeyedHistory history = history(log.id().topic());
            List<String> read = new ArrayList<>();
            long start = log.startOffset();
            var done = log.replay(
                    start, log.writtenEnd(), chunk -> read.addAll(TestWorld.records(chunk)));
            if (!world.runUntil(done::isDone, 60_000)) {
                throw new InvariantBroken("CanBeRead", log.id() + ": the replay hangs");
            }
            done.join();
            history.check(read, start, world.nowMs());
        }

        private void work() {
            int end = world.random().nextInt(4);
            if (end < 2) {
                disk.faults().losePowerAt(1 + world.random().nextInt(1_500));
            }
            boolean isLost = false;
            try {
                int steps = 20 + world.random().nextInt(200);
                for (int i = 0; i < steps; i++) {
                    step();
                    world.runFor(world.random().nextInt(8));
                }
                world.runFor(world.random().nextInt(500));
                isLost = disk.faults().hasLostPower();
                if (end == 3) {
                    world.runFor(200);
                    directories.forEach(LogDirectory::close);
                }
            } catch (PowerLoss gone) {
                isLost = true;
            }
            node.kill();
            if (isLost || end < 2) {
                histories.values().forEach(KeyedHistory::powerIsLost);
                disk.losePower();
            } else {
                disk.killProcess();
            }
        }

        private void step() {
            String topic = TOPICS.get(world.random().nextInt(TOPICS.size()));
            PartitionLog log = logs.computeIfAbsent(topic, this::create);
            switch (world.random().nextInt(40)) {
                case 0 -> log.move().to(anyDirectory());
                case 1 -> delete(log);
                default -> append(log);
            }
        }

        private LogDirectory anyDirectory() {
            return directories.get(world.random().nextInt(directories.size()));
        }

        private PartitionLog create(String topic) {
            LogDirectory directory = anyDirectory();
            PartitionLog log = directory.create(
                    new LogId(topic, 0), new Uuid(1, topic.hashCode()), config(topic));
            directory.attach(log, node.loop(), new Heard());
            return log;
        }

        private void delete(PartitionLog log) {
            KeyedHistory history = history(log.id().topic());
            long to = log.startOffset() + world.random().nextInt(20);
            if (to <= log.safeEnd()) {
                history.deletes(to);
                log.deleteBefore(to).thenRun(() -> history.startIsDurable(to));
            }
        }

        private void append(PartitionLog log) {
            KeyedHistory history = history(log.id().topic());
            builder.begin(0);
            List<String> texts = new ArrayList<>();
            for (int i = 0, count = 1 + world.random().nextInt(4); i < count; i++) {
                String key = "k" + world.random().nextInt(KEYS);
                boolean isTombstone = world.chance(0.2);
                String value = isTombstone ? "" : "v" + counter++;
                texts.add(key + "=" + value);
                builder.append(
                        i,
                        world.nowMs(),
                        TestWorld.bytes(key),
                        isTombstone ? null : TestWorld.bytes(value),
                        RecordHeader.NONE);
            }
            ByteBuffer batch = TestWorld.copy(builder.finish());
            int size = batch.remaining();
            switch (log.append(batch, new AppendOrigin.Internal(1))) {
                case AppendResult.Appended(long base, long _, long _) ->
                    history.appended(base, texts, world.nowMs(), size);
                case AppendResult.Rejected(ErrorCode error, String reason, var _) -> {
                    if (error != ErrorCode.KAFKA_STORAGE_ERROR) {
                        throw new InvariantBroken("AppendsAreTaken", reason);
                    }
                }
                case AppendResult.Duplicate _, AppendResult.TooLong _ ->
                    throw new InvariantBroken("AppendsAreTaken", "not an append");
            }
        }

        private final class Heard implements LogListener {
            @Override
            public void advanced(PartitionLog log) {
                log.highWatermark(log.safeEnd());
                history(log.id().topic()).acknowledged(log.safeEnd());
            }

            @Override
            public void dropped(PartitionLog log, long fromOffset, ErrorCode error) {
                throw new InvariantBroken("AppendsAreTaken", log.id() + " drops " + fromOffset);
            }

            @Override
            public void startMoved(PartitionLog log) {
                history(log.id().topic()).startMoved(log.startOffset(), world.nowMs());
            }
        }
    }
}
